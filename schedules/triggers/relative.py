"""A trigger that follows departures: some minutes before or after each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Any, ClassVar

from schedules.core import fields
from schedules.days.phrases import joined, pick
from schedules.triggers.base import Moment, Trigger
from schedules.triggers.departures import KIND_WORDS, Departure

FARTHEST = 12 * 60
_FIELDS = ("kind", "minutes", "services", "platforms", "kinds")


@dataclass(frozen=True)
class RelativeToDeparture(Trigger):
    """``minutes`` are negative before the expected departure. An empty filter lets everything through.

    All announcements of one departure belong to its service day, on whichever side of midnight they fall.
    """

    kind: ClassVar[str] = "departure"
    minutes: tuple[int, ...]
    services: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def reach(self) -> Sequence[int]:
        # Two days back: 24 h of delay and 12 h after. One ahead: 12 h before.
        return (-2, -1, 0, 1)

    def moments(self, day: date, departures: Sequence[Departure] = ()) -> list[Moment]:
        wanted = dict.fromkeys(found for found in departures if found.day == day and self.wants(found))
        moments = [
            Moment(departure.expected_at + timedelta(minutes=minutes), departure)
            for departure in sorted(wanted, key=lambda departure: departure.service)
            for minutes in self.minutes
        ]
        return sorted(moments, key=lambda moment: moment.at)

    def wants(self, departure: Departure) -> bool:
        return (
            (not self.services or any(fnmatchcase(departure.service, wanted) for wanted in self.services))
            and (not self.platforms or departure.platform in self.platforms)
            and (not self.kinds or departure.kind in self.kinds)
        )

    def describe(self, language: str) -> str:
        parts = [_minutes_phrase(self.minutes, language)]
        for names, word in (
            (self.services, pick(language, "chuyến ", "services ")),
            (self.platforms, pick(language, "ke, làn ", "platforms ")),
            (self.kinds, pick(language, "loại ", "kinds ")),
        ):
            told = [KIND_WORDS.get(name, name) for name in names] if language == "vi" else names
            parts += [word + joined(told, language)] if names else []
        return ", ".join(parts)

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"kind": self.kind, "minutes": list(self.minutes)}
        filters = {"services": self.services, "platforms": self.platforms, "kinds": self.kinds}
        return data | {name: list(values) for name, values in filters.items() if values}

    @classmethod
    def from_data(cls, data: Any) -> RelativeToDeparture:
        given = fields.known_fields(data, _FIELDS, "A trigger of kind “departure”")
        minutes = fields.filled_list(
            fields.required(given, "minutes", "A trigger of kind “departure”"), "minutes"
        )
        checked = {fields.whole(value, "minutes", -FARTHEST, FARTHEST) for value in minutes}
        return cls(
            tuple(sorted(checked)), *(_names(given, name) for name in ("services", "platforms", "kinds"))
        )


def _names(given: Any, name: str) -> tuple[str, ...]:
    return (
        tuple(fields.text(value, name) for value in fields.filled_list(given[name], name))
        if name in given
        else ()
    )


def _minutes_phrase(minutes: Sequence[int], language: str) -> str:
    """ "trước giờ khởi hành 15 và 5 phút" """
    parts = []
    before, after = [str(-m) for m in minutes if m < 0], [str(m) for m in minutes if m > 0]
    if before:
        named = joined(before, language)
        parts.append(pick(language, f"trước giờ khởi hành {named} phút", f"{named} minutes before departure"))
    if 0 in minutes:
        parts.append(pick(language, "đúng giờ khởi hành", "at departure"))
    if after:
        named = joined(after, language)
        parts.append(pick(language, f"sau giờ khởi hành {named} phút", f"{named} minutes after departure"))
    return joined(parts, language)

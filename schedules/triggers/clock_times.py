"""Triggers that follow the clock: at given times, or every so many minutes within a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from schedules.core import fields
from schedules.core.errors import UserError
from schedules.core.fields import DAY, clock_text
from schedules.days.phrases import clock_phrase, joined, pick
from schedules.triggers.base import Moment, Trigger, at_clock
from schedules.triggers.departures import Departure


@dataclass(frozen=True)
class FixedTimes(Trigger):
    """``at`` in seconds from midnight; 24:00 to 29:59:59 is the night after, and still belongs to the service day."""

    kind: ClassVar[str] = "times"
    at: tuple[int, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", tuple(sorted(set(self.at))))
        for late in (seconds for seconds in self.at if seconds - DAY in self.at):
            same = clock_text(late - DAY)
            raise UserError(
                f"{clock_text(late)} and {same} are the same time of the night.",
                f"Keep {same} for the night before the day, or {clock_text(late)} for the night after it.",
            )

    @property
    def reach(self) -> Sequence[int]:
        return (-1, 0) if self.at[-1] >= DAY else (0,)

    def moments(self, day: date, departures: Sequence[Departure] = ()) -> list[Moment]:
        return [Moment(at_clock(day, seconds)) for seconds in self.at]

    def describe(self, language: str) -> str:
        return pick(language, "lúc ", "at ") + joined(
            [clock_phrase(seconds, language) for seconds in self.at], language
        )

    def to_data(self) -> dict[str, Any]:
        return {"kind": self.kind, "at": [clock_text(seconds) for seconds in self.at]}

    @classmethod
    def from_data(cls, data: Any) -> FixedTimes:
        given = fields.known_fields(data, ("kind", "at"), "A trigger of kind “times”")
        times = fields.filled_list(fields.required(given, "at", "A trigger of kind “times”"), "at")
        return cls(tuple(fields.clock(value, "at") for value in times))


@dataclass(frozen=True)
class EveryMinutes(Trigger):
    """Every so many minutes from ``start`` (plus ``offset``), until the end of the window.

    A window that ends no later on the clock than it starts runs over midnight. Both ends are included, except in a
    window of 24 hours: its end is the start of the next day's.
    """

    kind: ClassVar[str] = "every"
    minutes: int
    start: int
    end: int
    offset: int = 0

    def __post_init__(self) -> None:
        if self.start >= DAY or self.length > DAY:
            raise UserError(
                f"A window from {clock_text(self.start)} to {clock_text(self.end)} does not fit into a day.",
                "It starts before 24:00 and lasts at most 24 hours.",
            )
        if self.offset >= self.minutes:
            raise UserError(
                f"“offset” is {self.offset}, but it must be less than the {self.minutes} minutes between."
            )
        if not self.count:
            raise UserError(
                f"The window is over before its first moment, which is {self.offset} minutes after its start."
            )

    @property
    def length(self) -> int:
        """Seconds from one end of the window to the other."""
        return self.end - self.start if self.end > self.start else self.end - self.start + DAY

    @property
    def reach(self) -> Sequence[int]:
        last = self.start + (self.offset + (self.count - 1) * self.minutes) * 60
        return (-1, 0) if last >= DAY else (0,)

    def moments(self, day: date, departures: Sequence[Departure] = ()) -> list[Moment]:
        step, start = timedelta(minutes=self.minutes), at_clock(day, self.start + self.offset * 60)
        return [Moment(start + number * step) for number in range(self.count)]

    @property
    def count(self) -> int:
        """How many moments a day has."""
        last = self.length - (self.length == DAY) - self.offset * 60
        return last // (self.minutes * 60) + 1 if last >= 0 else 0

    def describe(self, language: str) -> str:
        every = _every(self.minutes, language)
        if self.length == DAY and not self.offset and not self.start:
            return every + pick(language, ", suốt ngày đêm", ", day and night")
        first, last = self.start + self.offset * 60, self.start + self.length
        return f"{every}, {clock_phrase(first, language)}–{clock_phrase(last, language)}"

    def to_data(self) -> dict[str, Any]:
        window = {"from": clock_text(self.start), "to": clock_text(self.end)}
        offset = {"offset": self.offset} if self.offset else {}
        return {"kind": self.kind, "minutes": self.minutes, **window, **offset}

    @classmethod
    def from_data(cls, data: Any) -> EveryMinutes:
        what = "A trigger of kind “every”"
        given = fields.known_fields(data, ("kind", "minutes", "from", "to", "offset"), what)
        return cls(
            minutes=fields.whole(fields.required(given, "minutes", what), "minutes", 1, 24 * 60),
            start=fields.clock(fields.required(given, "from", what), "from"),
            end=fields.clock(fields.required(given, "to", what), "to"),
            offset=fields.whole(given.get("offset", 0), "offset", 0, 24 * 60 - 1),
        )


def _every(minutes: int, language: str) -> str:
    if minutes in (1, 60):
        return (
            pick(language, "mỗi giờ", "every hour")
            if minutes == 60
            else pick(language, "mỗi phút", "every minute")
        )
    if minutes % 60 == 0:
        return pick(language, f"mỗi {minutes // 60} giờ", f"every {minutes // 60} hours")
    return pick(
        language, f"mỗi {minutes} phút", "every minute" if minutes == 1 else f"every {minutes} minutes"
    )

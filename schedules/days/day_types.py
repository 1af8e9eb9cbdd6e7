"""On which kinds of day a schedule runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schedules.core import fields
from schedules.core.errors import UserError
from schedules.days.calendars import Calendar, DayFacts, facts
from schedules.days.phrases import WEEKDAYS

CHOICES = ("any", "only", "never")
_WORKWEEK = frozenset(WEEKDAYS[:5])


@dataclass(frozen=True)
class DayType:
    """All of the limits must hold; ``dates`` are added to that, and ``except_dates`` taken away from everything.

    ``lunar`` has (month, day) pairs, month 0 being every month. A pair with a month means the ordinary month, not a
    leap month of the same number. A Saturday or Sunday declared a working day counts as a day of the working week: it
    suits those who name all of Monday to Friday.
    """

    weekdays: frozenset[str] = frozenset(WEEKDAYS)
    months: frozenset[int] = frozenset()
    lunar: frozenset[tuple[int, int]] = frozenset()
    holidays: str = "any"
    tet: str = "any"
    dates: frozenset[date] = frozenset()
    except_dates: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.weekdays and not self.dates:
            raise UserError(
                "“weekdays” is an empty list, so no day is left.", "Leave it out, or add “dates”."
            )
        if self.dates and self.limits_nothing:
            raise UserError(
                "“dates” adds days, but every day is included already.",
                "To run on these dates only, add: weekdays: [].",
            )

    @property
    def limits_nothing(self) -> bool:
        return (
            len(self.weekdays) == 7
            and not self.months
            and not self.lunar
            and self.holidays == self.tet == "any"
        )

    def matches(self, day: date, calendar: Calendar) -> bool:
        return not self.obstacle(facts(day, calendar))

    def obstacle(self, found: DayFacts) -> str:
        """The first thing in the way, "closed", "except" or a key of LIMITS; empty when nothing is."""
        if found.closed:
            return "closed"
        if found.day in self.except_dates:
            return "except"
        if found.day in self.dates:
            return ""
        return next((name for name, holds in LIMITS.items() if not holds(self, found)), "")

    def _suits_weekday(self, found: DayFacts) -> bool:
        return self.weekdays >= _WORKWEEK if found.swapped else found.weekday in self.weekdays

    def _suits_lunar(self, found: DayFacts) -> bool:
        day, month = found.lunar.day, 0 if found.lunar.leap else found.lunar.month
        return not self.lunar or (0, day) in self.lunar or (month, day) in self.lunar

    def to_data(self) -> dict[str, Any]:
        """Only what differs from "every day"."""
        data: dict[str, Any] = (
            {} if len(self.weekdays) == 7 else {"weekdays": sorted(self.weekdays, key=WEEKDAYS.index)}
        )
        given: dict[str, Any] = {
            "months": sorted(self.months),
            "lunar": [f"{month}-{day}" if month else str(day) for month, day in sorted(self.lunar)],
            "holidays": "" if self.holidays == "any" else self.holidays,
            "tet": "" if self.tet == "any" else self.tet,
            "dates": [day.isoformat() for day in sorted(self.dates)],
            "except": [day.isoformat() for day in sorted(self.except_dates)],
        }
        return data | {name: value for name, value in given.items() if value}

    @classmethod
    def from_data(cls, data: Any) -> DayType:
        given = fields.known_fields({} if data is None else data, tuple(READERS), "A day type")
        values = {name: READERS[name](value) for name, value in given.items()}
        values["except_dates"] = values.pop("except", frozenset())
        return cls(**values)


LIMITS: Mapping[str, Callable[[DayType, DayFacts], bool]] = {
    "weekdays": DayType._suits_weekday,
    "months": lambda days, found: not days.months or found.day.month in days.months,
    "lunar": DayType._suits_lunar,
    "holidays only": lambda days, found: days.holidays != "only" or found.holiday,
    "holidays never": lambda days, found: days.holidays != "never" or not found.holiday,
    "tet only": lambda days, found: days.tet != "only" or found.tet,
    "tet never": lambda days, found: days.tet != "never" or not found.tet,
}


def _set_of(name: str, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: frozenset(read(value) for value in fields.listed(values, name))


READERS: Mapping[str, Callable[[Any], Any]] = {
    "weekdays": _set_of("weekdays", lambda value: fields.choice(value, WEEKDAYS, "weekdays")),
    "months": _set_of("months", lambda value: fields.whole(value, "months", 1, 12)),
    "lunar": _set_of("lunar", fields.lunar_day),
    "holidays": lambda value: fields.choice(value, CHOICES, "holidays"),
    "tet": lambda value: fields.choice(value, CHOICES, "tet"),
    "dates": _set_of("dates", lambda value: fields.day(value, "dates")),
    "except": _set_of("except", lambda value: fields.day(value, "except")),
}

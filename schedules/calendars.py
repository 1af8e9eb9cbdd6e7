"""What kind of day a date is, and on which kinds of day a schedule runs.

Lunar dates, public holidays and Tết are facts of the country; a :class:`Calendar` adds what a station or the city
declared; a :class:`DayType` is how a schedule says on which days it runs. Facts are worked out once per day and year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import holidays
from lunar_vn import SUPPORTED_YEAR_RANGE, LunarDate, lunar_to_solar, solar_to_lunar

from schedules.core.clock import LOCAL
from schedules.core.errors import UserError
from schedules.triggers import day_words, fields
from schedules.triggers.phrases import WEEKDAYS

__all__ = ["LOCAL", "WEEKDAYS", "Calendar", "DayType", "Period", "holiday_name", "lunar_date", "tet"]

CHOICES = ("any", "only", "never")
_WORKWEEK = frozenset(WEEKDAYS[:5])


def lunar_date(day: date) -> LunarDate:
    """In the Vietnamese calendar, which is reckoned at 105° east and now and then differs from the Chinese one."""
    _known_year(day.year)
    return solar_to_lunar(day, 7.0)


@lru_cache
def tet(year: int) -> Period:
    """From the last day of Chạp, the 29th or the 30th, to mùng 5."""
    _known_year(year)
    first = lunar_to_solar(LunarDate(1, 1, year), 7.0)
    return Period(first - timedelta(days=1), first + timedelta(days=4), "Tết")


@lru_cache
def _country(year: int, language: str) -> holidays.HolidayBase:
    """Building a year takes some milliseconds, so each is built once."""
    return holidays.country_holidays(
        "VN", years=year, expand=False, language="vi" if language == "vi" else "en_US"
    )


@dataclass(frozen=True)
class Period:
    """Whole days, both ends included."""

    first: date
    last: date
    note: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Calendar:
    """What a station adds to the country's calendar. ``tet`` replaces the usual Tết of the year it ends in."""

    closed: tuple[Period, ...] = ()
    holiday: tuple[Period, ...] = ()
    working: tuple[Period, ...] = ()
    tet: tuple[Period, ...] = ()

    @classmethod
    def from_exceptions(cls, rows: Iterable[tuple[str, date, date, str]]) -> Calendar:
        """From (kind, first, last, note), where a kind is the name of a field above."""
        periods: dict[str, list[Period]] = {"closed": [], "holiday": [], "working": [], "tet": []}
        for kind, first, last, note in rows:
            periods[fields.choice(kind, tuple(periods), "kind")].append(Period(first, last, note))
        return cls(**{kind: tuple(found) for kind, found in periods.items()})


@dataclass(frozen=True)
class DayFacts:
    day: date
    weekday: str
    lunar: LunarDate
    holiday: bool
    tet: bool
    swapped: bool  # a Saturday or Sunday on which people work
    closed: Period | None


@lru_cache(maxsize=4096)
def facts(day: date, calendar: Calendar) -> DayFacts:
    # The country, too, declares Saturdays on which people work in return for a longer holiday.
    working = _within(calendar.working, day) is not None or day in _country(day.year, "vi").weekend_workdays
    return DayFacts(
        day=day,
        weekday=WEEKDAYS[day.weekday()],
        lunar=lunar_date(day),
        holiday=not working and bool(holiday_name(day, calendar)),
        tet=day in _tet_of(day.year, calendar),
        swapped=working and day.weekday() >= 5,
        closed=_within(calendar.closed, day),
    )


def holiday_name(day: date, calendar: Calendar, language: str = "vi") -> str:
    """Empty on an ordinary day; the city's own holidays win over the country's."""
    own = _within(calendar.holiday, day)
    if own:
        return own.note or ("ngày nghỉ" if language == "vi" else "day off")
    return _country(day.year, language).get(day, "") or ""


def _tet_of(year: int, calendar: Calendar) -> Period:
    return next((period for period in calendar.tet if period.last.year == year), None) or tet(year)


def _within(periods: Iterable[Period], day: date) -> Period | None:
    return next((period for period in periods if day in period), None)


def _known_year(year: int) -> None:
    first, last = SUPPORTED_YEAR_RANGE
    if not first < year < last:
        raise UserError(
            f"The lunar calendar of {year} is not known.", f"Use a year from {first + 1} to {last - 1}."
        )


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
        return not self._obstacle(facts(day, calendar))

    def why_not(self, day: date, calendar: Calendar, language: str = "en") -> str:
        """One sentence, or nothing when the day is one of this type."""
        found = facts(day, calendar)
        obstacle = self._obstacle(found)
        return day_words.reason(obstacle, self, found, holiday_name(day, calendar, language), language)

    def describe(self, language: str) -> str:
        return day_words.describe(self, language)

    def _obstacle(self, found: DayFacts) -> str:
        """The first thing in the way, as a key of ``day_words.REASONS``; empty when nothing is."""
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

"""What kind of day a date is.

Lunar dates, public holidays and Tết are facts of the country; a :class:`Calendar` adds what a station or the city declared. Facts are
worked out once per day and year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
from lunar_vn import SUPPORTED_YEAR_RANGE, LunarDate, lunar_to_solar, solar_to_lunar

from schedules.core import fields
from schedules.core.errors import UserError
from schedules.days.phrases import WEEKDAYS


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

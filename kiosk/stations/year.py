"""The days of a year as a station has them, and the country's public holidays."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version

from kiosk.language.chosen import language
from kiosk.language.words import gettext
from schedules.days.calendars import Calendar, Period, facts, holiday_name, lunar_date

# The days that stand in the law with their date. All others (Tết's length, the day beside 2/9, days off in lieu, what is
# new) are worked out by rules and must be held against that year's announcement.
BY_DATE = {(1, 1), (4, 30), (5, 1), (9, 2)}
HUNG_KINGS = (3, 10)  # in the lunar calendar


@dataclass(frozen=True)
class Day:
    """``kind`` is a key of ``words.KINDS``, or empty on an ordinary day; ``note`` says what day it is."""

    day: date
    kind: str = ""
    note: str = ""


@dataclass(frozen=True)
class Holiday:
    day: date
    name: str
    settled: bool


def months(year: int, calendar: Calendar) -> list[list[Day]]:
    return [
        [_day(date(year, month, number), calendar) for number in range(1, monthrange(year, month)[1] + 1)]
        for month in range(1, 13)
    ]


def public_holidays(year: int) -> list[Holiday]:
    country = Calendar()
    named = ((day, holiday_name(day, country, language())) for day in _days_of(year))
    return [Holiday(day, name, _settled(day)) for day, name in named if name]


def source() -> str:
    return gettext(
        "thư viện holidays, bản %(version)s, dẫn Bộ luật Lao động 2019, Điều 112", version=version("holidays")
    )


def _day(day: date, calendar: Calendar) -> Day:
    found = facts(day, calendar)
    if found.closed:
        return Day(day, "closed", found.closed.note)
    declared = next((period for period in calendar.working if day in period), None)
    if declared or found.swapped:
        return Day(day, "working", declared.note if declared else "")
    return Day(day, "holiday", holiday_name(day, calendar, language())) if found.holiday else Day(day)


def _settled(day: date) -> bool:
    lunar = lunar_date(day)
    return (day.month, day.day) in BY_DATE or ((lunar.month, lunar.day) == HUNG_KINGS and not lunar.leap)


def _days_of(year: int) -> Iterator[date]:
    whole = Period(date(year, 1, 1), date(year, 12, 31))
    return (whole.first + timedelta(days=number) for number in range((whole.last - whole.first).days + 1))

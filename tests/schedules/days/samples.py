"""Day types as schedules write them, and days that have something about them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from schedules.days.calendars import Calendar
from schedules.days.day_types import DayType

ORDINARY = Calendar()
MONDAY = date(2026, 6, 8)
NATIONAL_DAY = date(2026, 9, 2)


def days(**data: Any) -> DayType:
    return DayType.from_data({name.rstrip("_"): value for name, value in data.items()})


def matching(found: DayType, first: date, last: date, calendar: Calendar = ORDINARY) -> list[date]:
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in every if found.matches(day, calendar)]

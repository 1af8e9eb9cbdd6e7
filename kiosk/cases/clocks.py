"""Working hours: how many lie between two moments, and when so many will have passed.

Offices work in windows of the day, Monday to Friday, not on public holidays, and on Saturdays only where the calendar declares it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from schedules.core.clock import at_local, local_date
from schedules.core.errors import UserError
from schedules.days.calendars import Calendar
from schedules.days.day_types import DayType
from schedules.days.phrases import WEEKDAYS

Span = tuple[datetime, datetime]

OFFICE = DayType(weekdays=frozenset(WEEKDAYS[:5]), holidays="never")
LONGEST_LOOK = 400  # days: more without a single working hour is a calendar gone wrong
WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class Clock:
    """``windows``: of each working day, in Hà Nội, in their order; ``calendar``: the station's."""

    windows: tuple[tuple[time, time], ...]
    calendar: Calendar
    _known: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """What of the time from ``start`` to ``end`` is working time."""
        spans = self._spans(start, end)
        return sum(((min(end, last) - max(start, first)) for first, last in spans), timedelta())

    def due(self, start: datetime, allowance: timedelta) -> datetime:
        """When ``allowance`` of working time will have passed since ``start``. Raises UserError where it never does."""
        left = allowance
        for first, last in self._spans(start, start + timedelta(days=LONGEST_LOOK)):
            begin = max(start, first)
            if left <= last - begin:
                return begin + left
            left -= last - begin
        raise UserError("There are no working hours in this calendar.", "Look at cases.working_hours.")

    def _spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """The windows that have something in common with the time from ``start`` to ``end``."""
        day, last = local_date(start), local_date(end)
        while day <= last:
            for span in self._spans_on(day):
                if span[1] > start and span[0] < end:
                    yield span
            day += timedelta(days=1)

    def _spans_on(self, day: date) -> tuple[Span, ...]:
        """Reckoned once: a page asks for the same days for every case."""
        if day not in self._known:
            works = OFFICE.matches(day, self.calendar)
            self._known[day] = tuple(_of_day(day, self.windows)) if works else ()
        return self._known[day]


def windows_from(text: str) -> tuple[tuple[time, time], ...]:
    """ "08:00-12:00, 13:30-17:30". Raises UserError."""
    found = []
    for part in text.split(","):
        window = WINDOW.fullmatch(part.strip())
        if window is None:
            raise UserError(f"“{part.strip()}” is no window of the day.", "Write it as 08:00-12:00.")
        a, b, c, d = (int(one) for one in window.groups())
        found.append((time(a, b), time(c, d)))
    edges = [edge for window_ in found for edge in window_]
    if any(a >= b for a, b in pairwise(edges)):
        raise UserError(
            f"The windows “{text}” overlap or are out of order.", "Write them from morning to evening."
        )
    return tuple(found)


def _of_day(day: date, windows: tuple[tuple[time, time], ...]) -> Iterator[Span]:
    """In UTC, as all moments are kept: to compare moments of two zones takes far longer."""
    for first, last in windows:
        yield at_local(day, first), at_local(day, last)

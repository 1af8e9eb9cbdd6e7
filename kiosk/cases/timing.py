"""What is due of a case: to be accepted, then to be answered. While the traveller is asked, the clock stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.cases.clocks import Clock, windows_from
from kiosk.feedback.models import OPEN, UNDER_WAY, WAITING, Feedback
from kiosk.settings import ACCEPT_HOURS, ANSWER_HOURS, URGENT_HOURS, WORKING_HOURS
from schedules.calendars import Calendar
from schedules.core.settings import Settings


@dataclass(frozen=True)
class Limits:
    """Of working time."""

    accept: timedelta
    urgent: timedelta
    answer: timedelta
    windows: str

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        accept, urgent, answer = (
            timedelta(hours=settings.get(one)) for one in (ACCEPT_HOURS, URGENT_HOURS, ANSWER_HOURS)
        )
        return cls(accept, urgent, answer, settings.get(WORKING_HOURS))

    def clock(self, calendar: Calendar) -> Clock:
        return Clock(windows_from(self.windows), calendar)


@dataclass(frozen=True)
class Due:
    """``what`` is accept or answer; ``at`` None: the clock stands still."""

    what: str
    at: datetime | None
    late: bool


def due(row: Feedback, limits: Limits, clock: Clock, now: datetime) -> Due | None:
    """None where nothing is due any more."""
    if row.state not in UNDER_WAY:
        return None
    if row.state == WAITING:
        return Due("answer", None, False)
    if row.state == OPEN:
        at = clock.due(row.received_at, limits.urgent if row.urgent else limits.accept)
        return Due("accept", at, now > at)
    allowance = limits.urgent if row.urgent else limits.answer
    at = clock.due(row.received_at, allowance + stood_still(row, clock, now))
    return Due("answer", at, now > at)


def stood_still(row: Feedback, clock: Clock, now: datetime) -> timedelta:
    """How much working time passed while the traveller was asked."""
    return sum((clock.worked(start, end) for start, end in _pauses(row, now)), timedelta())


def _pauses(row: Feedback, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From each question to the reply, or to the next thing that ended the waiting."""
    asked: datetime | None = None
    for step in row.steps:
        if step.act == "asked" and asked is None:
            asked = step.at
        elif step.act in ("replied", "answered", "went-on") and asked:
            yield asked, step.at
            asked = None
    if asked:
        yield asked, now

"""What is due of a case: to be accepted, then to be answered. While the traveller is asked, the clock stands still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.cases.clocks import Clock, windows_from
from kiosk.feedback.models import OPEN, UNDER_WAY, WAITING, Feedback
from kiosk.settings import ACCEPT_HOURS, ANSWER_HOURS, URGENT_HOURS, WORKING_HOURS
from schedules.core.settings import Settings
from schedules.days.calendars import Calendar

ASKED, ENDED = "asked", ("replied", "answered")


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

    def of_what(self, what: str, urgent: bool) -> timedelta:
        """``what`` is accept or answer."""
        return self.urgent if urgent else self.accept if what == "accept" else self.answer

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
        at = clock.due(row.received_at, limits.of_what("accept", row.urgent))
        return Due("accept", at, now > at)
    allowance = limits.of_what("answer", row.urgent) + stood_still(row, clock, now)
    at = clock.due(row.received_at, allowance)
    return Due("answer", at, now > at)


def stood_still(row: Feedback, clock: Clock, now: datetime) -> timedelta:
    """How much working time passed while the traveller was asked."""
    found = pauses(((step.act, step.at) for step in row.steps), now)
    return sum((clock.worked(start, end) for start, end in found), timedelta())


def pauses(steps: Iterable[tuple[str, datetime]], now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From each question to the reply, or to the answer; of steps (act, at) in their order."""
    asked: datetime | None = None
    for act, at in steps:
        if act == ASKED and asked is None:
            asked = at
        elif act in ENDED and asked:
            yield asked, at
            asked = None
    if asked:
        yield asked, now

"""What feedback comes to: times are working hours without those in which the traveller was asked, each by its own limit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from feedback_given import picture

from kiosk.accounts.roles import Granted
from kiosk.accounts.signing_in import Person
from kiosk.cases import operations
from kiosk.cases.documents import proof
from kiosk.cases.figures import Figures, figures
from kiosk.cases.timing import Limits
from kiosk.feedback import operations as travellers
from kiosk.feedback.models import Feedback
from schedules.core.settings import Settings

Site = Any
Told = Callable[..., Feedback]

MORNING = datetime(2026, 11, 17, 1, 0, tzinfo=UTC)  # a Tuesday, eight o'clock in Hà Nội
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LAN = Person("lan", "Lan Thử", frozenset({Granted("reception")}))


def of(site: Site) -> Figures:
    with site.database.read() as session:
        limits = Limits.of(Settings(site.home))
        return figures(session, LAN, date(2026, 11, 1), date(2026, 11, 30), limits)


def answer(session: Any, row: Feedback, at: datetime) -> None:
    operations.answer(session, row, "Xong.", proof(picture(), "a.jpg"), "lan", at)


def test_working_hours_are_counted_and_their_median_told(two: Site, told: Told) -> None:
    with two.database.write() as session:
        for hours in (1, 2, 4):
            row = told(session, now=MORNING)
            operations.accept(session, row, "lan", MORNING + hours * HOUR)
    line = of(two).total
    assert (line.accepted.count, line.accepted.in_time, line.accepted.median_hours) == (3, 3, 2.0)
    assert (line.answered.count, line.answered.median_hours) == (0, None)


def test_while_the_traveller_is_asked_no_time_passes(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session, now=MORNING)
        operations.ask(session, row, "Ở đâu?", "lan", MORNING + HOUR)
        travellers.reply(session, row, "Ke 1.", b"", MORNING + 2 * DAY + HOUR)
        answer(session, row, MORNING + 2 * DAY + 2 * HOUR)
    assert of(two).total.answered.median_hours == 2.0


def test_what_is_urgent_has_its_own_limit(two: Site, told: Told) -> None:
    with two.database.write() as session:
        for kind in ("report", "urgent"):
            row = told(session, now=MORNING)
            row.kind = kind
            answer(session, row, MORNING + DAY)  # eight working hours
    answered = of(two).total.answered
    assert (answered.count, answered.in_time) == (2, 1)

"""What is due: to be accepted within 8 working hours, urgent within 4; while the traveller is asked the clock stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from feedback_given import picture

from kiosk.cases import operations
from kiosk.cases.documents import proof
from kiosk.cases.timing import Due, Limits, due
from kiosk.feedback import operations as travellers
from kiosk.feedback.models import Feedback
from schedules.core.settings import Settings
from schedules.days.calendars import Calendar

Site = Any
Told = Callable[..., Feedback]

MORNING = datetime(2026, 11, 17, 1, 0, tzinfo=UTC)  # a Tuesday, eight o'clock in Hà Nội
DAY = timedelta(days=1)


def of(site: Site, row: Feedback, now: datetime) -> Due | None:
    limits = Limits.of(Settings(site.home))
    return due(row, limits, limits.clock(Calendar()), now)


def test_feedback_is_accepted_within_eight_working_hours(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session, now=MORNING)
    end = MORNING + timedelta(hours=9.5)  # noon is no working time
    assert of(two, row, end) == Due("accept", end, False)
    assert of(two, row, end + timedelta(seconds=1)) == Due("accept", end, True)


def test_what_is_urgent_is_due_after_four(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session, now=MORNING)
        row.kind = "urgent"
    assert of(two, row, MORNING) == Due("accept", MORNING + timedelta(hours=4), False)


def test_the_clock_stands_still_while_the_traveller_is_asked(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session, now=MORNING)
        operations.accept(session, row, "lan", MORNING)
        plain = of(two, row, MORNING)
        assert plain == Due(
            "answer", MORNING + 6 * DAY + timedelta(hours=9.5), False
        )  # five days, over a weekend
        operations.ask(session, row, "Ở đâu?", "lan", MORNING + DAY)
        assert of(two, row, MORNING + 30 * DAY) == Due("answer", None, False)
        travellers.reply(session, row, "Ke 1.", b"", MORNING + 2 * DAY)
        later = of(two, row, MORNING + 2 * DAY)
    # A working day later; the Tuesday in between is the Day of Vietnamese Culture.
    assert later == Due("answer", MORNING + 8 * DAY + timedelta(hours=9.5), False)


def test_nothing_is_due_of_what_is_over(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session, now=MORNING)
        operations.answer(session, row, "Xong.", proof(picture(), "a.jpg"), "lan", MORNING)
    assert of(two, row, MORNING) is None

"""What is no longer needed goes for good, and nothing before its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from feedback_given import NOW, picture
from sqlalchemy import select

from kiosk.feedback import operations
from kiosk.feedback.models import Feedback
from kiosk.feedback.retention import Kept, tidy
from schedules.core import audit
from schedules.core.settings import Settings

Site = Any
Begin = Callable[..., Feedback]
DAY = timedelta(days=1)


def answered(site: Site, begun: Begin, kind: str = "report", state: str = "answered") -> str:
    """The id of feedback that is over, with a photo and a contact."""
    with site.database.write() as session:
        row = begun(session)
        operations.tell(session, row, kind, "Ghế gãy.", picture(), NOW)
        operations.leave_contact(session, site.home, row, {"phone": "0912345678"}, {"answer": "Gọi."}, NOW)
        row.state, row.answered_at = state, NOW
        return row.id


def after(site: Site, days: float) -> Feedback:
    """What is there after so many days of tidying."""
    tidy(site.database, Kept.of(Settings(site.home)), NOW + days * DAY)
    with site.database.read() as session:
        row = session.scalars(select(Feedback)).one()
        _ = row.contact, row.files, row.steps
        return row


def test_where_it_came_from_is_forgotten_after_a_day(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        begun(session)
    assert after(site, 0.9).device == "d"
    assert after(site, 1.1).device == ""


@pytest.mark.parametrize("state", ["answered", "merged", "mark"])  # a mark: it was set aside
def test_a_contact_goes_a_month_after_the_end(site: Site, begun: Begin, state: str) -> None:
    answered(site, begun, state=state)
    assert after(site, 29).contact is not None
    assert after(site, 31).contact is None
    assert after(site, 31).words == "Ghế gãy."


@pytest.mark.parametrize("kind, days", [("report", 365), ("denunciation", 1825)])
def test_in_the_end_all_that_was_written_goes(site: Site, begun: Begin, kind: str, days: int) -> None:
    answered(site, begun, kind)
    assert after(site, days - 1).words == "Ghế gãy."
    row = after(site, days + 1)
    assert (row.words, row.files, row.steps, row.kind, row.state) == ("", [], [], kind, "answered")
    with site.database.read() as session:
        assert [(one.action, one.after) for one in audit.entries(session, 1)] == [
            ("erased feedback", {"count": 1})
        ]
    assert tidy(site.database, Kept.of(Settings(site.home)), NOW + (days + 2) * DAY) == 0


@pytest.mark.parametrize("state", ["open", "accepted", "waiting"])
def test_what_is_under_way_is_never_old(site: Site, begun: Begin, state: str) -> None:
    answered(site, begun, state=state)
    row = after(site, 4000)
    assert (row.words, row.contact is not None) == ("Ghế gãy.", True)

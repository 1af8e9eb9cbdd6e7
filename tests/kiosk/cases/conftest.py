"""A case at Ga Thử, and Ga Khác beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from factories import ELSEWHERE, bring_in
from feedback_given import NOW
from sqlalchemy.orm import Session

from kiosk.feedback import operations
from kiosk.feedback.models import Feedback
from kiosk.feedback.operations import Beginning
from schedules.core.clock import utcnow
from schedules.core.ids import new_id
from schedules.operations import all_stations

Site = Any


@pytest.fixture
def two(site: Site) -> Site:
    bring_in(site.database, site.home, ELSEWHERE, utcnow())
    return site


@pytest.fixture
def told(two: Site) -> Callable[..., Feedback]:
    """Somebody tells something; ``at`` is the key of a station."""

    def tell(
        session: Session, words: str = "Ghế gãy.", kind: str = "report", at: str = "ga-thu", now: Any = NOW
    ) -> Feedback:
        station = next(one for one in all_stations(session) if one.key == at)
        tap = Beginning(id=new_id(), channel="kiosk", language="vi", device="d", mood="bad")
        row = operations.begin(session, station, tap, now)
        operations.tell(session, row, kind, words, b"", now)
        return row

    return tell

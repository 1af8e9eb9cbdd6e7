"""Feedback of a traveller at Ga Thử."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from feedback_given import NOW
from sqlalchemy.orm import Session

from kiosk.feedback import operations
from kiosk.feedback.models import Feedback
from kiosk.feedback.operations import Beginning
from schedules.core.ids import new_id
from schedules.models import Station
from schedules.operations import all_stations

Site = Any


@pytest.fixture
def begun(site: Site) -> Callable[..., Feedback]:
    """Somebody taps on a face."""

    def tap(session: Session, now: datetime = NOW, **given: Any) -> Feedback:
        station: Station = all_stations(session)[0]
        usual = {"id": new_id(), "channel": "kiosk", "language": "vi", "device": "d", "mood": "bad"}
        return operations.begin(session, station, Beginning(**(usual | given)), now)

    return tap

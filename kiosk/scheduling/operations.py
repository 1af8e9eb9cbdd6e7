"""Switching a schedule off on behalf of a person, on record in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer import queue
from schedules import publishing
from schedules.core import audit
from schedules.models import Schedule

KIND = "schedule"


def recall(session: Session, key: str, by: str, now: datetime) -> int:
    """Off; what waits in the queue for it is not said any more. Returns how many calls that ends."""
    before = publishing.current(session, KIND, key)
    schedule = session.scalars(select(Schedule).where(Schedule.key == key)).one()
    publishing.recall_schedule(session, schedule, by, now)
    session.flush()
    ended = queue.withdraw(session, by)
    audit.record(session, by, "recalled", f"schedule {key}", now, before)
    return ended

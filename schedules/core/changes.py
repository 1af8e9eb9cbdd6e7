"""What changed: a number per topic, raised in the transaction that changed it.

Another process that sees the number rise knows that it has work to do (plan again, look into the queue). What was
rolled back never raises it.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from schedules.core.tables import Base

SCHEDULES = "schedules"  # messages, schedules, zones, calendars: plan again
PLAN = "plan"  # what was planned was saved anew: added, changed or removed


class Change(Base):
    __tablename__ = "changes"

    topic: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


def touch(session: Session, topic: str) -> None:
    change = session.get(Change, topic)
    if change is None:
        session.add(Change(topic=topic, number=1))
    else:
        change.number += 1
    session.flush()


def number(session: Session, topic: str) -> int:
    return session.scalar(select(Change.number).where(Change.topic == topic)) or 0

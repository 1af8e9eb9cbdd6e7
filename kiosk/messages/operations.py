"""Recalling a message on behalf of a person, on record in the same transaction; and the messages there are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from announcer import queue
from schedules import publishing
from schedules.core import audit
from schedules.models import Message, Schedule, Turn

KIND = "message"


def recall(session: Session, message: Message, by: str, now: datetime) -> int:
    """Off the air and out of the queue; returns how many calls that ends."""
    before = publishing.current(session, KIND, message.key)
    publishing.recall_message(session, message, by, now)
    ended = queue.recall(session, message, by)
    audit.record(session, by, "recalled", f"message {message.key}", now, before, {"calls": ended})
    return ended


def every_message(session: Session) -> list[Message]:
    """Recalled ones too, by title."""
    query = select(Message).options(selectinload(Message.wordings), selectinload(Message.station))
    return list(session.scalars(query.order_by(Message.title)))


def schedules_of(session: Session, message: Message) -> list[Schedule]:
    query = select(Schedule).join(Turn).where(Turn.message_id == message.id)
    return list(session.scalars(query.order_by(Schedule.key).distinct()))

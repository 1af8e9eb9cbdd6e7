"""What may be broadcast: a draft that was approved, until it is recalled.

The verbs check and flush; the caller commits, and takes out of the queue what waits there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from schedules import exchange, versions
from schedules.core import changes
from schedules.core.errors import UserError
from schedules.document import MessageEntry, ScheduleEntry, plain
from schedules.models import Message, Schedule, Version


def current(session: Session, kind: str, key: str) -> dict[str, Any] | None:
    """What is in the tables under that key, recalled or not, as a content file has it; None if nothing is."""
    model, data = _KINDS[kind]
    row = session.scalar(select(model).where(model.key == key))
    return plain(data(row)) if row else None


def approve(session: Session, draft: Version, by: str, now: datetime) -> None:
    """From now on this is what is broadcast. Raises UserError where what it names is no longer there."""
    try:
        if draft.kind == "message":
            exchange.apply_message(session, MessageEntry.model_validate(draft.entry | {"retired": False}))
        else:
            entry = ScheduleEntry.model_validate(draft.entry | {"enabled": True})
            exchange.apply_schedule(session, entry, now)
    except ValidationError as error:
        raise UserError(f"This draft cannot be used: {error.errors()[0]['msg']}.") from error
    versions.mark_approved(session, draft, by, now)
    changes.touch(session, changes.SCHEDULES)


def recall_message(session: Session, message: Message, by: str, now: datetime) -> None:
    """Not to be said any more: not by schedules, not live."""
    message.retired = True
    versions.retire(session, "message", message.key, by, now)
    changes.touch(session, changes.SCHEDULES)


def recall_schedule(session: Session, schedule: Schedule, by: str, now: datetime) -> None:
    schedule.enabled = False
    versions.retire(session, "schedule", schedule.key, by, now)
    changes.touch(session, changes.SCHEDULES)


_KINDS: dict[str, tuple[Any, Any]] = {
    "message": (Message, exchange.message_data),
    "schedule": (Schedule, exchange.schedule_data),
}

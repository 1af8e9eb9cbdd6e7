"""Saving, approving, discarding and recalling messages on behalf of a person; each is on record in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from announcer import queue
from kiosk import typing
from kiosk.messages.typed import Entry
from schedules import publishing, versions
from schedules.core import audit
from schedules.models import Message, Schedule, Turn, Version

KIND = "message"


def save(session: Session, entry: Entry, by: str, now: datetime, seen: str) -> Version:
    """Keep a draft. Raises versions.Outdated."""
    before = versions.draft_of(session, KIND, entry["key"])
    told = before.entry if before else publishing.current(session, KIND, entry["key"])
    draft = versions.save_draft(session, KIND, entry, by, now, seen)
    audit.record(session, by, "drafted", f"message {entry['key']}", now, told, entry)
    return draft


def approve(session: Session, draft: Version, by: str, now: datetime) -> None:
    """Raises UserError where what the draft names is no longer there."""
    before = publishing.current(session, KIND, draft.key)
    publishing.approve(session, draft, by, now)
    audit.record(session, by, "approved", f"message {draft.key}", now, before, draft.entry)


def discard(session: Session, draft: Version, by: str, now: datetime) -> None:
    versions.discard(session, draft, by, now)
    audit.record(session, by, "discarded", f"message {draft.key}", now, before=draft.entry)


def recall(session: Session, message: Message, by: str, now: datetime) -> int:
    """Off the air and out of the queue; returns how many calls that ends."""
    before = publishing.current(session, KIND, message.key)
    publishing.recall_message(session, message, by, now)
    ended = queue.recall(session, message)
    audit.record(session, by, "recalled", f"message {message.key}", now, before, {"calls": ended})
    return ended


def every_message(session: Session) -> list[Message]:
    """Recalled ones too, by title."""
    query = select(Message).options(selectinload(Message.wordings), selectinload(Message.station))
    return list(session.scalars(query.order_by(Message.title)))


def schedules_of(session: Session, message: Message) -> list[Schedule]:
    query = select(Schedule).join(Turn).where(Turn.message_id == message.id)
    return list(session.scalars(query.order_by(Schedule.key).distinct()))


def free_key(session: Session, title: str) -> str:
    """A key for a new message, made of its title."""
    stem = typing.slug(title) or "noi-dung"
    taken = set(session.scalars(select(Message.key))) | set(
        session.scalars(select(Version.key).filter_by(kind=KIND))
    )
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken)

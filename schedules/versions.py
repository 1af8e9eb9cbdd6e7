"""Drafts, approvals and history of messages and schedules: who wrote what, and who let it be broadcast.

What is broadcast stands in the tables of messages and schedules; approving a draft brings it there by the same way as
a content file. The verbs check and flush; the caller commits.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schedules.core.errors import UserError
from schedules.models.versions import Version

IMPORT = "import"  # who wrote what a content file brought


class Outdated(UserError):
    """Somebody else has written since this page was made."""


def draft_of(session: Session, kind: str, key: str) -> Version | None:
    return session.scalar(select(Version).filter_by(kind=kind, key=key, state="draft"))


def drafts(session: Session, kind: str) -> list[Version]:
    return list(session.scalars(select(Version).filter_by(kind=kind, state="draft").order_by(Version.key)))


def history(session: Session, kind: str, key: str) -> list[Version]:
    """The newest first."""
    query = select(Version).filter_by(kind=kind, key=key)
    return list(session.scalars(query.order_by(Version.number.desc())))


def clips(session: Session) -> set[str]:
    """The names of all recordings that a version of a message has, or had."""
    entries = session.scalars(select(Version.entry).filter_by(kind="message"))
    wordings = (wording for entry in entries for wording in entry["wordings"].values())
    return {wording["clip"] for wording in wordings if not isinstance(wording, str) and wording.get("clip")}


def save_draft(
    session: Session, kind: str, entry: dict[str, Any], by: str, now: datetime, seen: str = ""
) -> Version:
    """Write the draft of ``entry["key"]``, or begin one. ``seen``: the mark of the draft that was edited, "" if there was
    none. Raises Outdated if that is not the draft that is there now.
    """
    draft = draft_of(session, kind, entry["key"])
    if (draft.mark if draft else "") != seen:
        raise Outdated("Somebody else changed this draft meanwhile.", "Look at theirs first.")
    if draft is None:
        return _add(session, kind, entry, "draft", by, now)
    draft.entry, draft.written_by, draft.written_at = entry, by, now
    draft.edits += 1
    session.flush()
    return draft


def discard(session: Session, draft: Version, by: str, now: datetime) -> None:
    _end(draft, "discarded", by, now)
    session.flush()


def mark_approved(session: Session, draft: Version, by: str, now: datetime) -> None:
    """The draft is the version in use; the one before it is history."""
    retire(session, draft.kind, draft.key, by, now)
    draft.state, draft.approved_by, draft.approved_at = "approved", by, now
    session.flush()


def record_approved(
    session: Session, kind: str, entry: dict[str, Any], now: datetime, by: str = IMPORT
) -> Version:
    """What was brought in without a draft, such as by a content file."""
    retire(session, kind, entry["key"], by, now)
    version = _add(session, kind, entry, "approved", by, now)
    version.approved_by, version.approved_at = by, now
    return version


def retire(session: Session, kind: str, key: str, by: str, now: datetime) -> None:
    """The version in use, if any, is history."""
    for version in session.scalars(select(Version).filter_by(kind=kind, key=key, state="approved")):
        _end(version, "retired", by, now)
    session.flush()


def _end(version: Version, state: str, by: str, now: datetime) -> None:
    version.state, version.ended_by, version.ended_at = state, by, now


def _add(session: Session, kind: str, entry: dict[str, Any], state: str, by: str, now: datetime) -> Version:
    last = session.scalar(select(func.max(Version.number)).filter_by(kind=kind, key=entry["key"])) or 0
    version = Version(
        kind=kind, key=entry["key"], number=last + 1, state=state, entry=entry, written_by=by, written_at=now
    )
    session.add(version)
    session.flush()
    return version

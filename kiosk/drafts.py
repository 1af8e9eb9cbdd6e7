"""Drafts of messages and schedules on behalf of a person: saved, approved, discarded, each on record in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk import typing
from schedules import publishing, versions
from schedules.core import audit
from schedules.models import Message, Schedule, Version

Entry = dict[str, Any]
MODELS: Mapping[str, Any] = {"message": Message, "schedule": Schedule}


def save(session: Session, kind: str, entry: Entry, by: str, now: datetime, seen: str) -> Version:
    """Keep a draft. Raises versions.Outdated."""
    before = versions.draft_of(session, kind, entry["key"])
    told = before.entry if before else publishing.current(session, kind, entry["key"])
    draft = versions.save_draft(session, kind, entry, by, now, seen)
    audit.record(session, by, "drafted", f"{kind} {entry['key']}", now, told, entry)
    return draft


def approve(session: Session, draft: Version, by: str, now: datetime, alone: bool = False) -> None:
    """``alone``: by its author, since nobody else could. Raises UserError where what the draft names is no longer there."""
    before = publishing.current(session, draft.kind, draft.key)
    publishing.approve(session, draft, by, now)
    told = f"{draft.kind} {draft.key}", now, before, draft.entry
    if alone:
        audit.record(session, by, "approved alone", *told)
    else:
        audit.record(session, by, "approved", *told)


def discard(session: Session, draft: Version, by: str, now: datetime) -> None:
    versions.discard(session, draft, by, now)
    audit.record(session, by, "discarded", f"{draft.kind} {draft.key}", now, before=draft.entry)


def free_key(session: Session, kind: str, title: str, otherwise: str) -> str:
    """A key for something new, made of its title; ``otherwise`` where no letter is left of that."""
    stem = typing.slug(title) or otherwise
    taken = set(session.scalars(select(MODELS[kind].key)))
    taken |= set(session.scalars(select(Version.key).filter_by(kind=kind)))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken)

"""What is kept of whoever wrote feedback: shown, given out, and erased for good.

Erasing leaves what the figures count (when, where, which face, which kind and how it ended) and nothing anybody wrote.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.accounts.models import NOBODY
from kiosk.feedback import codes, operations, sealing, spoken
from kiosk.feedback.models import ACCEPTED, MERGED, OPEN, Feedback, File
from schedules.core import audit
from schedules.core.clock import iso_local


def reach(home: Path, row: Feedback) -> sealing.Reach:
    """Empty where nothing was left."""
    return sealing.opened(home, row.id, row.contact.sealed) if row.contact else {}


def files(row: Feedback) -> list[File]:
    """Those that the traveller sent or is shown."""
    shown = {one.id for one in row.steps if one.shown}
    return [one for one in row.files if one.step_id is None or one.step_id in shown]


def exported(home: Path, row: Feedback) -> dict[str, Any]:
    """All of it, as data. Photos are told by their size; the page shows them."""
    return {
        "code": codes.written(row.code),
        "received_at": iso_local(row.received_at),
        "station": row.station.name,
        "mood": row.mood,
        "topic": row.topic,
        "rule": row.rule,
        "kind": row.kind,
        "words": row.words,
        "state": row.state,
        "photos": [len(one.data) for one in files(row)],
        "contact": reach(home, row),
        "consents": [
            {
                "purpose": one.purpose,
                "wording": one.wording,
                "given_at": iso_local(one.given_at),
                "withdrawn_at": iso_local(one.withdrawn_at) if one.withdrawn_at else None,
            }
            for one in row.consents
        ],
        "steps": [
            {"at": iso_local(one.at), "act": one.act, "text": one.text} for one in row.steps if one.shown
        ],
    }


def delete(session: Session, row: Feedback, now: datetime) -> None:
    """Because whoever wrote it wants it gone; that this was done is on record."""
    erase(session, row)
    audit.record(session, NOBODY, "erased feedback", f"feedback {row.id}", now)


def erase(session: Session, row: Feedback) -> None:
    """Nothing of it can be brought back: rows are deleted, words overwritten, and its code opens nothing any more."""
    for other in session.scalars(select(Feedback).where(Feedback.merged_into == row.id)):
        other.merged_into = None  # it is answered by itself again
        if other.state == MERGED:
            other.state = ACCEPTED if other.accepted_at else OPEN
    row.contact, row.words, row.device, row.playing, row.flags = None, "", "", [], []
    row.assignee = row.forwarded_to = ""
    row.consents.clear()
    spoken.forget(session, row.id)
    row.files.clear()
    session.flush()  # files point to steps
    row.steps.clear()
    row.code = operations.free_code(session)
    if operations.is_under_way(row):
        row.state = "mark"
    session.flush()

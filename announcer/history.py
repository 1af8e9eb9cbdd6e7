"""The playout log: written once, never changed (the database itself refuses), and how occurrences learn their end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from announcer.models import Announcement, Playout, Sound
from announcer.script import Script
from schedules.core.ids import new_id
from schedules.models import Occurrence


@dataclass(frozen=True)
class End:
    """How an attempt ended. ``result`` is one of RESULTS, or "cut" for one that was interrupted."""

    result: str
    code: str = ""
    reason: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None


WITHDRAWN = End("gave_way", "withdrawn", "its schedule or message was withdrawn")


def playout_row(
    announcement: Announcement, zone_key: str, end: End, now: datetime, sound: Sound | None
) -> dict[str, Any]:
    script = Script.from_data(announcement.script)
    return {
        "id": new_id(),
        "announcement_id": announcement.id,
        "occurrence_id": announcement.occurrence_id,
        "request_id": announcement.request_id,
        "requested_by": announcement.requested_by,
        "zone": zone_key,
        "title": announcement.title,
        "text": script.text,
        "spoken": script.spoken,
        "voice": voices_in_words(sound.voices) if sound else "",
        "sound_sha256": sound.sha256 if sound else "",
        "lufs": sound.lufs if sound else None,
        "priority": announcement.priority,
        "planned_at": announcement.not_before,
        "started_at": end.started_at,
        "ended_at": end.ended_at,
        "logged_at": now,
        "result": end.result,
        "final": announcement.state == "ended",
        "reason_code": end.code,
        "reason": end.reason,
    }


def voices_in_words(voices: Mapping[str, str]) -> str:
    return ", ".join(f"{language}: {voice}" for language, voice in voices.items())


def never_queued_row(
    occurrence: Occurrence, zone_key: str, title: str, priority: int, now: datetime
) -> dict[str, Any]:
    """A log row for an occurrence that was settled without ever reaching the queue."""
    return {
        "id": new_id(),
        "announcement_id": None,
        "occurrence_id": occurrence.id,
        "request_id": None,
        "requested_by": "",
        "zone": zone_key,
        "title": title,
        "text": "",
        "spoken": "",
        "voice": "",
        "sound_sha256": "",
        "lufs": None,
        "priority": priority,
        "planned_at": occurrence.planned_at,
        "started_at": None,
        "ended_at": None,
        "logged_at": now,
        "result": occurrence.result,
        "final": True,
        "reason_code": occurrence.reason_code,
        "reason": occurrence.reason,
    }


def write(session: Session, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(_INSERT, rows)


def settle_occurrences(session: Session, ends: list[dict[str, Any]]) -> None:
    """Give occurrences their result: rows of occurrence, result, code and reason."""
    if ends:
        session.connection().execute(_SETTLE, ends)


# Plain statements built once, past the object layer: these run at every turn.
_INSERT = insert(Playout)
_SETTLE = (
    update(Occurrence)
    .where(Occurrence.id == bindparam("occurrence"))
    .values(result=bindparam("end"), reason_code=bindparam("code"), reason=bindparam("why"))
)

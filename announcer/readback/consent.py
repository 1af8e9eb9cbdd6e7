"""Sounds that read-back found bad, and a person's consent to air one all the same."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Sound
from schedules.core.errors import NotFound, UserError

HINT = "See: loaga sound list"


def held_sounds(session: Session) -> list[Sound]:
    """Those that wait for consent, the newest first."""
    query = select(Sound).where(Sound.readback.is_not(None), Sound.approved_at.is_(None))
    return [sound for sound in session.scalars(query.order_by(Sound.made_at.desc())) if sound.held]


def approve(session: Session, key: str, by: str, now: datetime) -> Sound:
    """Let the sound be aired; ``key`` may be its beginning. Who and when is kept. Raises NotFound and UserError."""
    found = (
        session.scalars(select(Sound).where(Sound.key.startswith(key, autoescape=True))).all() if key else []
    )
    if not found:
        raise NotFound(f"There is no sound “{key}”.", HINT)
    if len(found) > 1:
        raise UserError(f"“{key}” is the beginning of {len(found)} sounds.", "Write more of its key.")
    [sound] = found
    if not sound.held:
        raise UserError(f"The sound “{key}” does not wait for consent.", HINT)
    sound.approved_by, sound.approved_at = by, now
    return sound

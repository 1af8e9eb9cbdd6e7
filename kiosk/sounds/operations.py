"""Consenting to a sound on behalf of a person, on record in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from announcer.models import Sound
from announcer.readback import consent as readback
from schedules.core import audit


def consent(session: Session, sound: Sound, by: str, now: datetime) -> None:
    """Somebody heard it and answers for it: it may be aired although read-back found it bad. Raises LoagaError."""
    readback.approve(session, sound.key, by, now)
    audit.record(session, by, "consented", f"sound {sound.key[:12]}", now, after=dict(sound.spoken))

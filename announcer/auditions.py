"""Sounds that somebody at a desk wants to hear before they are aired. The announcer makes them, as it makes all others."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from announcer.script import Script
from announcer.studio import Studio
from schedules.core.tables import Base

WAITS = timedelta(minutes=10)  # who asked longer ago is not listening any more
MOST = 20  # unmade ones; a desk that asks for more than this is not listening to them


class Audition(Base):
    """``key`` names the sound; ``reason`` tells why it could not be made, empty while it is waited for."""

    __tablename__ = "auditions"

    key: Mapped[str] = mapped_column(primary_key=True)
    script: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")


def ask(session: Session, studio: Studio, script: Script, now: datetime) -> str:
    """Have the sound made unless it is there; returns its key."""
    key = studio.key(script)
    session.execute(delete(Audition).where(Audition.asked_at < now - WAITS))
    if studio.sound(session, key) is None:
        session.merge(Audition(key=key, script=script.to_data(), asked_at=now, reason=""))
    session.flush()
    return key


def wanted(session: Session, now: datetime) -> list[Audition]:
    """Those to be made, the latest first: that is the one somebody listens for."""
    query = select(Audition).where(Audition.asked_at > now - WAITS, Audition.reason == "")
    return list(session.scalars(query.order_by(Audition.asked_at.desc()).limit(MOST)))


def made(session: Session, key: str) -> None:
    session.execute(delete(Audition).where(Audition.key == key))


def failed(session: Session, key: str, reason: str) -> None:
    if found := session.get(Audition, key):
        found.reason = reason

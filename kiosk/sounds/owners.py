"""Whose a sound is: the stations in whose zones it was, or is to be, heard. One that was only listened to at a desk is nobody's yet."""

from __future__ import annotations

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Announcement, Sound
from kiosk.accounts.guard import someone
from kiosk.accounts.roles import Right
from schedules.models import Station, Zone


def stations_of(session: Session, key: str) -> list[str]:
    """Keys of stations."""
    query = select(Station.key).join(Zone, Zone.station_id == Station.id)
    query = query.join(Announcement, Announcement.zone_id == Zone.id).where(Announcement.sound == key)
    return list(session.scalars(query.distinct()))


def may_hear(session: Session, key: str) -> bool:
    """Somebody of one of its stations; of a sound that is nobody's yet, whoever knows its name, which cannot be guessed."""
    owners = stations_of(session, key)
    return not owners or any(someone().may(Right.SEE, station) for station in owners)


def may_consent(session: Session, key: str) -> bool:
    """Whoever answers for all of its stations."""
    return all(someone().may(Right.APPROVE, station) for station in stations_of(session, key))


def to_consent(session: Session, key: str) -> Sound:
    """The sound, for whoever may consent to it: 404 where one may not even hear it, 403 where one does not answer for it."""
    found = session.get(Sound, key)
    if found is None or not may_hear(session, key):
        abort(404)
    return found if may_consent(session, key) else abort(403)

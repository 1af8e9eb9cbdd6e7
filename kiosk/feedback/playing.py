"""What the loudspeakers of a station said when somebody gave feedback, and in the minutes before: much of it is about just that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Playout
from kiosk.travellers.said import sounding
from schedules.core.clock import iso_local
from schedules.models import Station

BEFORE = timedelta(minutes=5)
MOST = 10


def playing(session: Session, station: Station, now: datetime) -> list[dict[str, Any]]:
    """What sounds now, then what was said, the latest first: ``at`` (None: sounding), ``title``, ``text``, ``zones``."""
    names = {zone.key: zone.name for zone in station.zones}
    query = select(Playout).where(
        Playout.logged_at > now - BEFORE, Playout.zone.in_(names), Playout.result == "played"
    )
    said = session.scalars(query.order_by(Playout.logged_at.desc()).limit(MOST))
    return [
        {
            "at": None,
            "title": one.title,
            "text": " / ".join(part.text for part in one.parts),
            "zones": list(one.zones),
        }
        for one in sounding(session, station, now)
    ] + [
        {"at": iso_local(row.logged_at), "title": row.title, "text": row.text, "zones": [names[row.zone]]}
        for row in said
    ]

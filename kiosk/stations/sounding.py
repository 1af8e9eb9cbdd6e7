"""What last sounded in each zone, and what last failed there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Playout, ZoneStatus
from kiosk.home.log import last_sounds
from schedules.models import Station

LOOK_BACK = timedelta(days=7)
Failure = tuple[str, datetime]  # why and when


@dataclass(frozen=True)
class Heard:
    """``fault`` is the sentence for technicians, of now (``failing``) or of the past week."""

    sink: str = ""
    last: datetime | None = None
    failing: bool = False
    fault: str = ""
    failed_at: datetime | None = None


def heard(session: Session, station: Station, now: datetime) -> Mapping[str, Heard]:
    """By the keys of the station's zones."""
    status = {row.zone_id: row for row in session.scalars(select(ZoneStatus))}
    last, failures = last_sounds(session, now - LOOK_BACK), _failures(session, now - LOOK_BACK)
    return {
        zone.key: _heard(last.get(zone.key), status.get(zone.id), failures.get(zone.key))
        for zone in station.zones
    }


def _heard(last: datetime | None, status: ZoneStatus | None, failed: Failure | None) -> Heard:
    sink = status.sink if status else ""
    if status and status.fault:
        return Heard(sink, last, True, status.fault, status.changed_at)
    return Heard(sink, last, False, *failed) if failed else Heard(sink, last)


def _failures(session: Session, since: datetime) -> dict[str, Failure]:
    """The latest of each zone, found by the index on results: few fail, however much is said."""
    query = select(Playout.zone, Playout.reason, Playout.logged_at).where(
        Playout.result.in_(("failed", "cut")), Playout.logged_at > since, Playout.reason_code == "sink"
    )
    rows = session.execute(query.order_by(Playout.logged_at))
    return {zone: (reason, at) for zone, reason, at in rows}

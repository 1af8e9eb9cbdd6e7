"""Whether speech arrives in a zone as it did: what was measured there, held against what was measured before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import RoomMeasurement
from audio.acoustics.measuring import RoomMeasures
from schedules.models import Zone

LOOK_BACK = 5  # measurements that the latest is held against
FALL = 0.05  # of STI


def keep(session: Session, zone: Zone, measures: RoomMeasures, now: datetime) -> RoomMeasurement:
    row = RoomMeasurement(
        zone_id=zone.id,
        measured_at=now,
        sti=measures.sti,
        rt60=None if math.isnan(measures.rt60) else measures.rt60,
        level_db=measures.level_db,
        noise_db=measures.noise_db,
        snr_db=list(measures.snr_db),
        faults=list(measures.faults),
    )
    session.add(row)
    session.flush()
    return row


def records(session: Session, zone: Zone) -> list[RoomMeasurement]:
    """Oldest first."""
    query = select(RoomMeasurement).where(RoomMeasurement.zone_id == zone.id)
    return list(session.scalars(query.order_by(RoomMeasurement.measured_at, RoomMeasurement.id)))


def fallen(indices: Sequence[float]) -> float:
    """By how much the last STI lies below the median of up to LOOK_BACK before it, where that is FALL or more; else 0."""
    *earlier, latest = indices or (0.0,)
    lost = median(earlier[-LOOK_BACK:]) - latest if earlier else 0.0
    return lost if round(lost, 3) >= FALL else 0.0

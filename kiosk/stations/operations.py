"""Changing what a zone bears and on which days the calendar is another; each is on record in the same transaction, and the
announcer plans again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.announcements.wishes import Unclear
from kiosk.language.words import gettext
from kiosk.stations.words import KINDS, days
from schedules.core import audit, changes
from schedules.core.errors import NotFound
from schedules.document import ExceptionEntry, ZoneEntry
from schedules.models import CalendarException, Station, Zone

COLUMNS = ("name", "name_en", "mastering", "volume", "quiet", "budget_minutes", "gap_seconds")
TOGETHER = {"holiday", "working"}  # no day is both; a station may be closed on either


def settings_of(zone: Zone) -> dict[str, Any]:
    return {name: getattr(zone, name) for name in COLUMNS}


def wanted_of(entry: ZoneEntry) -> dict[str, Any]:
    """The entry as the table keeps it."""
    return entry.model_dump(by_alias=True, include=set(COLUMNS))


def edition(zone: Zone) -> str:
    """Names the settings as they are, so that a form tells which it was filled over."""
    return hashlib.sha256(json.dumps(settings_of(zone), sort_keys=True).encode()).hexdigest()[:16]


def change_zone(session: Session, zone: Zone, entry: ZoneEntry, seen: str, by: str, now: datetime) -> bool:
    """False where everything is so already. Raises Unclear if somebody changed the zone since it was ``seen``."""
    if seen != edition(zone):
        raise Unclear(
            gettext("Trong lúc quý vị sửa, khu vực này đã được người khác đổi. Xin mở lại trang rồi làm lại.")
        )
    before, wanted = settings_of(zone), wanted_of(entry)
    changed = [name for name in COLUMNS if before[name] != wanted[name]]
    if not changed:
        return False
    for name in changed:
        setattr(zone, name, wanted[name])
    told = ({name: values[name] for name in changed} for values in (before, wanted))
    audit.record(session, by, "zone changed", f"zone {zone.key}", now, *told)
    changes.touch(session, changes.SCHEDULES)
    return True


def exceptions_of(session: Session, station: Station) -> Sequence[CalendarException]:
    query = select(CalendarException).where(CalendarException.station_id == station.id)
    return session.scalars(query.order_by(CalendarException.first, CalendarException.kind)).all()


def check_days(session: Session, station: Station, entry: ExceptionEntry) -> None:
    """Raises Unclear for days that are there already, or that say the opposite of days that are."""
    for other in exceptions_of(session, station):
        clash = other.kind == entry.kind or {other.kind, entry.kind} == TOGETHER
        if clash and other.first <= entry.last and entry.first <= other.last:
            there = f"{KINDS[other.kind].name}, {days(other.first, other.last)}"
            raise Unclear(
                gettext("Trùng với những ngày đã ghi: %(there)s. Hãy bỏ những ngày ấy trước.", there=there)
            )


def add_days(session: Session, station: Station, entry: ExceptionEntry, by: str, now: datetime) -> None:
    check_days(session, station, entry)
    session.add(CalendarException(station_id=station.id, **entry.model_dump()))
    audit.record(
        session, by, "days added", f"station {station.key}", now, after=entry.model_dump(mode="json")
    )
    changes.touch(session, changes.SCHEDULES)


def remove_days(session: Session, station: Station, id: str, by: str, now: datetime) -> CalendarException:
    """Raises NotFound for days that are gone, or are another station's."""
    row = session.get(CalendarException, id)
    if row is None or row.station_id != station.id:
        raise NotFound(f"There are no days “{id}” at {station.key}.")
    entry = ExceptionEntry.model_validate({name: getattr(row, name) for name in ExceptionEntry.model_fields})
    session.delete(row)
    audit.record(session, by, "days removed", f"station {station.key}", now, entry.model_dump(mode="json"))
    changes.touch(session, changes.SCHEDULES)
    return row

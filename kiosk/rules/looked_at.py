"""How often travellers look at a rule: counted in memory and written down every minute, since reading must not mean writing.

What a web server that dies has counted in its last minute is lost; nobody is owed a figure.
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from schedules.core.clock import local_date
from schedules.core.database import Database
from schedules.core.tables import Base

EVERY = timedelta(minutes=1)


class RuleLook(Base):
    """How often a rule ("cong-cong/xep-hang") was looked at, at a station on a day."""

    __tablename__ = "rule_looks"

    day: Mapped[date] = mapped_column(primary_key=True)
    station_id: Mapped[str] = mapped_column(ForeignKey("stations.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class Looks:
    """Those that are not written down yet."""

    def __init__(self) -> None:
        self._counted: Counter[tuple[date, str, str]] = Counter()
        self._written_at: datetime | None = None
        self._lock = threading.Lock()

    def count(self, station_id: str, rule: str, now: datetime) -> None:
        with self._lock:
            self._counted[local_date(now), station_id, rule] += 1

    def write_down(self, database: Database, now: datetime) -> bool:
        """Every minute, if there is anything."""
        with self._lock:
            late = self._written_at is None or now - self._written_at >= EVERY
            counted = self._counted if late else Counter()
            if not counted:
                return False
            self._counted, self._written_at = Counter(), now
        with database.write() as session:
            for key, count in counted.items():
                _add(session, key, count)
        return True


def looks(session: Session, first: date, last: date, station_ids: list[str]) -> dict[str, int]:
    """By rule, from ``first`` to ``last``, both included."""
    query = (
        select(RuleLook.rule, func.sum(RuleLook.count))
        .where(RuleLook.day.between(first, last), RuleLook.station_id.in_(station_ids))
        .group_by(RuleLook.rule)
    )
    return {rule: int(count) for rule, count in session.execute(query)}


def _add(session: Session, key: tuple[date, str, str], count: int) -> None:
    row = session.get(RuleLook, key)
    if row is None:
        session.add(RuleLook(day=key[0], station_id=key[1], rule=key[2], count=count))
    else:
        row.count += count

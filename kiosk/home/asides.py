"""What was said on a day outside schedules: urgent calls, words and recordings on request, live paging. No plan has it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Playout
from kiosk import station_words as words
from kiosk.home.strips import NARROWEST, placed
from schedules.core.clock import day_bounds

MOST = 200  # of a day; the log has them all


class Aside(NamedTuple):
    """One attempt in one zone (by its key), as the log has it; ``x`` and ``width`` in percent of the day, where it was heard."""

    request_id: str | None
    occurrence_id: None
    zone: str
    title: str
    priority: int
    planned_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    result: str
    final: bool
    code: str
    detail: str
    x: float = 0.0
    width: float = 0.0

    @property
    def at(self) -> datetime:
        return self.started_at or self.planned_at

    @property
    def reason(self) -> str:
        return words.reason(self.code, self.detail)

    def on_lane(self, start: datetime) -> Aside:
        """With its place on a day that begins at ``start``."""
        if self.started_at is None or self.ended_at is None:
            return self
        since, until = (moment - start for moment in (self.started_at, self.ended_at))
        _, x, width = placed(since.total_seconds(), (until - since).total_seconds())
        return self._replace(x=x, width=max(width, NARROWEST))


def asides(session: Session, day: date, zones: Collection[str]) -> list[Aside]:
    """Those logged on a local day in these zones, in order of time: the last ``MOST``, found by the index."""
    start, end = day_bounds(day)
    query = select(*_COLUMNS).where(
        Playout.occurrence_id.is_(None),
        Playout.logged_at >= start,
        Playout.logged_at < end,
        Playout.zone.in_(zones),
    )
    rows = session.execute(query.order_by(Playout.logged_at.desc(), Playout.id.desc()).limit(MOST)).all()
    return [Aside(*row).on_lane(start) for row in reversed(rows)]


_COLUMNS: tuple[Any, ...] = (
    Playout.request_id, Playout.occurrence_id, Playout.zone, Playout.title, Playout.priority, Playout.planned_at,
    Playout.started_at, Playout.ended_at, Playout.result, Playout.final, Playout.reason_code, Playout.reason,
)  # fmt: skip

"""The log of what was said, what was not, and why."""

from __future__ import annotations

from typing import Literal

from flask import abort
from pydantic import BaseModel
from sqlalchemy.orm import Session

from announcer.models import Playout
from kiosk.accounts import reach
from kiosk.accounts.roles import Right
from kiosk.api.fields import PRIORITY_NAMES, Day, Key, Moment, Priority
from kiosk.api.operation import Asked, operation
from kiosk.api.places import zones_of
from kiosk.home import log as logs
from kiosk.transactions import reading


class LogAsked(Asked):
    """``before`` is ``older`` of the page before."""

    station: Key | None = None
    zone: Key | None = None
    result: Literal["played", "gave_way", "expired", "missed", "failed", "cut", "problems"] | None = None
    date: Day | None = None
    before: Key | None = None


class PlayoutTold(BaseModel):
    """``final``: whether the announcement is over with it. ``reason`` is in English, for technicians."""

    id: str
    zone: str
    title: str
    text: str
    spoken: str
    voice: str
    priority: Priority
    requested_by: str
    request_id: str | None
    occurrence_id: str | None
    planned_at: Moment
    started_at: Moment | None
    ended_at: Moment | None
    logged_at: Moment
    result: str
    final: bool
    reason_code: str
    reason: str

    @classmethod
    def of(cls, row: Playout) -> PlayoutTold:
        same = {name: getattr(row, name) for name in cls.model_fields if name != "priority"}
        return cls(**same, priority=PRIORITY_NAMES[row.priority])


class LogTold(BaseModel):
    """Newest first. ``older`` is the cursor of the next page, or null at the end."""

    playouts: list[PlayoutTold]
    older: str | None


@operation("GET", "/log", Right.SEE, 404)
def log(query: LogAsked) -> LogTold:
    """What was said, what was not, and why: a hundred rows at a time."""
    with reading() as session:
        wanted = logs.Wanted(
            zone=query.zone or "", result=query.result or "", day=query.date, before=query.before or "",
            among=_among(session, query),
        )  # fmt: skip
        page = logs.page(session, wanted)
        rows = [PlayoutTold.of(row) for _, group in page.days for row in group]
        return LogTold(playouts=rows, older=page.older or None)


def _among(session: Session, query: LogAsked) -> frozenset[str] | None:
    """The log outlives zones: who may see everything sees those, too, that are gone."""
    own = frozenset(zone.key for zone in zones_of(session, query.station))
    among = reach.log_zones(session, Right.SEE) if query.station is None else own
    if query.zone and query.zone not in (own if among is None else among):
        abort(404)
    last = session.get(Playout, query.before) if query.before else None
    if query.before and (last is None or (among is not None and last.zone not in among)):
        abort(404)
    return among

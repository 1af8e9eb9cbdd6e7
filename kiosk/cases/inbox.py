"""The list of cases: those most in need of somebody first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from kiosk.accounts.signing_in import Person
from kiosk.cases.access import visible
from kiosk.cases.clocks import Clock
from kiosk.cases.timing import Due, Limits, due
from kiosk.feedback.models import ACCEPTED, ANSWERED, MARK, OPEN, UNDER_WAY, WAITING, Feedback, Step
from schedules.models import Station
from schedules.operations import calendar_of

MOST, MOST_OVER = 300, 100  # of what is open, which is all put in order, and of what is over
NEVER = datetime.max.replace(tzinfo=UTC)

Narrow = Callable[[Select[Feedback]], Select[Feedback]]
SHELVES: dict[str, Narrow] = {
    "open": lambda query: query.where(Feedback.state.in_(UNDER_WAY)),
    "new": lambda query: query.where(Feedback.state == OPEN),
    "accepted": lambda query: query.where(Feedback.state == ACCEPTED),
    "waiting": lambda query: query.where(Feedback.state == WAITING),
    "escalated": lambda query: query.where(Feedback.state.in_(UNDER_WAY), Feedback.escalated),
    "answered": lambda query: query.where(Feedback.state == ANSWERED),
    "unsatisfied": lambda query: query.where(Feedback.state == ANSWERED, Feedback.satisfied.is_(False)),
    "aside": lambda query: query.where(Feedback.state == MARK, Feedback.steps.any(Step.act == "set-aside")),
}

OPEN_SHELVES = ("open", "new", "accepted", "waiting", "escalated")


@dataclass(frozen=True)
class Wanted:
    """Empty means all; ``shelf`` is a key of SHELVES, ``mine`` an account's name."""

    shelf: str = "open"
    station: str = ""
    kind: str = ""
    mine: str = ""


@dataclass(frozen=True)
class Item:
    row: Feedback
    due: Due | None


def items(session: Session, person: Person, wanted: Wanted, limits: Limits, now: datetime) -> Sequence[Item]:
    """At most ``MOST``. What is open: the urgent, then what is late or due next; what is over: the latest."""
    query = SHELVES[wanted.shelf](visible(select(Feedback), session, person))
    query = query.options(joinedload(Feedback.station))
    if wanted.shelf in OPEN_SHELVES:
        query = query.options(selectinload(Feedback.steps))  # from which it is reckoned when it is due
    if wanted.station:
        query = query.where(Feedback.station.has(Station.key == wanted.station))
    if wanted.kind:
        query = query.where(Feedback.kind == wanted.kind)
    if wanted.mine:
        query = query.where(Feedback.assignee == wanted.mine)
    most = MOST if wanted.shelf in OPEN_SHELVES else MOST_OVER
    rows = session.scalars(query.order_by(Feedback.received_at.desc()).limit(most)).all()
    clocks = Clocks(session, limits)
    found = [Item(row, due(row, limits, clocks.of(row.station), now)) for row in rows]
    return sorted(found, key=_turn)


class Clocks:
    """Each station's clock, made once for a page."""

    def __init__(self, session: Session, limits: Limits) -> None:
        self._session, self._limits = session, limits
        self._made: dict[str, Clock] = {}

    def of(self, station: Station) -> Clock:
        if station.id not in self._made:
            self._made[station.id] = self._limits.clock(calendar_of(self._session, station))
        return self._made[station.id]


def _turn(item: Item) -> tuple[bool, datetime, float]:
    at = (item.due.at if item.due else None) or NEVER
    return not item.row.urgent or item.due is None, at, -item.row.received_at.timestamp()

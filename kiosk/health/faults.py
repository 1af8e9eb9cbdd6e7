"""What the checks find becomes faults: each begins once, may get worse, and ends when it has been gone for a while.

A fault that comes and goes is one fault: it must be gone for a minute, and for longer the more often it has come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from kiosk.health import outbox
from kiosk.health.checks import BAD, DOUBTFUL, GOOD, Finding
from kiosk.health.models import Fault

BEGIN, WORSE, END = "begin", "worse", "end"
CALM, LONGEST_CALM = timedelta(minutes=1), timedelta(minutes=30)
LATELY = timedelta(hours=1)
NO_FAULTS = ("today", "watch")  # a day's account; and who watches cannot find itself gone
CAUSE, FOLLOWS = (
    "announcer",
    ("queue", "silence", "overdue"),
)  # without an announcer of course nothing is said


@dataclass(frozen=True)
class Change:
    kind: str
    code: str
    finding: Finding | None = None
    at: datetime | None = None


@dataclass
class Faults:
    """``channels`` are told of every change. What is remembered here between two looks may be lost: a fault then ends later."""

    channels: Sequence[str] = ()
    gone_since: dict[str, datetime] = field(default_factory=dict)

    def changes(self, session: Session, findings: Sequence[Finding], now: datetime) -> list[Change]:
        """What is new at this look; nothing is written."""
        known = open_faults(session)
        found = {one.code: one for one in findings if _is_fault(one)}
        if CAUSE in found:
            found = {code: one for code, one in found.items() if code not in FOLLOWS or code in known}
        self.gone_since = {code: self.gone_since.get(code, now) for code in known if code not in found}
        over = [
            Change(END, code, at=since)
            for code, since in self.gone_since.items()
            if now - since >= calm(session, code, now)
        ]
        return [*_begun(found, known), *over]

    def record(self, session: Session, changes: Sequence[Change], now: datetime) -> None:
        known = open_faults(session)
        for change in changes:
            fault = _changed(session, change, known.get(change.code), now)
            outbox.tell(session, fault, change.kind, self.channels, now)


def _is_fault(one: Finding) -> bool:
    """A zone that merely had nothing to say for a day, as in every new station, is none."""
    nothing_to_say = one.code.startswith("zones:") and one.state == DOUBTFUL
    return one.state != GOOD and one.code not in NO_FAULTS and not nothing_to_say


def _begun(found: Mapping[str, Finding], known: Mapping[str, Fault]) -> list[Change]:
    return [
        Change(BEGIN if code not in known else WORSE, code, finding)
        for code, finding in found.items()
        if code not in known or (finding.state == BAD and known[code].state != BAD)
    ]


def _changed(session: Session, change: Change, fault: Fault | None, now: datetime) -> Fault:
    if fault is None:
        fault = Fault(code=change.code, began_at=now)
        session.add(fault)
    if change.finding:
        fault.about, fault.state, fault.sentence = (
            change.finding.about,
            change.finding.state,
            change.finding.sentence,
        )
    else:
        fault.ended_at = change.at
    session.flush()
    return fault


def calm(session: Session, code: str, now: datetime) -> timedelta:
    """For how long it must be gone: twice as long for each time that it began within an hour."""
    lately = (Fault.code == code) & (Fault.began_at > now - LATELY)
    times = session.scalar(select(func.count()).where(lately)) or 0
    doublings = max(0, min(times, 10) - 1)
    return min(LONGEST_CALM, timedelta(seconds=CALM.total_seconds() * 2**doublings))


def open_faults(session: Session) -> dict[str, Fault]:
    return {fault.code: fault for fault in session.scalars(select(Fault).where(Fault.ended_at.is_(None)))}


def latest(session: Session, most: int) -> Sequence[Fault]:
    """The open ones first, then the newest, with what was told about them."""
    query = select(Fault).options(selectinload(Fault.alerts))
    return session.scalars(
        query.order_by(Fault.ended_at.is_not(None), Fault.began_at.desc()).limit(most)
    ).all()

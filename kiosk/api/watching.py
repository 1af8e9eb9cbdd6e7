"""Whether the station is well, and who did what."""

from __future__ import annotations

from typing import Annotated, Any

from flask import current_app
from pydantic import BaseModel, Field

from kiosk.accounts import reach
from kiosk.accounts.guard import require
from kiosk.accounts.roles import Right
from kiosk.api.fields import Moment
from kiosk.api.operation import Asked, operation
from kiosk.desk import studio
from kiosk.health.checks import Look, findings
from kiosk.health.faults import latest
from kiosk.transactions import reading
from schedules.core import audit
from schedules.core.clock import utcnow

PAGE = 100
LARGEST = 2**63 - 1


class FindingTold(BaseModel):
    """``state`` is good, doubtful or bad. ``station``: its key, or empty for what is about the whole machine."""

    about: str
    state: str
    sentence: str
    station: str


class Health(BaseModel):
    findings: list[FindingTold]


class FaultTold(BaseModel):
    """``state`` is the worst it was; ``ended_at`` is null while it lasts."""

    about: str
    state: str
    sentence: str
    began_at: Moment
    ended_at: Moment | None


class Faults(BaseModel):
    faults: list[FaultTold]


class AuditAsked(Asked):
    """``before`` is ``older`` of the page before."""

    actor: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    before: Annotated[int, Field(ge=1, le=LARGEST)] | None = None


class EntryTold(BaseModel):
    number: int
    at: Moment
    actor: str
    action: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Audit(BaseModel):
    """Newest first. ``older`` is the cursor of the next page, or null at the end."""

    entries: list[EntryTold]
    older: int | None


@operation("GET", "/health", Right.SEE)
def health() -> Health:
    """What is well and what is not, the worst first: this machine, and the zones of one's own stations."""
    voices = studio().speakers("vi")
    with reading() as session:
        own = {"", *(station.key for station in reach.stations(session, Right.SEE))}
        found = findings(Look(session, current_app.extensions["settings"].home, utcnow(), voices))
        told = [FindingTold(**vars(one)) for one in found if one.station in own]
        return Health(findings=told)


@operation("GET", "/faults", Right.SEE)
def faulty() -> Faults:
    """Faults of this machine and its zones, each from begin to end: first the open ones, then the newest, at most a hundred."""
    with reading() as session:
        found = latest(session, PAGE)
        names = FaultTold.model_fields
        return Faults(faults=[FaultTold(**{name: getattr(one, name) for name in names}) for one in found])


@operation("GET", "/audit", Right.ADMINISTER)
def audited(query: AuditAsked) -> Audit:
    """Who did what, with before and after: for administrators of every station, a hundred entries at a time."""
    require(Right.ADMINISTER, "")
    about = {"actor": query.actor} if query.actor else None
    with reading() as session:
        found = audit.entries(session, PAGE + 1, about, query.before)
        shown = [_entry(entry) for entry in found[:PAGE]]
        return Audit(entries=shown, older=shown[-1].number if len(found) > PAGE else None)


def _entry(entry: audit.AuditEntry) -> EntryTold:
    return EntryTold(**{name: getattr(entry, name) for name in EntryTold.model_fields})

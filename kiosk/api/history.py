"""Which drafts wait for a decision, and every version of a message or a schedule there was."""

from __future__ import annotations

from typing import Any, Literal

from flask import abort
from pydantic import BaseModel

from kiosk.accounts.guard import someone
from kiosk.accounts.roles import Right
from kiosk.api.fields import Moment
from kiosk.api.operation import operation
from kiosk.transactions import reading
from schedules import versions
from schedules.models import Version

Kind = Literal["message", "schedule"]


class DraftWaiting(BaseModel):
    kind: Kind
    key: str
    mark: str
    written_by: str
    written_at: Moment


class Drafts(BaseModel):
    drafts: list[DraftWaiting]


class VersionTold(BaseModel):
    """``state`` is draft, approved, retired or discarded; ``ended_by`` recalled, discarded or replaced it."""

    number: int
    state: str
    entry: dict[str, Any]
    written_by: str
    written_at: Moment
    approved_by: str
    approved_at: Moment | None
    ended_by: str
    ended_at: Moment | None

    @classmethod
    def of(cls, row: Version) -> VersionTold:
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class Versions(BaseModel):
    """The newest first."""

    key: str
    versions: list[VersionTold]


@operation("GET", "/drafts", Right.SEE)
def drafts() -> Drafts:
    """The drafts of one's own stations that wait to be approved or discarded."""
    kinds: tuple[Kind, ...] = ("message", "schedule")
    with reading() as session:
        found = [(kind, one) for kind in kinds for one in versions.drafts(session, kind) if _visible(one)]
        names = ("key", "mark", "written_by", "written_at")
        told = [
            DraftWaiting(kind=kind, **{name: getattr(one, name) for name in names}) for kind, one in found
        ]
        return Drafts(drafts=told)


@operation("GET", "/messages/<key>/versions", Right.SEE, 404)
def message_versions(key: str) -> Versions:
    """Every version of a message: what it said, who wrote it, who answered for it."""
    return _versions("message", key)


@operation("GET", "/schedules/<key>/versions", Right.SEE, 404)
def schedule_versions(key: str) -> Versions:
    """Every version of a schedule."""
    return _versions("schedule", key)


def _versions(kind: Kind, key: str) -> Versions:
    with reading() as session:
        found = [row for row in versions.history(session, kind, key) if _visible(row)]
        if not found:
            abort(404)
        return Versions(key=key, versions=[VersionTold.of(row) for row in found])


def _visible(row: Version) -> bool:
    station = row.entry.get("station")
    return not station or someone().may(Right.SEE, station)

"""Calls for help that nobody has accepted yet: on every page of those who can, until somebody does."""

from __future__ import annotations

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from kiosk.accounts.guard import present
from kiosk.accounts.roles import Right
from kiosk.feedback.kinds import URGENT
from kiosk.feedback.models import OPEN, Feedback
from kiosk.transactions import reading

CALLS = select(Feedback).where(Feedback.state == OPEN, Feedback.kind == URGENT)


def waiting(session: Session) -> list[str]:
    """Their ids: what the stream watches, so that open pages learn of a new one at once."""
    return list(session.scalars(select(Feedback.id).where(Feedback.state == OPEN, Feedback.kind == URGENT)))


def urgent_calls() -> list[Feedback]:
    """Those at one's own stations; asked for once a request."""
    if "urgent_calls" not in g:
        g.urgent_calls = _own()
    found: list[Feedback] = g.urgent_calls
    return found


def _own() -> list[Feedback]:
    person = present()
    if person is None or not person.may(Right.HANDLE):
        return []
    with reading() as session:
        rows = session.scalars(CALLS.options(joinedload(Feedback.station)).order_by(Feedback.received_at))
        return [row for row in rows if person.may(Right.HANDLE, row.station.key)]

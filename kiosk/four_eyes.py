"""Whoever wrote a draft does not approve it, where another person could: two people look at what a whole hall will hear.

At a station of one person nobody else could; she approves alone, and the audit log says so. Programs do not count: nobody reads
with a token.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.accounts.models import Account
from kiosk.accounts.roles import Granted, Right, may
from kiosk.accounts.signing_in import WITH_GRANTS, granted
from kiosk.drafts import Entry
from schedules import publishing
from schedules.models import Version
from schedules.operations import all_stations


def another_could(session: Session, draft: Version) -> bool:
    """Whether anybody but its author may approve the draft."""
    query = select(Account).where(Account.closed_at.is_(None), Account.password_hash != "")
    others = session.scalars(query.where(Account.name != draft.written_by).options(WITH_GRANTS)).unique()
    places = _places(session, draft)
    return any(_may_at(granted(other.grants), places) for other in others)


def _may_at(grants: frozenset[Granted], places: Sequence[str]) -> bool:
    return all(may(grants, Right.APPROVE, place) for place in places)


def _places(session: Session, draft: Version) -> list[str]:
    """The keys of the stations whose heads answer for it: the draft's and those of what it replaces, or all of them."""
    in_force = publishing.current(session, draft.kind, draft.key)
    entries: list[Entry] = [entry for entry in (draft.entry, in_force) if entry]
    if all(entry.get("station") for entry in entries):
        return [entry["station"] for entry in entries]
    return [station.key for station in all_stations(session)] or [""]

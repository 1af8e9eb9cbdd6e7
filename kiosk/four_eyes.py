"""Whoever wrote a draft does not approve it, where another person could: two people look at what a whole hall will hear.

At a station of one person nobody else could; she approves alone, and the audit log says so. Programs do not count: nobody reads
with a token.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.accounts.models import Account
from kiosk.accounts.roles import Granted, Right, may
from kiosk.accounts.signing_in import WITH_GRANTS, Person, granted
from kiosk.drafts import Entry
from schedules import publishing
from schedules.models import Message, Schedule, Station, Version


def another_could(session: Session, draft: Version) -> bool:
    """Whether anybody but its author may approve the draft."""
    return bool(others(session, draft))


def others(session: Session, draft: Version) -> list[str]:
    """The full names of all but its author who may approve the draft."""
    query = select(Account).where(Account.closed_at.is_(None), Account.password_hash != "")
    found = session.scalars(query.where(Account.name != draft.written_by).options(WITH_GRANTS)).unique()
    places = _places(session, draft)
    return sorted(one.full_name for one in found if _may_at(granted(one.grants), places))


def waiting(session: Session, person: Person) -> list[Version]:
    """The drafts that wait for this person: those that she may approve, without her own where another could."""
    if not person.may(Right.APPROVE):
        return []
    rows = session.execute(_WAITING).all()
    everywhere = _everywhere(session) if rows else []
    return [
        draft
        for draft, is_in_force, station in rows
        if _may_at(
            person.granted,
            _answering([draft.entry.get("station"), *([station] if is_in_force else [])], everywhere),
        )
        and (draft.written_by != person.name or not another_could(session, draft))
    ]


# Every draft, with the station of what it would replace.
_WAITING = (
    select(Version, (Message.id.is_not(None) | Schedule.id.is_not(None)), Station.key)
    .outerjoin(Message, (Version.kind == "message") & (Message.key == Version.key))
    .outerjoin(Schedule, (Version.kind == "schedule") & (Schedule.key == Version.key))
    .outerjoin(Station, Station.id == func.coalesce(Message.station_id, Schedule.station_id))
    .where(Version.state == "draft")
    .order_by(Version.key)
)


def _may_at(grants: frozenset[Granted], places: Sequence[str]) -> bool:
    return all(may(grants, Right.APPROVE, place) for place in places)


def _places(session: Session, draft: Version) -> Sequence[str]:
    """The keys of the stations whose heads answer for it: the draft's and those of what it replaces, or all of them."""
    in_force = publishing.current(session, draft.kind, draft.key)
    entries: list[Entry] = [entry for entry in (draft.entry, in_force) if entry]
    return _answering([entry.get("station") for entry in entries], _everywhere(session))


def _answering(stations: Sequence[str | None], everywhere: Sequence[str]) -> Sequence[str]:
    """These stations, or every one where one of them is none: what all share, all answer for."""
    named = [station for station in stations if station]
    return named if len(named) == len(stations) else everywhere


def _everywhere(session: Session) -> Sequence[str]:
    return session.scalars(select(Station.key)).all() or [""]

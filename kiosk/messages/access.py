"""Who may see and change which message: its own station's people, or those of every station where all of them share it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import abort
from sqlalchemy.orm import Session

from kiosk.accounts.guard import require_at, someone
from kiosk.accounts.roles import Right
from kiosk.drafts import Entry
from kiosk.messages.operations import KIND
from schedules import publishing, versions
from schedules.models import Station, Version
from schedules.operations import all_stations


def entry_in_use(session: Session, key: str) -> Entry | None:
    """What is in use under that key, for those who may see it."""
    entry = publishing.current(session, KIND, key)
    draft = versions.draft_of(session, KIND, key)
    known = entry or (draft.entry if draft else None)
    if known is None or not visible(known.get("station")):
        abort(404)
    return entry


def editable(session: Session, key: str) -> tuple[Entry, Version | None]:
    entry, draft = entry_in_use(session, key), versions.draft_of(session, KIND, key)
    known = draft.entry if draft else entry or abort(404)
    demand(Right.DRAFT, known, session, entry)
    return known, draft


def visible(station: str | None) -> bool:
    return not station or someone().may(Right.SEE, station)


def demand(right: Right, entry: Entry, session: Session, in_use: Entry | None = None) -> None:
    """The right at the message's own station, or at every one where all of them share it; also for what is ``in_use``:
    a draft that makes a shared message one station's own takes it from the others.
    """
    for one in filter(None, (entry, in_use)):
        own = one.get("station")
        require_at(right, [own] if own else _keys(all_stations(session)))


def demand_of_draft(session: Session, draft: Version, right: Right) -> None:
    """As ``demand``, for who decides about a draft."""
    demand(right, draft.entry, session, entry_in_use(session, draft.key))


def may(right: Right, entry: Entry, session: Session) -> bool:
    own = entry.get("station")
    return someone().may(right, own) if own else may_share(right, session)


def may_share(right: Right, session: Session) -> bool:
    return all(someone().may(right, key) for key in _keys(all_stations(session)))


def _keys(stations: Iterable[Station]) -> Sequence[str]:
    return [one.key for one in stations] or [""]


def names(session: Session) -> dict[str, str]:
    return {one.key: one.name for one in all_stations(session)}

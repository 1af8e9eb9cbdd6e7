"""Who sees which case. What may be about a unit itself is never shown to it: complaints and denunciations are for those alone who
receive people for the whole city.
"""

from __future__ import annotations

from flask import abort
from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import Session

from kiosk.accounts.guard import someone
from kiosk.accounts.models import Account
from kiosk.accounts.roles import Granted, Right, may
from kiosk.accounts.signing_in import WITH_GRANTS, Person, granted
from kiosk.feedback.kinds import RESTRICTED
from kiosk.feedback.models import Feedback
from schedules.models import Station
from schedules.operations import all_stations, by_name


def stations(session: Session, person: Person) -> list[Station]:
    """At which one deals with feedback, by name."""
    return by_name(one for one in all_stations(session) if person.may(Right.HANDLE, one.key))


def receives_for_the_city(grants: frozenset[Granted]) -> bool:
    return may(grants, Right.REVIEW, "") and may(grants, Right.HANDLE, "")


def visible(query: Select[Feedback], session: Session, person: Person) -> Select[Feedback]:
    """The query, narrowed to what ``person`` may see."""
    places = session.execute(select(Station.id, Station.key))
    own = [id for id, key in places if person.may(Right.HANDLE, key)]
    ordinary = Feedback.kind.not_in(RESTRICTED)
    restricted = Feedback.kind.in_(RESTRICTED) if receives_for_the_city(person.granted) else false()
    return query.where(Feedback.station_id.in_(own), or_(ordinary, restricted))


def case(session: Session, id: str) -> Feedback:
    """404 where there is none, or none that one may see."""
    query = visible(select(Feedback).where(Feedback.id == id), session, someone())
    return session.scalar(query) or abort(404)


def may_see(session: Session, id: str, person: Person) -> bool:
    return session.scalar(visible(select(Feedback).where(Feedback.id == id), session, person)) is not None


def full_names(session: Session) -> dict[str, str]:
    """By account, as staff call each other."""
    return dict(session.execute(select(Account.name, Account.full_name)).all())


def who_could(session: Session, row: Feedback) -> list[Account]:
    """The people to whom it may be given."""
    query = select(Account).where(Account.closed_at.is_(None), Account.password_hash != "")
    people = session.scalars(query.options(WITH_GRANTS).order_by(Account.full_name)).unique()
    return [one for one in people if _could(granted(one.grants), row)]


def _could(grants: frozenset[Granted], row: Feedback) -> bool:
    if row.restricted:
        return receives_for_the_city(grants)
    return may(grants, Right.HANDLE, row.station.key)

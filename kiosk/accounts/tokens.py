"""Programs that use the JSON API: each has an account without a password, and comes in with its token instead.

So a program is granted roles exactly as people are, and nobody else bears its name in the logs. The token itself is shown
once; a lost one is withdrawn and another made, under another name.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NoReturn

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from kiosk.accounts import operations
from kiosk.accounts.models import Account, ApiToken
from kiosk.accounts.refusals import Refused
from kiosk.accounts.signing_in import TOKEN_BYTES, Person, granted, token_hash
from schedules.core import audit
from schedules.core.clock import day_bounds
from schedules.models import Station

PREFIX = "loaga_"  # so that people, and programs that look for secrets, know one when they see it
USED_EVERY = timedelta(hours=1)  # how often its use is written down: reading must not mean writing


def all_tokens(session: Session) -> list[ApiToken]:
    query = select(ApiToken).join(ApiToken.account).options(joinedload(ApiToken.account))
    return list(session.scalars(query.order_by(Account.name)))


def create(
    session: Session,
    actor: str,
    name: str,
    full_name: str,
    roles: Sequence[tuple[str, Station | None]],
    expires_at: datetime | None,
    now: datetime,
) -> str:
    """The token, which nobody can read again. ``roles`` as ``operations.grant`` takes them. Raises Refused."""
    if expires_at and expires_at <= now:
        raise Refused("expiry")
    account = operations.create_account(session, actor, name, full_name, "", now)
    token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    row = ApiToken(account=account, token_sha256=token_hash(token), expires_at=expires_at)
    session.add(row)
    session.flush()
    told = {"last_day": f"{row.last_day}"} if row.last_day else None
    audit.record(session, actor, "token created", f"account {name}", now, after=told)
    for role, station in roles:
        operations.grant(session, actor, account, role, station, now)
    return token


def withdraw(session: Session, actor: str, name: str, now: datetime) -> None:
    """For good: it never opens anything again. Raises Refused."""
    found = session.scalar(select(ApiToken).join(ApiToken.account).where(Account.name == name))
    if found is None:
        raise Refused("no-token")
    if found.account.closed_at is None:
        found.account.closed_at = now
        audit.record(session, actor, "token withdrawn", f"account {name}", now)


def holder(session: Session, token: str, now: datetime) -> tuple[Person, bool] | None:
    """Whose token it is, and whether it is time to write down that it was used (``used``)."""
    found = _by_token(session, token)
    if found is None or found.account.closed_at or (found.expires_at and found.expires_at <= now):
        return None
    account = found.account
    late = found.used_at is None or now - found.used_at > USED_EVERY
    return Person(account.name, account.full_name, granted(account.grants)), late


def used(session: Session, token: str, now: datetime) -> None:
    if found := _by_token(session, token):
        found.used_at = now


def end_of(day: date | None) -> datetime:
    """A token that expires on a day still opens doors on it. ``None``: what was typed is no day. Raises Refused."""
    try:
        return day_bounds(day)[1] if day else _no_day()
    except OverflowError:
        _no_day()


def _no_day() -> NoReturn:
    raise Refused("expiry")


def _by_token(session: Session, token: str) -> ApiToken | None:
    return session.scalar(select(ApiToken).where(ApiToken.token_sha256 == token_hash(token)))

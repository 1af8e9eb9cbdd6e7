"""The verbs: each changes one thing and puts it on record. They flush; the caller commits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk import typing
from kiosk.accounts import second
from kiosk.accounts.models import NAME, Account, Grant
from kiosk.accounts.refusals import Refused
from kiosk.accounts.roles import ROLES
from kiosk.accounts.signing_in import WITH_GRANTS, end_sign_ins, granted, locked, unlock
from schedules.core import audit
from schedules.models import Station

LONGEST_FULL_NAME = 80
LONGEST_TYPED = 1000  # what is longer is not even put together
ADMINISTRATOR = "administrator"


def all_accounts(session: Session) -> list[Account]:
    """Those of people."""
    query = select(Account).where(Account.password_hash != "").options(WITH_GRANTS)
    return list(session.scalars(query.order_by(Account.name)).unique())


def get_account(session: Session, name: str) -> Account:
    """Raises Refused."""
    account = session.scalar(select(Account).where(Account.name == name))
    if account is None:
        raise Refused("nobody")
    return account


def create_account(
    session: Session,
    actor: str,
    name: str,
    full_name: str,
    password_hash: str,
    now: datetime,
    given: bool = False,
) -> Account:
    """Raises Refused. A new account may do nothing until a role is granted. ``password_hash`` "": a program's; ``given``: somebody
    else knows the password.
    """
    full_name = typing.line(full_name[:LONGEST_TYPED])
    if not NAME.fullmatch(name):
        raise Refused("name-form")
    if not 1 <= len(full_name) <= LONGEST_FULL_NAME:
        raise Refused("full-name")
    if session.scalar(select(Account.id).where(Account.name == name)):
        raise Refused("name-taken")
    account = Account(
        name=name, full_name=full_name, password_hash=password_hash, password_at=now,
        password_given=given, created_at=now, closed_at=None,
    )  # fmt: skip
    session.add(account)
    _record(session, actor, "account created", account, now, after={"full_name": full_name})
    return account


def grant(
    session: Session, actor: str, account: Account, role: str, station: Station | None, now: datetime
) -> None:
    """``station`` None: everywhere. Raises Refused."""
    if role not in ROLES:
        raise Refused("role")
    if _grant_of(account, role, station):
        raise Refused("granted")
    before = _roles(account)
    account.grants.append(Grant(role=role, station=station))
    _record(session, actor, "role granted", account, now, before, _roles(account))


def withdraw(
    session: Session, actor: str, account: Account, role: str, station: Station | None, now: datetime
) -> None:
    """Raises Refused."""
    found = _grant_of(account, role, station)
    if found is None:
        raise Refused("not-granted")
    if role == ADMINISTRATOR and station is None:
        _another_administrates(session, account)
    before = _roles(account)
    account.grants.remove(found)
    _record(session, actor, "role withdrawn", account, now, before, _roles(account))


def set_password(
    session: Session, actor: str, account: Account, password_hash: str, now: datetime, given: bool = False
) -> None:
    """Whoever is signed in to the account is signed out. ``given``: somebody else knows the password. Raises Refused."""
    _of_a_person(account)
    account.password_hash, account.password_at, account.password_given = password_hash, now, given
    end_sign_ins(session, account)
    unlock(session, account.name)
    _record(session, actor, "password set", account, now)


def close(session: Session, actor: str, account: Account, now: datetime) -> None:
    """The account stays for the log's sake, but nobody signs in to it. Raises Refused."""
    _of_a_person(account)
    if account.closed_at:
        return
    _another_administrates(session, account)
    account.closed_at = now
    end_sign_ins(session, account)
    _record(session, actor, "account closed", account, now, {"closed": False}, {"closed": True})


def reopen(session: Session, actor: str, account: Account, now: datetime) -> None:
    """Raises Refused."""
    _of_a_person(account)
    if account.closed_at is None:
        return
    account.closed_at = None
    _record(session, actor, "account opened again", account, now, {"closed": True}, {"closed": False})


def let_in_again(session: Session, actor: str, account: Account, now: datetime) -> None:
    """After too many failures."""
    if account.name not in locked(session, now):
        return
    unlock(session, account.name)
    _record(session, actor, "lock lifted", account, now)


def begin_second_step(session: Session, account: Account) -> None:
    """A new secret, which counts from ``switch_on_second_step`` on. Nothing changes while the second step is on."""
    if not account.totp_on:
        _new_secret(account)
        session.flush()


def switch_on_second_step(
    session: Session, key: bytes, actor: str, account: Account, code: str, now: datetime
) -> None:
    """``code`` shows that the app has the secret. Raises Refused."""
    if not account.totp_generation or not second.used(key, account, code, now):
        raise Refused("code-wrong")
    account.totp_on = True
    _record(session, actor, "second step on", account, now)


def switch_off_second_step(session: Session, actor: str, account: Account, now: datetime) -> None:
    """The secret is never used again: its telephone may be lost."""
    if not account.totp_on:
        return
    account.totp_on = False
    _new_secret(account)
    _record(session, actor, "second step off", account, now)


def _new_secret(account: Account) -> None:
    account.totp_generation, account.totp_last = account.totp_generation + 1, 0


def _grant_of(account: Account, role: str, station: Station | None) -> Grant | None:
    wanted = station.id if station else None
    has = (one for one in account.grants if one.role == role and _station_id(one) == wanted)
    return next(has, None)


def _station_id(one: Grant) -> str | None:
    return one.station.id if one.station else None


def _roles(account: Account) -> dict[str, Any]:
    return {"roles": [f"{one.role} @ {one.station or '*'}" for one in sorted(granted(account.grants))]}


def _of_a_person(account: Account) -> None:
    if not account.password_hash:
        raise Refused("program")


def _another_administrates(session: Session, account: Account) -> None:
    """Another person: who is left must be able to sign in."""
    everywhere = select(Grant.account_id).where(Grant.role == ADMINISTRATOR, Grant.station_id.is_(None))
    able = select(Account.id).where(
        Account.id.in_(everywhere), Account.closed_at.is_(None), Account.password_hash != ""
    )
    if set(session.scalars(able)) == {account.id}:
        raise Refused("last-administrator")


def _record(
    session: Session,
    actor: str,
    action: str,
    account: Account,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    session.flush()
    audit.record(session, actor, action, f"account {account.name}", now, before, after)

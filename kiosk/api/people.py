"""Accounts and tokens, for administrators of every station: made, given roles, closed, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from flask import abort
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from kiosk.accounts import operations, passwords, signing_in, tokens
from kiosk.accounts.guard import require
from kiosk.accounts.models import NAME, Account, ApiToken
from kiosk.accounts.refusals import Refused as OfAccounts
from kiosk.accounts.refusals import sentence_of
from kiosk.accounts.roles import Right
from kiosk.accounts.signing_in import granted
from kiosk.api.errors import UNCHANGED, Refused, answer
from kiosk.api.fields import Day, Moment
from kiosk.api.operation import Given, api, operation
from kiosk.transactions import reading, writing
from schedules.core.clock import utcnow
from schedules.models import Station
from schedules.operations import all_stations

Name = Annotated[str, Field(max_length=200)]
SignInName = Annotated[str, Field(pattern=f"^{NAME.pattern}$")]
FullName = Annotated[str, Field(min_length=1, max_length=operations.LONGEST_FULL_NAME)]
Password = Annotated[
    str,
    Field(
        min_length=passwords.SHORTEST,
        max_length=passwords.LONGEST,
        description="Easy and well-known ones are refused.",
    ),
]


class RoleGiven(Given):
    """``station``: its key; empty for every station."""

    role: Name
    station: Name = ""


class PersonGiven(Given):
    name: SignInName
    full_name: FullName
    password: Password


class PasswordGiven(Given):
    password: Password


class TokenGiven(Given):
    """``last_day`` on which it opens doors; for ever unless given."""

    name: SignInName
    full_name: FullName
    roles: Annotated[list[RoleGiven], Field(min_length=1, max_length=50)]
    last_day: Day | None = None


class RoleTold(BaseModel):
    role: str
    station: str


class PersonTold(BaseModel):
    """``locked``: after too many failures to sign in."""

    name: str
    full_name: str
    roles: list[RoleTold]
    second_step: bool
    locked: bool
    created_at: Moment
    closed_at: Moment | None


class People(BaseModel):
    accounts: list[PersonTold]


class TokenTold(BaseModel):
    """``withdrawn_at`` is null while it opens doors."""

    name: str
    full_name: str
    roles: list[RoleTold]
    last_day: Day | None
    used_at: Moment | None
    withdrawn_at: Moment | None


class Tokens(BaseModel):
    tokens: list[TokenTold]


class TokenMade(BaseModel):
    """``token`` is shown this once; nobody can read it again."""

    name: str
    token: str


@api.errorhandler(OfAccounts)
def _refused(error: OfAccounts) -> Response:
    return answer(Refused(422, f"{sentence_of(error.code)} {UNCHANGED}"))


@operation("GET", "/accounts", Right.ADMINISTER)
def people() -> People:
    """Everybody who may sign in, or could."""
    require(Right.ADMINISTER, "")
    with reading() as session:
        locked = signing_in.locked(session, utcnow())
        return People(accounts=[_person(one, locked) for one in operations.all_accounts(session)])


@operation("POST", "/accounts", Right.ADMINISTER)
def add_person(body: PersonGiven) -> PersonTold:
    """Make an account. It may do nothing until a role is granted, and until its owner has signed in and chosen another password."""
    actor = require(Right.ADMINISTER, "").name
    new = passwords.chosen(body.password, body.name)
    with writing() as session:
        made = operations.create_account(session, actor, body.name, body.full_name, new, utcnow(), given=True)
        return _person(made, set())


@operation("GET", "/accounts/<name>", Right.ADMINISTER, 404)
def person(name: str) -> PersonTold:
    """One account, also a program's."""
    require(Right.ADMINISTER, "")
    with reading() as session:
        return _person(_named(session, name), signing_in.locked(session, utcnow()))


@operation("POST", "/accounts/<name>/grant", Right.ADMINISTER, 404)
def grant(name: str, body: RoleGiven) -> PersonTold:
    """Grant a role at one station, or at every one."""
    return _changed(
        name,
        lambda session, actor, one: operations.grant(
            session, actor, one, body.role, _station(session, body.station), utcnow()
        ),
    )


@operation("POST", "/accounts/<name>/withdraw", Right.ADMINISTER, 404)
def withdraw(name: str, body: RoleGiven) -> PersonTold:
    """Withdraw a role."""
    return _changed(
        name,
        lambda session, actor, one: operations.withdraw(
            session, actor, one, body.role, _station(session, body.station), utcnow()
        ),
    )


@operation("POST", "/accounts/<name>/password", Right.ADMINISTER, 404)
def set_password(name: str, body: PasswordGiven) -> PersonTold:
    """Set a password; whoever is signed in with the old one is signed out. Somebody else's holds until its owner has signed in and
    chosen another.
    """
    require(Right.ADMINISTER, "")
    new = passwords.chosen(body.password, name)
    return _changed(
        name,
        lambda session, actor, one: operations.set_password(
            session, actor, one, new, utcnow(), given=actor != name
        ),
    )


@operation("POST", "/accounts/<name>/close", Right.ADMINISTER, 404, 422)
def close(name: str) -> PersonTold:
    """Close an account: it stays for the log's sake, but nobody signs in to it."""
    return _changed(name, lambda session, actor, one: operations.close(session, actor, one, utcnow()))


@operation("POST", "/accounts/<name>/reopen", Right.ADMINISTER, 404, 422)
def reopen(name: str) -> PersonTold:
    """Open a closed account again."""
    return _changed(name, lambda session, actor, one: operations.reopen(session, actor, one, utcnow()))


@operation("POST", "/accounts/<name>/let-in", Right.ADMINISTER, 404)
def let_in(name: str) -> PersonTold:
    """Lift the lock after too many failures to sign in."""
    return _changed(name, lambda session, actor, one: operations.let_in_again(session, actor, one, utcnow()))


@operation("POST", "/accounts/<name>/second-step-off", Right.ADMINISTER, 404)
def second_step_off(name: str) -> PersonTold:
    """Switch the second step off, for who has lost the telephone."""
    return _changed(
        name, lambda session, actor, one: operations.switch_off_second_step(session, actor, one, utcnow())
    )


@operation("GET", "/tokens", Right.ADMINISTER)
def tokens_made() -> Tokens:
    """The tokens there are or were; never a token itself."""
    require(Right.ADMINISTER, "")
    with reading() as session:
        return Tokens(tokens=[_token(row) for row in tokens.all_tokens(session)])


@operation("POST", "/tokens", Right.ADMINISTER)
def make_token(body: TokenGiven) -> TokenMade:
    """Make a token for a program."""
    actor = require(Right.ADMINISTER, "").name
    expires_at = tokens.end_of(body.last_day) if body.last_day else None
    with writing() as session:
        roles = [(one.role, _station(session, one.station)) for one in body.roles]
        made = tokens.create(session, actor, body.name, body.full_name, roles, expires_at, utcnow())
        return TokenMade(name=body.name, token=made)


@operation("DELETE", "/tokens/<name>", Right.ADMINISTER, 404)
def withdraw_token(name: str) -> TokenTold:
    """Withdraw a token, for good."""
    actor = require(Right.ADMINISTER, "").name
    with writing() as session:
        row = next((one for one in tokens.all_tokens(session) if one.account.name == name), None)
        if row is None:
            abort(404)
        tokens.withdraw(session, actor, name, utcnow())
        return _token(row)


Change = Callable[[Session, str, Account], None]


def _changed(name: str, change: Change) -> PersonTold:
    actor = require(Right.ADMINISTER, "").name
    with writing() as session:
        found = _named(session, name)
        change(session, actor, found)
        session.flush()
        return _person(found, signing_in.locked(session, utcnow()))


def _named(session: Session, name: str) -> Account:
    try:
        return operations.get_account(session, name)
    except OfAccounts:
        abort(404)


def _station(session: Session, key: str) -> Station | None:
    """None for every station. Raises the accounts' refusal."""
    if not key:
        return None
    found = next((one for one in all_stations(session) if one.key == key), None)
    if found is None:
        raise OfAccounts("station")
    return found


def _person(account: Account, locked: set[str]) -> PersonTold:
    return PersonTold(
        name=account.name, full_name=account.full_name, roles=_roles(account), second_step=account.totp_on,
        locked=account.name in locked, created_at=account.created_at, closed_at=account.closed_at,
    )  # fmt: skip


def _token(row: ApiToken) -> TokenTold:
    return TokenTold(
        name=row.account.name, full_name=row.account.full_name, roles=_roles(row.account),
        last_day=row.last_day, used_at=row.used_at, withdrawn_at=row.account.closed_at,
    )  # fmt: skip


def _roles(account: Account) -> list[RoleTold]:
    return [RoleTold(role=one.role, station=one.station) for one in sorted(granted(account.grants))]

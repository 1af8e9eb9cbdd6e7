"""From a name and a password to a signed-in person, and out again.

Nothing here raises for a wrong password: the failure itself must be committed, or nobody would ever be locked out. What takes
a ``Database`` commits by itself.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from kiosk.accounts import passwords, second
from kiosk.accounts.models import NAME, NOBODY, Account, Grant, SignIn, SignInFailure
from kiosk.accounts.roles import Granted, Right, may
from schedules.core import audit
from schedules.core.database import Database

FAILURES_ALLOWED = 5
LOCKED = timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)  # failures
TOKEN_BYTES = 32
LONGEST_NAME = 64
INSIDE = "signed-in"  # the device, as it were, of whoever is signed in already
WITH_GRANTS = joinedload(Account.grants).joinedload(Grant.station)  # every page asks for them: in one go
SEEN_EVERY = timedelta(minutes=1)  # how often being here is written down


@dataclass(frozen=True)
class Person:
    """Somebody signed in. ``name`` is the actor of the audit log. Who ``must_choose`` an own password has no right until then."""

    name: str
    full_name: str
    granted: frozenset[Granted]
    second_step: bool = False
    must_choose: bool = False

    @property
    def own_stations(self) -> frozenset[str]:
        """The keys of those at which a role was given in particular."""
        return frozenset(one.station for one in self.granted if one.station)

    def may(self, right: Right, station: str | None = None) -> bool:
        return may(self.granted, right, station)


@dataclass(frozen=True)
class Limits:
    """How long a sign-in lasts without a sign of life, and at the longest."""

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)


@dataclass(frozen=True)
class Attempt:
    """``token`` goes to the browser; if it is empty, ``refusal`` is a key of ``refusals.SENTENCES``. ``must_choose`` as of ``Person``."""

    token: str = ""
    refusal: str = ""
    must_choose: bool = False


def sign_in(
    database: Database,
    key: bytes,
    name: str,
    password: str,
    code: str,
    now: datetime,
    limits: Limits,
    former: str = "",
    device: str = "",
) -> Attempt:
    """``former``: the token of whoever was signed in at this browser until now; ``device``: the mark of a browser at which
    ``name`` has signed in before.
    """
    name = plain_name(name)
    counted = counted_for(name, device)
    refusal, fitting = _checked(database, name, password, now, counted)
    renewed = passwords.renewed(fitting, password)
    with database.write() as session:
        _tidy(session, now, limits)
        if refusal or is_locked(session, counted, now):
            return Attempt(refusal=refusal or "locked")
        account = _open_account(session, name)
        if account is None or account.password_hash != fitting:
            return _failed(session, name, "signed-out", now, counted)
        if account.totp_on and not code.strip():
            return Attempt(refusal="code-needed")
        if account.totp_on and not second.used(key, account, code, now):
            return _failed(session, name, "signed-out", now, counted)
        account.password_hash = renewed
        session.execute(delete(SignInFailure).where(SignInFailure.name == counted))
        sign_out(session, former, now)
        audit.record(session, name, "signed in", f"account {name}", now)
        return Attempt(token=_started(session, account, now), must_choose=account.password_given)


def password_refusal(database: Database, name: str, password: str, now: datetime) -> str:
    """Why the person signed in as ``name`` is not believed to know the password, or an empty string."""
    inside = counted_for(name, INSIDE)
    refusal, fitting = _checked(database, name, password, now, inside)
    if refusal or fitting:
        return refusal
    with database.write() as session:
        _failed(session, name, "", now, inside)
    return "password-wrong"


def code_refusal(database: Database, key: bytes, name: str, code: str, now: datetime) -> str:
    """The same for a code of the second step, which is then used up."""
    inside = counted_for(name, INSIDE)
    with database.write() as session:
        account = _open_account(session, name)
        if account is None or is_locked(session, inside, now):
            return "locked"
        if second.used(key, account, code, now):
            return ""
        _failed(session, name, "", now, inside)
    return "code-wrong"


def plain_name(typed: str) -> str:
    return typed.strip().casefold()[:LONGEST_NAME]


def counted_for(name: str, device: str) -> str:
    """Under what failures are counted: the name, or the name at one browser that it has signed in at before. So whoever guesses
    from elsewhere locks out the others who come from elsewhere, but not its owner.
    """
    return f"{name}/{device}" if device else name


def _checked(database: Database, name: str, password: str, now: datetime, counted: str) -> tuple[str, str]:
    """A refusal, and the hash that the password fits. Between two transactions, since hashing takes long: the announcer
    must be able to write meanwhile.
    """
    with database.read() as session:
        shut, account = is_locked(session, counted, now), _open_account(session, name)
    if shut:
        return "locked", ""
    fits = passwords.fits(account.password_hash if account else passwords.nobodys(), password)
    return "", account.password_hash if account and fits else ""


def _open_account(session: Session, name: str) -> Account | None:
    """A person's; programs do not sign in."""
    theirs = (Account.name == name, Account.closed_at.is_(None), Account.password_hash != "")
    return session.scalar(select(Account).where(*theirs))


def _tidy(session: Session, now: datetime, limits: Limits) -> None:
    """Failures and sign-ins that nobody needs any more."""
    session.execute(delete(SignInFailure).where(SignInFailure.last_at < now - FORGOTTEN))
    over = (SignIn.seen_at < now - limits.idle) | (SignIn.started_at < now - limits.longest)
    session.execute(delete(SignIn).where(over))


def is_locked(session: Session, counted: str, now: datetime) -> bool:
    failure = session.get(SignInFailure, counted)
    return bool(failure and failure.count >= FAILURES_ALLOWED and failure.last_at + LOCKED > now)


def locked(session: Session, now: datetime) -> set[str]:
    """All names that are locked now, for strangers or at one of their own browsers."""
    counts = SignInFailure.count >= FAILURES_ALLOWED, SignInFailure.last_at > now - LOCKED
    return {
        counted.partition("/")[0] for counted in session.scalars(select(SignInFailure.name).where(*counts))
    }


def unlock(session: Session, name: str) -> None:
    """Everywhere."""
    its = (SignInFailure.name == name) | SignInFailure.name.startswith(f"{name}/", autoescape=True)
    session.execute(delete(SignInFailure).where(its))


def person(session: Session, token: str, now: datetime, limits: Limits) -> tuple[Person, bool] | None:
    """Who is signed in by ``token``, and whether it is time to write down that they are here (``seen``)."""
    query = select(SignIn, Account).join(Account, Account.id == SignIn.account_id)
    query = query.where(SignIn.token_sha256 == token_hash(token), Account.closed_at.is_(None))
    row = session.execute(query.options(WITH_GRANTS)).unique().one_or_none()
    if row is None:
        return None
    found, account = row
    if now - found.seen_at > limits.idle or now - found.started_at > limits.longest:
        return None
    rights = frozenset[Granted]() if account.password_given else granted(account.grants)
    who = Person(account.name, account.full_name, rights, account.totp_on, account.password_given)
    return who, now - found.seen_at > SEEN_EVERY


def granted(grants: list[Grant]) -> frozenset[Granted]:
    return frozenset(Granted(one.role, one.station.key if one.station else "") for one in grants)


def seen(session: Session, token: str, now: datetime) -> None:
    if found := session.get(SignIn, token_hash(token)):
        found.seen_at = now


def sign_out(session: Session, token: str, now: datetime) -> None:
    """Nothing happens if nobody is signed in by ``token``."""
    found = session.get(SignIn, token_hash(token))
    account = session.get(Account, found.account_id) if found else None
    if found and account:
        session.delete(found)
        audit.record(session, account.name, "signed out", f"account {account.name}", now)


def end_sign_ins(session: Session, account: Account, but: str = "") -> None:
    """Whoever is signed in to the account is signed out, unless by the token ``but``."""
    others = SignIn.token_sha256 != token_hash(but)
    session.execute(delete(SignIn).where(SignIn.account_id == account.id, others))


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _failed(session: Session, name: str, refusal: str, now: datetime, counted: str) -> Attempt:
    """Counted under ``counted``, whether or not there is such an account; on record only if there is, for a stranger must not be able
    to write into a log that never gets shorter.
    """
    if not NAME.fullmatch(name):
        return Attempt(refusal=refusal)
    failure = session.get(SignInFailure, counted)
    if failure is None:
        failure = SignInFailure(name=counted, count=0, last_at=now)
        session.add(failure)
    elif failure.last_at + LOCKED <= now:
        failure.count = 0
    failure.count, failure.last_at = failure.count + 1, now
    if failure.count == FAILURES_ALLOWED and _open_account(session, name):
        audit.record(session, NOBODY, "locked out", f"account {name}", now)
    return Attempt(refusal=refusal)


def _started(session: Session, account: Account, now: datetime) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(SignIn(token_sha256=token_hash(token), account_id=account.id, started_at=now, seen_at=now))
    session.flush()
    return token

"""Commands: making the first administrator, helping who is locked out, and verifying the audit log."""

from __future__ import annotations

import json
import os
import pwd
import sys
from pathlib import Path

import click

from kiosk.accounts import operations, passwords
from kiosk.accounts.models import Account
from schedules.core import audit
from schedules.core.clock import iso_local, utcnow
from schedules.core.errors import UserError
from schedules.home import Home

KEPT = "audit-head"


@click.group()
def admin() -> None:
    """Administrators, from the station's own console."""


@admin.command()
@click.argument("name")
@click.option("--full-name", prompt="Full name", help="The person's name.")
@click.pass_obj
def create(home: Home, name: str, full_name: str) -> None:
    """Make an administrator of everything; the password is asked for, or read from standard input."""
    home.database  # noqa: B018  (a new home tells so before the password is asked for)
    hashed, now = passwords.chosen(_password(), name), utcnow()
    with home.database.write() as session:
        account = operations.create_account(session, actor(), name, full_name, hashed, now)
        operations.grant(session, actor(), account, operations.ADMINISTRATOR, None, now)
    click.echo(f"{name} may administer every station. Sign in on the page /sign-in.")


@admin.command()
@click.argument("name")
@click.pass_obj
def password(home: Home, name: str) -> None:
    """Set somebody's password; lifts a lock and ends the person's sign-ins."""
    with home.database.read() as session:
        operations.get_account(session, name)
    hashed = passwords.chosen(_password(), name)
    with home.database.write() as session:
        operations.set_password(session, actor(), operations.get_account(session, name), hashed, utcnow())
    click.echo(f"The password of {name} is set.")


@admin.command("list")
@click.pass_obj
def list_(home: Home) -> None:
    """List all accounts and their roles."""
    with home.database.read() as session:
        found = [line(account) for account in operations.all_accounts(session)]
    click.echo("\n".join(found) or "There is no account yet. Make one: loaga admin create NAME")


@click.group("audit")
def audit_() -> None:
    """The log of who did what."""


@audit_.command()
@click.option("--head", "given", default="", help="NUMBER:SEAL from an earlier verification.")
@click.pass_obj
def verify(home: Home, given: str) -> None:
    """Find every entry that is not as it was written. Prints the head of the log, to be kept elsewhere."""
    heads = {_kept(home.path), _head(given) if given else audit.Head()}
    with home.database.read() as session:
        faults = dict.fromkeys(fault for kept in heads for fault in audit.faults(session, kept))
        head = audit.head(session)
    if faults:
        raise UserError(" ".join(faults), "Keep this machine as it is and tell who answers for it.")
    _keep(home.path, head)
    click.echo(f"{head.number} entries, all as they were written. Head: {head}")


@audit_.command("list")
@click.option("--limit", default=50, type=click.IntRange(1, 1_000_000), help="How many of the newest.")
@click.option("--actor", default="", help="Only what this person did.")
@click.pass_obj
def list_entries(home: Home, limit: int, actor: str) -> None:
    """Print entries as JSON, one a line, the newest first."""
    with home.database.read() as session:
        for entry in audit.entries(session, limit, {"actor": actor} if actor else None):
            told = {
                "number": entry.number, "at": iso_local(entry.at), "actor": entry.actor, "action": entry.action,
                "subject": entry.subject, "before": entry.before, "after": entry.after,
            }  # fmt: skip
            click.echo(json.dumps(told, ensure_ascii=False))


def actor() -> str:
    """Whose process this is, not who the environment says it is."""
    number = os.getuid()
    try:
        return f"console:{pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"console:{number}"


def _password() -> str:
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return typed
    return sys.stdin.readline().rstrip("\n")


def line(account: Account) -> str:
    roles = ", ".join(f"{one.role} @ {one.station.key if one.station else '*'}" for one in account.grants)
    closed = " (closed)" if account.closed_at else ""
    return f"{account.name}{closed}: {account.full_name}; {roles or 'no role'}"


def _kept(home: Path) -> audit.Head:
    """The head that the last verification found."""
    path = home / KEPT
    return _head(path.read_text("utf-8").strip()) if path.exists() else audit.Head()


def _keep(home: Path, head: audit.Head) -> None:
    draft = home / f".{KEPT}"
    draft.write_text(f"{head}\n", "utf-8")
    draft.replace(home / KEPT)


def _head(text: str) -> audit.Head:
    number, colon, seal = text.partition(":")
    if not colon or not number.isdecimal():
        raise UserError(
            f"“{text}” is no head of an audit log.", "Write NUMBER:SEAL, as loaga audit verify prints it."
        )
    return audit.Head(int(number), seal)

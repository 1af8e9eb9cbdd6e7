"""loaga token: tokens of the programs that use the JSON API."""

from __future__ import annotations

from datetime import datetime

import click
from sqlalchemy.orm import Session

from kiosk.accounts import tokens
from kiosk.accounts.cli import actor, line
from kiosk.accounts.models import ApiToken
from kiosk.accounts.roles import ROLES
from schedules.core.clock import iso_local, utcnow
from schedules.home import Home
from schedules.models import Station
from schedules.operations import get_station

EVERYWHERE = "all"


@click.group()
def token() -> None:
    """Tokens of the programs that use the JSON API."""


@token.command()
@click.argument("name")
@click.option("--full-name", prompt="What it is for", help="What the program is, in words.")
@click.option("--role", type=click.Choice(list(ROLES)), required=True, help="What it may do.")
@click.option("--station", "stations", multiple=True, required=True, help="Where; several times; or all.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which it works.")
@click.pass_obj
def create(
    home: Home, name: str, full_name: str, role: str, stations: tuple[str, ...], expires: datetime | None
) -> None:
    """Make a token and print it, this once."""
    expires_at = tokens.end_of(expires.date()) if expires else None
    with home.database.write() as session:
        roles = [(role, _station(session, key)) for key in dict.fromkeys(stations)]
        made = tokens.create(session, actor(), name, full_name, roles, expires_at, utcnow())
    click.echo(made)
    click.echo("Keep it as safe as a password: it is not shown again.", err=True)


@token.command("list")
@click.pass_obj
def list_(home: Home) -> None:
    """List all tokens: what each may do, until when, and when it was last used."""
    with home.database.read() as session:
        found = [_told(one) for one in tokens.all_tokens(session)]
    click.echo("\n".join(found) or "There is no token yet. Make one: loaga token create NAME")


@token.command()
@click.argument("name")
@click.pass_obj
def withdraw(home: Home, name: str) -> None:
    """Let a token open nothing any more, at once and for good."""
    with home.database.write() as session:
        tokens.withdraw(session, actor(), name, utcnow())
    click.echo(f"The token {name} opens nothing any more.")


def _station(session: Session, key: str) -> Station | None:
    return None if key == EVERYWHERE else get_station(session, key)


def _told(one: ApiToken) -> str:
    until = f"works until {one.last_day}" if one.last_day else "never expires"
    used = f"used {iso_local(one.used_at)}" if one.used_at else "not used yet"
    return f"{line(one.account)}; {until}; {used}"

"""loaga rules: the codes of conduct that travellers read."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.accounts.cli import actor
from kiosk.rules import editions
from kiosk.rules.codes import CONTENT, read_codes
from schedules.core.clock import iso_local, local_date, utcnow
from schedules.home import Home


@click.group()
def rules() -> None:
    """The codes of conduct that travellers read."""


@rules.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def load(home: Home, file: Path) -> None:
    """Check a YAML file of codes, such as an official text, and show its rules from now on."""
    codes = read_codes(file)
    with home.database.write() as session:
        added = editions.load(session, codes, file.name, actor(), utcnow())
        told = [f"{one.code}: {len(one.document['rules'])} rules, edition {one.id}" for one in added]
    click.echo("\n".join(told) or "Nothing in it is new.")


@rules.command("list")
@click.pass_obj
def list_(home: Home) -> None:
    """List the codes in force today, and every edition that was loaded."""
    with home.database.read() as session:
        in_force = editions.in_force(session, local_date(utcnow()))
        loaded = editions.editions(session)
    for code in in_force:
        unread = sum(not rule.verified for rule in code.rules)
        click.echo(
            f"{code.key}  {code.act}  {len(code.rules)} rules, {unread} not yet held against the official text"
        )
    for one in loaded:
        click.echo(f"  {iso_local(one.loaded_at)}  {one.code}  {one.source}  by {one.loaded_by}  {one.id}")


@rules.command()
def example() -> None:
    """Print the file that comes with the programme, to begin one's own with."""
    click.echo((CONTENT / "codes.yaml").read_text("utf-8"), nl=False)

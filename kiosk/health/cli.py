"""loaga backup, loaga restore and loaga alerts."""

from __future__ import annotations

from pathlib import Path

import click

from announcer.locking import alone
from announcer.settings import LEXICON
from kiosk.health.backup import DATABASE, LAST_BACKUP, back_up
from kiosk.health.backup import restore as put_back
from kiosk.health.channels import channels
from kiosk.health.wording import test_content
from schedules.core.clock import to_local, utcnow
from schedules.core.errors import LoagaError, UserError
from schedules.core.ids import new_id
from schedules.home import Home


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="The file; HOME/backups/… unless given.")
@click.pass_obj
def backup(home: Home, out: Path | None) -> None:
    """Write all that cannot be made again into one file, while the station runs."""
    now = utcnow()
    if not (home.path / DATABASE).exists():
        raise UserError(f"There is no station in {home.path}.", "Name its --home.")
    out = out or home.path / "backups" / f"loaga-{to_local(now):%Y%m%d-%H%M%S}.tar.gz"
    made = back_up(home.path, home.settings.get(LEXICON), out, now)
    (home.path / LAST_BACKUP).write_text(f"{out}\n", "utf-8")
    size = out.stat().st_size / 1e6
    click.echo(
        f"{out}: {len(made.files)} files, {size:.1f} MB. It holds the station's keys; keep it as safe as those."
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of the station that is there.")
@click.pass_obj
def restore(home: Home, file: Path, replace: bool) -> None:
    """Bring a station back from a backup; what was there before is kept aside."""
    if (home.path / DATABASE).exists() and not replace:
        raise UserError(f"There is a station in {home.path}.", "Name an empty --home, or add --replace.")
    home.path.mkdir(parents=True, exist_ok=True)
    with alone(home.path, "announcer"):
        made, aside = put_back(file, home.path, utcnow())
    click.echo(f"{home.path}: as it was on {made.made_at[:19].replace('T', ' ')}, {len(made.files)} files.")
    if aside:
        click.echo(f"What was there before: {aside}")


@click.group()
def alerts() -> None:
    """Who is told of faults, and how."""


@alerts.command()
@click.pass_obj
def test(home: Home) -> int:
    """Send a test by every channel that is set up; ends with 1 when one does not take it."""
    found = channels(home.settings)
    if not found:
        raise UserError("Nobody is told of faults.", "Set alerts.mail_host or alerts.webhook_url.")
    failed = 0
    for channel in found:
        try:
            remark = channel.send(new_id(), test_content(utcnow()))
        except (OSError, LoagaError) as error:
            failed, remark = 1, f"not sent: {error}"
        click.echo(f"{channel.name}: {remark or 'sent'}")
    return failed

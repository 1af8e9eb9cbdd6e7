"""Commands about what is said, where and when: plan, import, export."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from schedules.core.clock import iso_local, local_date, utcnow
from schedules.core.errors import UserError
from schedules.days.calendars import lunar_date
from schedules.home import Home
from schedules.models import Message, Occurrence, Schedule, Zone
from schedules.operations import all_stations
from schedules.planner import draft, save

DAY = click.DateTime(formats=["%Y-%m-%d"])


def _known_day(_context: click.Context, _option: click.Parameter, given: datetime | None) -> date | None:
    """Its local date; UserError for a day so far off that no calendar knows it."""
    if given is not None:
        lunar_date(given.date())
    return given.date() if given else None


@click.command()
@click.option("--date", "day", type=DAY, callback=_known_day, help="The local day; today unless given.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one object with all occurrences.")
@click.pass_obj
def plan(home: Home, day: date | None, as_json: bool) -> None:
    """Plan a day and show it."""
    now = utcnow()
    wanted = day or local_date(now)
    with home.database.read() as session:  # worked out before the write lock is taken
        drafts = [draft(session, station, wanted) for station in all_stations(session)]
    with home.database.write() as session:
        for worked_out in drafts:
            save(session, worked_out, now)
    rows = day_rows(home, wanted)
    if as_json:
        data = {"date": wanted.isoformat(), "occurrences": rows}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    _show(wanted, rows)


def day_rows(home: Home, day: date) -> list[dict[str, Any]]:
    """A day's occurrences in all zones, in the order of their time, as plain values."""
    query = (
        select(Occurrence, Schedule.key, Schedule.priority, Message, Zone.key)
        .join(Schedule, Schedule.id == Occurrence.schedule_id)
        .join(Message, Message.id == Occurrence.message_id)
        .join(Zone, Zone.id == Occurrence.zone_id)
        .where(Occurrence.day == day)
        .order_by(Occurrence.planned_at, Zone.key, Schedule.key)
    )
    with home.database.read() as session:
        return [
            {
                "due": iso_local(row.due_at),
                "planned": iso_local(row.planned_at),
                "expires": iso_local(row.expires_at),
                "zone": zone,
                "schedule": schedule,
                "message": message.key,
                "title": message.title,
                "category": message.category,
                "priority": priority,
                "seconds": row.seconds,
                "gives_way": row.way_code,
                "reason": row.reason or row.way_reason,
                "result": row.result,
            }
            for row, schedule, priority, message, zone in session.execute(query)
        ]


def _show(day: date, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        click.echo(f"Nothing is planned for {day:%d/%m/%Y}.")
        return
    for row in rows:
        mark = row["result"] or ("gives way: " + row["reason"] if row["gives_way"] else "")
        click.echo(f"{row['planned'][11:19]}  {row['zone']:<26} {row['title']:<40} {mark}".rstrip())
    ways = Counter("gives way" if row["gives_way"] else "planned" for row in rows)
    click.echo(f"{day:%d/%m/%Y}: " + ", ".join(f"{count} {word}" for word, count in sorted(ways.items())))


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def import_(home: Home, files: tuple[Path, ...]) -> None:
    """Bring in stations, messages and schedules from YAML. A bad file is refused whole."""
    from schedules.exchange import import_files

    home.demo = False
    with home.database.write() as session:
        counts = import_files(session, files, utcnow())
    click.echo(f"{counts.added} added, {counts.changed} changed, {counts.unchanged} unchanged.")


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file to write; standard output unless given."
)
@click.pass_obj
def export(home: Home, out: Path | None) -> None:
    """Write all stations, messages and schedules as YAML."""
    from schedules.exchange import export_yaml

    with home.database.read() as session:
        text = export_yaml(session)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, "utf-8")
    except OSError as error:
        raise UserError(f"{out} cannot be written: {error.strerror}.", "Name another file.") from error
    click.echo(f"Written to {out}.")

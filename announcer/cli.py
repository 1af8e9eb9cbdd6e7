"""Commands about speaking: say, read, announce, stop, mute, log, simulate."""

from __future__ import annotations

import csv
import getpass
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from announcer import planning, queue
from announcer.models import Playout
from announcer.readback.wording import in_words
from announcer.rendering import Rendered, render
from announcer.script import Script
from announcer.settings import LIVE_EXPIRES
from announcer.studio import EMERGENCY_REPEATS, Studio
from announcer.voice_settings import ABROAD_TOLD, GOOGLE
from schedules.core.clock import LOCAL, iso_local, local_date, utcnow
from schedules.core.errors import UserError
from schedules.home import Home
from schedules.models import PRIORITIES, Zone
from schedules.operations import all_zones, get_message, get_zone
from schedules.wording import MAX_TEXT, Sentence

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LANGUAGE = click.option("--lang", "language", default="vi", show_default=True, help="Language of the text.")


@click.command()
@click.argument("text")
@LANGUAGE
@click.option("--voice", default="", help="Which voice; `loaga voices` lists them.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write the WAV.")
@click.pass_obj
def say(home: Home, text: str, language: str, voice: str, out: Path | None) -> None:
    """Speak a text into a WAV file and tell what was measured, as JSON."""
    studio = Studio(home.settings)
    try:
        if voice and (why := studio.voices.get(voice).why_unavailable()):
            raise UserError(f"The voice “{voice}” cannot speak now. {why}", "See: loaga voices")
        script = script_of_words(studio, text, language, voice)
        key = studio.key(script)
        made = render(studio.room, script, key)
        path = studio.cache.get(key)
        if out is not None and path is not None:
            _copy(path, out)
    finally:
        studio.close()
    result: dict[str, Any] = {
        "voice": made.voices[language],
        "seconds": round(made.seconds, 3),
        "lufs": made.lufs,
        "true_peak_db": made.true_peak_db,
        "spoken": script.spoken,
        "out": str(out or path),
        "readback": made.readback.get(language),
    }
    click.echo(json.dumps(result, ensure_ascii=False))
    if verdict := result["readback"]:
        click.echo(in_words(verdict), err=True)  # beside the JSON, which programs read
    if home.settings.get(GOOGLE) and "google" in _asked(made):
        click.echo(ABROAD_TOLD, err=True)


def _asked(made: Rendered) -> set[str]:
    """Every voice that was given the text, whether or not it then spoke."""
    return {*made.voices.values(), *(name for name, _ in made.tried)}


def _copy(path: Path, out: Path) -> None:
    try:
        shutil.copyfile(path, out)
    except OSError as error:
        raise UserError(
            f"{out} cannot be written: {error.strerror or error}.", "Name another file."
        ) from error


def script_of_words(studio: Studio, text: str, language: str, voice: str = "", chime: str = "none") -> Script:
    """A script of a typed text; UserError when there is nothing in it to say."""
    if len(text) > MAX_TEXT:
        raise UserError(f"This text has {len(text)} characters; at most {MAX_TEXT} are spoken at once.")
    script = studio.script_of_text(text, language, chime, voice)
    if not script.spoken.strip():
        raise UserError("There are no words in this text.", 'For example: loaga say "Xin chào quý khách"')
    if not studio.voices.choose(language, voice or None):
        raise UserError(f"No voice speaks “{language}” now.", "See: loaga voices")
    return script


@click.command("read")
@click.argument("text", required=False)
@click.option("--file", type=click.Path(path_type=Path), help="Read a file line by line instead.")
@LANGUAGE
@click.pass_obj
def read_(home: Home, text: str | None, file: Path | None, language: str) -> None:
    """Show the spoken form of a text, or of every line of a file."""
    if (text is None) == (file is None):
        raise UserError("Give either a text or --file.", 'For example: loaga read "Tàu SE1 lúc 19h30"')
    studio = Studio(home.settings)
    for line in [text] if file is None else _lines(file):
        click.echo(studio.part(Sentence(language, line or "")).spoken)


def _lines(file: Path) -> Iterable[str]:
    try:
        return file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{file} cannot be read: {error}.") from error


@click.command()
@click.argument("message", required=False)
@click.option("--text", help="Say these words instead of a message.")
@click.option(
    "--zone", "zones", multiple=True, required=True, help="Where; may be given several times; “all”."
)
@click.option("--priority", type=click.Choice(list(PRIORITIES)), default="normal", show_default=True)
@click.option("--set", "values", multiple=True, metavar="BLANK=VALUE", help="Fill a blank of the message.")
@click.option("--repeats", type=click.IntRange(1, 10), help="How often; an emergency three times, else once.")
@click.option("--request-id", default="", help="The same id again adds nothing.")
@LANGUAGE
@click.pass_obj
def announce(
    home: Home,
    message: str | None,
    text: str | None,
    zones: tuple[str, ...],
    priority: str,
    values: tuple[str, ...],
    repeats: int | None,
    request_id: str,
    language: str,
) -> None:
    """Say a message or a text in a zone, as soon as its turn comes."""
    if (message is None) == (text is None):
        raise UserError("Give either a message or --text.", "For example: loaga announce --text … --zone Z")
    studio = Studio(home.settings)
    now = utcnow()
    with home.database.read() as session:  # words are worked out before the write lock is taken
        where = zones_named(session, zones)
        alive = planning.is_alive(session, now)
        if message is not None:
            found = get_message(session, message)
            emergency = found.category == "emergency"
            times = repeats or (EMERGENCY_REPEATS if emergency else 1)
            script = studio.script_of(found, _values(values), times)
            title, priority = found.title, "urgent" if emergency else priority
        else:
            chime = "urgent" if priority == "urgent" else "standard"
            script = replace(script_of_words(studio, text or "", language, "", chime), repeats=repeats or 1)
            title = (text or "")[:60]
    minutes = home.settings.get(LIVE_EXPIRES)
    request = queue.Request(script, title, where, priority, "live", who(), minutes, request_id)
    with home.database.write() as session:
        accepted = queue.submit(session, studio, request, now)
    told = {"request": accepted, "zones": [zone.key for zone in where], "title": title, "priority": priority}
    click.echo(json.dumps(told, ensure_ascii=False))
    if not alive:
        click.echo(
            f"The announcer is not running; this waits {minutes:g} minutes for it. Start it: loaga up",
            err=True,
        )


def who() -> str:
    """Who typed the command, for the log; a number where the machine knows no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def zones_named(session: Any, names: Sequence[str]) -> list[Zone]:
    """Zones by their keys; "all" is every one. NotFound for an unknown one."""
    if "all" in names:
        return all_zones(session)
    return [get_zone(session, name) for name in dict.fromkeys(names)]


def _values(pairs: Iterable[str]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise UserError(f"“{pair}” fills no blank.", "Write --set time=19:30")
    return dict(pair.split("=", 1) for pair in pairs)


ZONES = click.option("--zone", "zones", multiple=True, required=True, help="Which zone; “all” for every one.")


@click.command()
@ZONES
@click.pass_obj
def stop(home: Home, zones: tuple[str, ...]) -> None:
    """Stop what is being said in a zone, and the live calls that wait there."""
    _command(home, "stop", zones, None)


@click.command()
@ZONES
@click.option("--minutes", type=click.FloatRange(0.1, 24 * 60), required=True, help="For how long.")
@click.pass_obj
def mute(home: Home, zones: tuple[str, ...], minutes: float) -> None:
    """Keep a zone silent for some time; urgent messages still sound."""
    if minutes != minutes:
        raise UserError("That is no length of time.", "Say for how many minutes.")
    _command(home, "mute", zones, utcnow() + timedelta(minutes=minutes))


@click.command()
@ZONES
@click.pass_obj
def unmute(home: Home, zones: tuple[str, ...]) -> None:
    """Let a zone speak again."""
    _command(home, "unmute", zones, None)


def _command(home: Home, kind: str, names: tuple[str, ...], until: datetime | None) -> None:
    with home.database.write() as session:
        where = zones_named(session, names)
        queue.command(session, kind, where, who(), utcnow(), until)
    click.echo(f"{kind}: " + ", ".join(zone.key for zone in where))


@click.command()
@click.option(
    "--since", help="A moment (2026-11-24T08:00), or a time ago such as 30m, 2h, 7d; a day unless given."
)
@click.option("--csv", "as_csv", is_flag=True, help="As CSV with every column.")
@click.pass_obj
def log(home: Home, since: str | None, as_csv: bool) -> None:
    """Show what was said, what was not, and why."""
    start = moment_of(since or "24h", utcnow())
    with home.database.read() as session:
        rows = session.scalars(
            select(Playout).where(Playout.logged_at >= start).order_by(Playout.logged_at)
        ).all()
    if as_csv:
        _as_csv(rows)
        return
    for row in sorted(rows, key=lambda row: row.started_at or row.planned_at):
        when = iso_local(row.started_at or row.planned_at) or ""
        click.echo(f"{when[:19]}  {row.zone:<26} {row.result:<9} {row.title}  {row.reason}".rstrip())
    if not rows:
        click.echo("Nothing in the log since then.")


def moment_of(text: str, now: datetime) -> datetime:
    """A moment written as a date, a local time, or an age. UserError for anything else."""
    if match := re.fullmatch(r"(\d+)([mhd])", text):
        unit = {"m": "minutes", "h": "hours", "d": "days"}[match[2]]
        return now - timedelta(**{unit: min(int(match[1]), 100_000)})
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            f"“{text}” is no moment.", "Write 2026-11-24, 2026-11-24T08:00, 30m, 2h or 7d."
        ) from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)
    return min(max(moment, EARLIEST), now)


def _as_csv(rows: Sequence[Playout]) -> None:
    columns = [column.name for column in Playout.__table__.columns]
    writer = csv.writer(sys.stdout)
    writer.writerow(columns)
    for row in rows:
        values = (getattr(row, name) for name in columns)
        writer.writerow([iso_local(v) if isinstance(v, datetime) else "" if v is None else v for v in values])


@click.command("simulate")
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 366))
@click.option(
    "--from", "first", type=click.DateTime(formats=["%Y-%m-%d"]), help="First day; today unless given."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def simulate_(home: Home, days: int, first: Any, as_json: bool) -> None:
    """Run the station against a fast clock and count what becomes of every occurrence."""
    from announcer.simulation import as_data, simulate

    outcome = simulate(home.settings, home.database, first.date() if first else local_date(utcnow()), days)
    if as_json:
        click.echo(json.dumps(as_data(outcome), ensure_ascii=False))
        return
    click.echo(f"{outcome.days} days, {outcome.stations} stations: {outcome.occurrences} occurrences")
    for result, count in sorted(outcome.by_result.items()):
        click.echo(f"  {result:<10} {count}")
    click.echo(f"  without a result: {outcome.without_result} ({outcome.seconds} s)")


@click.command()
@click.option(
    "--date", "day", type=click.DateTime(formats=["%Y-%m-%d"]), help="The local day; today unless given."
)
@click.pass_obj
def check(home: Home, day: Any) -> int:
    """Pre-flight of a day: find what would go wrong. Exits with 1 when something is."""
    from announcer.preflight import Look, findings

    now = utcnow()
    studio = Studio(home.settings)
    try:
        with home.database.read() as session:
            found = findings(Look(session, studio, day.date() if day else local_date(now), now))
    finally:
        studio.close()
    return _report(found, "Everything is ready.")


@click.command()
@click.pass_obj
def doctor(home: Home) -> int:
    """Look at this machine: home, sound, and every voice, which must speak a word."""
    from announcer.preflight import machine

    home.database  # noqa: B018  (made and migrated if it was not)
    studio = Studio(home.settings)
    try:
        return _report(machine(studio), "This machine has what a station needs.")
    finally:
        studio.close()


def _report(found: Sequence[Any], well: str) -> int:
    for finding in found:
        click.echo(f"{'PROBLEM' if finding.problem else 'note':<8} {finding.about}: {finding.sentence}")
    problems = sum(finding.problem for finding in found)
    click.echo(f"{problems} problems." if problems else well)
    return 1 if problems else 0

"""Commands about a zone's room: the test signal, what a recording of it tells, and whether that got worse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from announcer.models import RoomMeasurement
from announcer.room_trend import fallen, keep, records
from audio.acoustics.measuring import measure_room
from audio.acoustics.sweep import test_signal
from audio.clips import decode
from audio.wav import write_wav
from schedules.core.clock import iso_local, utcnow
from schedules.core.errors import UserError
from schedules.home import Home
from schedules.operations import get_zone

LOWEST_RATE = 24_000  # Hz: below that the highest octave is not in the recording
ZONE = click.option("--zone", "key", required=True, help="Which zone, by its key.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def room() -> None:
    """How well speech arrives in a zone: test signal, measurement, trend."""


@room.command()
@click.argument("file", type=click.Path(path_type=Path))
def signal(file: Path) -> None:
    """Write the test signal to a WAV file."""
    try:
        write_wav(file, test_signal())
    except OSError as error:
        raise UserError(
            f"{file} cannot be written: {error.strerror or error}.", "Name another file."
        ) from error
    click.echo(f"{file}: {test_signal().seconds:.0f} s. Play it in the zone and record it there.")


@room.command()
@click.argument("recording", type=click.Path(path_type=Path))
@ZONE
@JSON
@click.pass_obj
def measure(home: Home, recording: Path, key: str, as_json: bool) -> None:
    """Measure a zone's room by a recording of the test signal, and keep the result."""
    with home.database.read() as session:
        get_zone(session, key)  # a wrong key is told before the work
    heard = decode(recording)
    if heard.rate < LOWEST_RATE:
        raise UserError(f"The recording has {heard.rate} Hz; at least {LOWEST_RATE} are needed.")
    measures = measure_room(heard, test_signal(heard.rate))
    with home.database.write() as session:
        row = keep(session, get_zone(session, key), measures, utcnow())
        click.echo(json.dumps(_as_data(row), ensure_ascii=False) if as_json else _in_words(row))


@room.command()
@ZONE
@JSON
@click.pass_obj
def trend(home: Home, key: str, as_json: bool) -> None:
    """List a zone's measurements, and tell whether speech arrives worse than before."""
    with home.database.read() as session:
        rows = records(session, get_zone(session, key))
    lost = fallen([row.sti for row in rows])
    if as_json:
        data = {"records": [_as_data(row) for row in rows], "fallen": round(lost, 3)}
        click.echo(json.dumps(data, ensure_ascii=False))
        return
    for row in rows:
        click.echo(_line(row))
    if not rows:
        click.echo("Nothing was measured here yet.")
    elif lost:
        click.echo(f"STI fell by {lost:.2f}: look for what changed in the zone.")


def _as_data(row: RoomMeasurement) -> dict[str, Any]:
    return {
        "measured_at": iso_local(row.measured_at),
        "sti": round(row.sti, 3),
        "rt60": None if row.rt60 is None else round(row.rt60, 2),
        "level_db": round(row.level_db, 1),
        "noise_db": round(row.noise_db, 1),
        "snr_db": [round(snr, 1) for snr in row.snr_db],
        "faults": row.faults,
    }


def _line(row: RoomMeasurement) -> str:
    echo = "hidden by noise" if row.rt60 is None else f"{row.rt60:.2f} s"
    when = (iso_local(row.measured_at) or "")[:19]
    faults = f"  {len(row.faults)} fault(s)" if row.faults else ""
    return (
        f"{when}  STI {row.sti:.2f} (indicative)  reverberation {echo}  "
        f"speech {row.level_db:.1f} dB  noise {row.noise_db:.1f} dB{faults}"
    )


def _in_words(row: RoomMeasurement) -> str:
    return "\n".join([_line(row), *(f"  {fault}" for fault in row.faults)])

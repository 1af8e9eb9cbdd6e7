"""The whole station against a fast clock: the same planner, queue and dispatcher, with voices and loudspeakers that take
no time. It answers what a month would bring: what gives way to what, and that nothing is left without a result.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from announcer import planning
from announcer.channel import SimulatedChannel
from announcer.models import Sound
from announcer.playout import Dispatcher
from announcer.queue import Intake
from announcer.script import Script
from announcer.shelf import Shelf
from announcer.studio import Chosen, Studio
from announcer.voices.estimate import estimate_seconds
from audio.cache import key
from schedules.core.clock import day_bounds
from schedules.core.database import Database
from schedules.core.settings import Settings, load
from schedules.document import Document
from schedules.exchange import ImportCounts, export_data, import_document
from schedules.models import Occurrence
from schedules.operations import all_stations, all_zones

LEAD = timedelta(minutes=30)
CHIME_SECONDS = 2.5
AFTERWARDS = timedelta(hours=26)  # what was due late on the last day may still be said, or expire


class QuickStudio(Studio):
    """Reads the words as the real one does, and knows how long they would take, but makes no sound."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._made: dict[str, Sound] = {}
        self._keys: dict[Script, str] = {}
        self._stored: set[str] = set()

    def key(self, script: Script, chosen: Chosen | None = None) -> str:
        if script not in self._keys:
            name = key(script.to_data())
            self._keys[script] = name
            self._made[name] = _quick_sound(name, script)
        return self._keys[script]

    def sound(self, session: Session, key: str) -> tuple[Sound, Path] | None:
        if key not in self._stored:
            session.merge(_copy(self._made[key]))
            session.flush()
            self._stored.add(key)
        return self._made[key], Path(key)


def _quick_sound(name: str, script: Script) -> Sound:
    speech = sum(estimate_seconds(part.spoken, part.language) for part in script.parts)
    chime = 0.0 if script.chime == "none" else CHIME_SECONDS
    spoken = {part.language: part.spoken for part in script.parts}
    return Sound(
        key=name,
        seconds=round(chime + (speech + len(script.parts)) * script.repeats, 2),
        lufs=-16.0,
        true_peak_db=-1.5,
        sha256="",
        voices=dict.fromkeys(spoken, "simulated"),
        spoken=spoken,
        tried=[],
        made_at=datetime(2000, 1, 1).astimezone(),
    )


def _copy(sound: Sound) -> Sound:
    return Sound(**{column.name: getattr(sound, column.name) for column in Sound.__table__.columns})


@dataclass
class Outcome:
    """What a simulated time brought."""

    days: int
    first: date
    stations: int = 0
    occurrences: int = 0
    by_result: Counter[str] = field(default_factory=Counter)
    by_reason: Counter[str] = field(default_factory=Counter)
    without_result: int = 0
    seconds: float = 0.0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.days,
            self.first,
            self.stations + other.stations,
            self.occurrences + other.occurrences,
            self.by_result + other.by_result,
            self.by_reason + other.by_reason,
            self.without_result + other.without_result,
        )


def simulate(settings: Settings, content: Database, first: date, days: int) -> Outcome:
    """Run the stations of ``content`` for some days, each in a database of its own that is thrown away.

    Stations do not hear each other, so they run side by side on the cores there are.
    """
    began = time.monotonic()
    with content.read() as session:
        data = export_data(session)
    parts = [{**data, "stations": [s], "schedules": _of(data, s["key"])} for s in data["stations"]]
    jobs = [(settings.home, part, first, days) for part in parts]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        outcome = sum(pool.map(_simulate_station, jobs), Outcome(days, first))
    outcome.seconds = round(time.monotonic() - began, 2)
    return outcome


def _of(data: dict[str, Any], station: str) -> list[dict[str, Any]]:
    return [schedule for schedule in data["schedules"] if schedule["station"] == station]


def _simulate_station(job: tuple[Path, dict[str, Any], date, int]) -> Outcome:
    home, data, first, days = job
    with _scratch(data, day_bounds(first)[0]) as database:
        studio = QuickStudio(load(home))
        run = _Run(database, studio)
        for i in range(days):
            run.day(first + timedelta(days=i))
        run.until(day_bounds(first + timedelta(days=days))[0] + AFTERWARDS)
        studio.close()
        return _count(database, first, days)


def simulated_dispatcher(database: Database) -> Dispatcher:
    """A dispatcher whose zones all play without sound and without a thread."""
    dispatcher = Dispatcher(database, Shelf(Path))
    with database.read() as session:
        for zone in all_zones(session):
            dispatcher.set_channel(zone.id, SimulatedChannel())
    return dispatcher


class _Run:
    def __init__(self, database: Database, studio: Studio) -> None:
        self._database = database
        self._dispatcher = simulated_dispatcher(database)
        self._intake = Intake(studio, LEAD)
        self._now: datetime | None = None

    def day(self, day: date) -> None:
        start, end = day_bounds(day)
        with self._database.read() as session:
            stations = [station.id for station in all_stations(session)]
        for station in stations:
            planning.plan_one(self._database, station, day, start)
        self._now = self._now or start
        self.until(end)

    def until(self, end: datetime) -> None:
        now = self._now or end
        while now < end:
            now = self._take_in_and_play(now, min(now + LEAD, end))
        self._now = end

    def _take_in_and_play(self, now: datetime, until: datetime) -> datetime:
        with self._database.write() as session:
            taken = False
            while self._intake.step(session, now):
                taken = True
        if taken or self._dispatcher.wake_at():
            self._play(now, until)
        return until

    def _play(self, now: datetime, until: datetime) -> None:
        """Turn after turn, from one moment at which something happens to the next."""
        self._dispatcher.step(now)
        while (moment := self._dispatcher.wake_at()) and moment <= until:
            now = max(now, moment)
            self._dispatcher.step(now)


@contextmanager
def _scratch(data: dict[str, Any], now: datetime) -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="loaga-simulation-") as folder:
        database = Database.of_home(Path(folder), durable=False)
        database.migrate()
        with database.write() as session:
            import_document(
                session, Document.model_validate(data), now, ImportCounts(), Path("this station's content")
            )
        yield database
        database.close()


def _count(database: Database, first: date, days: int) -> Outcome:
    reasons = Occurrence.result, Occurrence.reason_code
    outcome = Outcome(days, first, stations=1)
    with database.read() as session:
        for result, reason, count in session.execute(select(*reasons, func.count()).group_by(*reasons)):
            outcome.occurrences += count
            if result is None:
                outcome.without_result += count
            else:
                outcome.by_result[result] += count
                outcome.by_reason[reason or "none"] += count
    return outcome


def as_data(outcome: Outcome) -> dict[str, Any]:
    sorted_counts = {
        name: dict(sorted(getattr(outcome, name).items())) for name in ("by_result", "by_reason")
    }
    return {**vars(outcome), "first": outcome.first.isoformat(), **sorted_counts}

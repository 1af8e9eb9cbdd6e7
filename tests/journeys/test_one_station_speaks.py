"""The main job on a real station: a schedule becomes a WAV file of Vietnamese speech, on time, in its zones."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from factories import bring_in, station
from sqlalchemy import select

from announcer import queue
from announcer.daemon import Daemon
from announcer.models import Announcement, Playout, ZoneStatus
from audio.measure import measure
from audio.wav import read_wav
from schedules.core.clock import to_local, utcnow
from schedules.core.database import Database
from schedules.core.settings import Settings
from schedules.models import Occurrence
from schedules.operations import get_zone

PATIENCE = 60.0
LONG = "Xin quý khách đứng sau vạch vàng. " * 6


class Station:
    def __init__(self, database: Database, home: Path) -> None:
        self.database, self.home = database, home
        self.daemon: Daemon | None = None
        self.thread: threading.Thread | None = None

    def open(self, content: dict[str, Any]) -> None:
        bring_in(self.database, self.home, content, utcnow())
        self.daemon = Daemon(Settings(self.home, {"audio.sink": "folder"}), self.database)
        self.thread = threading.Thread(target=self.daemon.run)
        self.thread.start()

    def close(self) -> None:
        if self.daemon and self.thread:
            self.daemon.stop()
            self.thread.join(30)

    def call(self, text: str, zone: str = "sanh", priority: str = "normal") -> str:
        assert self.daemon
        script = self.daemon.studio.script_of_text(text, "vi", "none")
        with self.database.write() as session:
            request = queue.Request(script, text[:20], [get_zone(session, zone)], priority)
            return queue.submit(session, self.daemon.studio, request, utcnow())

    def order(self, kind: str, zone: str) -> None:
        with self.database.write() as session:
            queue.command(session, kind, [get_zone(session, zone)], "trực ban", utcnow())

    def log(self) -> list[Playout]:
        with self.database.read() as session:
            return list(session.scalars(select(Playout).order_by(Playout.logged_at)))

    def playing(self) -> int:
        with self.database.read() as session:
            return len(session.scalars(select(Announcement.id).where(Announcement.state == "playing")).all())

    def queued(self) -> int:
        with self.database.read() as session:
            return len(session.scalars(select(Announcement.id).where(Announcement.state != "ended")).all())

    def until(self, what: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < deadline, "the station did not get there"
            time.sleep(0.02)


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Iterator[Station]:
    place = Station(database, tmp_path)
    yield place
    place.close()


def test_a_schedule_becomes_speech_in_its_zones(place: Station) -> None:
    soon = to_local(utcnow() + timedelta(seconds=20)).strftime("%H:%M:%S")
    place.open(
        station({"key": "vach-vang", "message": "vach-vang", "trigger": {"kind": "times", "at": [soon]}})
    )
    place.until(lambda: len(place.log()) == 2)
    assert {(row.zone, row.result) for row in place.log()} == {("sanh", "played"), ("ke-1", "played")}
    with place.database.read() as session:
        past = select(Occurrence.result).where(Occurrence.due_at <= utcnow())
        assert set(session.scalars(past)) == {"played"}
    row = place.log()[0]
    indexes = (place.home / "folder").glob  # recorded before it is heard
    place.until(lambda: [path.read_text().count("\n") for path in indexes("*/index.jsonl")] == [1, 1])
    assert row.started_at and abs(row.started_at - row.planned_at) < timedelta(seconds=1)
    assert (row.voice, row.spoken) == ("vi: hanoi", "xin đứng sau vạch vàng")
    index = [
        json.loads(line)
        for line in (place.home / "folder" / row.zone / "index.jsonl").read_text().splitlines()
    ]
    assert len(index) == 1
    [wav] = (place.home / "folder" / row.zone).glob("*.wav")
    heard = measure(read_wav(wav))
    assert heard.lufs == pytest.approx(-16, abs=1.5)
    assert heard.silence_ratio < 0.6


def test_urgent_interrupts_and_the_interrupted_one_is_said_again(place: Station) -> None:
    place.open(station())
    place.call(LONG)
    place.until(place.playing)
    place.call("Yêu cầu rời khỏi nhà ga.", priority="urgent")
    place.until(lambda: len(place.log()) >= 3)
    assert [(row.result, row.reason_code) for row in place.log()] == [
        ("cut", "preempted"),
        ("played", ""),
        ("played", ""),
    ]


def test_stop_silences_one_zone_and_not_the_other(place: Station) -> None:
    place.open(station())
    place.call(LONG, "sanh")
    place.call(LONG, "ke-1")
    place.until(lambda: place.playing() == 2)
    place.order("stop", "sanh")
    place.until(lambda: len(place.log()) == 2)
    assert {row.zone: (row.result, row.reason_code) for row in place.log()} == {
        "sanh": ("cut", "stopped"),
        "ke-1": ("played", ""),
    }


def test_a_zone_that_an_import_brings_is_on_air_without_a_restart(place: Station) -> None:
    place.open(station())
    content = station()
    content["stations"][0]["zones"].append({"key": "ke-2", "name": "Ke 2"})
    bring_in(place.database, place.home, content, utcnow())

    def is_there() -> bool:
        with place.database.read() as session:
            return session.get(ZoneStatus, get_zone(session, "ke-2").id) is not None

    place.until(is_there)
    place.call("Xin chào.", "ke-2")
    place.until(lambda: [row.zone for row in place.log()] == ["ke-2"])


def test_a_zone_whose_loudspeaker_fails_stops_no_other(place: Station) -> None:
    content = station()
    content["stations"][0]["zones"][0]["sink"] = "speaker"  # no test machine has a sound card
    place.open(content)
    place.call("Xin chào.", "sanh")
    place.call("Xin chào.", "ke-1")
    place.until(lambda: {row.zone for row in place.log()} == {"sanh", "ke-1"})
    results = {row.zone: (row.result, row.reason_code) for row in place.log()}
    assert results["ke-1"] == ("played", "")
    assert results["sanh"] == ("cut", "sink")
    with place.database.read() as session:
        assert session.get_one(ZoneStatus, get_zone(session, "sanh").id).fault


def test_a_loudspeaker_with_a_wrong_name_keeps_no_other_from_sounding(place: Station) -> None:
    content = station()
    content["stations"][0]["zones"][0]["sink"] = "speker"
    place.open(content)
    place.call("Xin chào.", "sanh")
    place.call("Xin chào.", "ke-1")
    place.until(lambda: {row.zone for row in place.log()} == {"sanh", "ke-1"})
    assert {row.zone: row.result for row in place.log()[:2]} == {"sanh": "cut", "ke-1": "played"}
    with place.database.read() as session:
        assert "speker" in session.get_one(ZoneStatus, get_zone(session, "sanh").id).fault


def test_words_that_are_changed_while_they_wait_are_said_as_they_are_now(place: Station) -> None:
    soon = to_local(utcnow() + timedelta(seconds=20)).strftime("%H:%M:%S")
    schedule = {"key": "vach-vang", "message": "vach-vang", "trigger": {"kind": "times", "at": [soon]}}
    place.open(station(schedule))
    place.until(lambda: place.queued() == 2)
    content = station(schedule)
    [message] = [entry for entry in content["messages"] if entry["key"] == "vach-vang"]
    message["wordings"]["vi"] = "Xin lùi lại."
    bring_in(place.database, place.home, content, utcnow())
    place.until(lambda: len(place.log()) == 2)
    assert {(row.spoken, row.result) for row in place.log()} == {("xin lùi lại", "played")}

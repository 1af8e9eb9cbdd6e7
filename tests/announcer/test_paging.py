"""A live call in the queue and through the dispatcher to the loudspeaker."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from factories import bring_in, station
from sqlalchemy import select

from announcer import paging, queue
from announcer.channel import Play, SimulatedChannel
from announcer.models import Announcement, Playout, ZoneCommand
from announcer.playout import Dispatcher
from announcer.shelf import Shelf
from announcer.sources import before_live, open_source
from announcer.studio import Studio
from audio.live import LiveSound, end_of
from audio.pcm import RATE
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.ids import new_id
from schedules.core.settings import Settings
from schedules.operations import all_zones

NOW = utcnow()
SECONDS = 60
CHIME = len(before_live()) / RATE


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def database(home: Path) -> Database:
    database = Database.of_home(home)
    database.migrate()
    bring_in(database, home, station(), NOW)
    return database


@pytest.fixture
def dispatcher(database: Database, home: Path) -> Dispatcher:
    dispatcher = Dispatcher(database, Shelf(lambda key: paging.file_of(home, key)))
    with database.read() as session:
        for zone in all_zones(session):
            dispatcher.set_channel(zone.id, SimulatedChannel())
    dispatcher.step(NOW)
    return dispatcher


def call(database: Database, *zones: str, id: str = "", at: Any = NOW) -> str:
    id = id or new_id()
    with database.write() as session:
        chosen = [zone for zone in all_zones(session) if zone.key in zones]
        paging.take_over(session, chosen, "truc", at)
        request = paging.request_of(id, chosen, "Hướng dẫn xếp hàng", "truc", SECONDS)
        queue.submit(session, Studio(Settings(Path())), request, at)
    return id


def rows(database: Database, id: str) -> list[Announcement]:
    with database.read() as session:
        return list(session.scalars(select(Announcement).filter_by(request_id=id)))


def states(database: Database, id: str) -> list[str]:
    return [row.state for row in rows(database, id)]


def test_a_call_needs_no_preparation_and_begins_at_once(database: Database, dispatcher: Dispatcher) -> None:
    id = call(database, "sanh", "ke-1")
    dispatcher.step(NOW)
    assert states(database, id) == ["playing", "playing"]
    assert {row.seconds for row in rows(database, id)} == {CHIME + SECONDS}


def test_the_same_call_twice_is_one(database: Database) -> None:
    id = call(database, "sanh")
    call(database, "sanh", id=id)
    assert len(rows(database, id)) == 1


def test_what_is_no_id_never_becomes_the_name_of_a_file(home: Path) -> None:
    with pytest.raises(ValueError, match="UUID"):
        paging.request_of("../../etc", [], "a", "truc", SECONDS)
    with pytest.raises(ValueError, match="UUID"):
        paging.add(home, "../x", b"ab", 100)


def test_the_latest_call_into_a_zone_wins(database: Database, dispatcher: Dispatcher) -> None:
    first = call(database, "sanh", "ke-1")
    dispatcher.step(NOW)
    later = NOW + timedelta(seconds=5)
    second = call(database, "sanh", at=later)
    dispatcher.step(later)
    by_zone = {row.zone_id: row for row in rows(database, first)}
    (winner,) = rows(database, second)
    assert winner.state == "playing"
    assert (by_zone[winner.zone_id].state, by_zone[winner.zone_id].reason_code) == ("ended", "stopped")
    assert sorted(row.state for row in by_zone.values()) == ["ended", "playing"]


def test_a_call_that_finds_no_room_in_half_a_minute_expires(
    database: Database, dispatcher: Dispatcher
) -> None:
    id = call(database, "sanh")
    dispatcher.step(NOW + timedelta(seconds=31))
    assert [(row.state, row.result) for row in rows(database, id)] == [("ended", "expired")]


def test_the_log_tells_who_spoke_and_how_long(database: Database, dispatcher: Dispatcher) -> None:
    id = call(database, "sanh")
    dispatcher.step(NOW)
    over = NOW + timedelta(seconds=CHIME + SECONDS + 0.2)
    dispatcher.step(over)
    with database.read() as session:
        entry = session.scalars(select(Playout).filter_by(request_id=id)).one()
    assert (entry.title, entry.requested_by, entry.result) == ("Hướng dẫn xếp hàng", "truc", "played")


def test_its_sound_is_a_file_that_grows(database: Database, home: Path) -> None:
    id = call(database, "sanh")
    (row,) = rows(database, id)
    path = paging.file_of(home, row.sound or "")
    assert path is not None
    assert paging.add(home, id, np.ones(100, np.int16).tobytes(), 1000)
    assert paging.add(home, id, np.ones(100, np.int16).tobytes(), 1000)
    assert path.stat().st_size == 400


def test_prepared_sounds_are_no_business_of_it(home: Path) -> None:
    assert paging.file_of(home, "0123abcd") is None


def test_more_than_the_longest_call_is_not_taken(database: Database, home: Path) -> None:
    id = call(database, "sanh")
    assert paging.add(home, id, b"ab" * 50, 100)
    assert not paging.add(home, id, b"ab", 100)


def test_after_its_end_nothing_more_is_taken_and_what_waits_never_begins(
    database: Database, home: Path, dispatcher: Dispatcher
) -> None:
    id = call(database, "sanh")
    with database.write() as session:
        paging.end(session, home, id, "truc", NOW)
    assert not paging.add(home, id, b"ab", 100)
    dispatcher.step(NOW)
    assert [(row.state, row.result) for row in rows(database, id)] == [("ended", "gave_way")]


def test_an_end_leaves_what_sounds_to_run_out(database: Database, home: Path, dispatcher: Dispatcher) -> None:
    id = call(database, "sanh")
    dispatcher.step(NOW)
    with database.write() as session:
        paging.end(session, home, id, "truc", NOW)
        assert session.scalars(select(ZoneCommand)).all() == []
    assert states(database, id) == ["playing"]


def test_what_was_said_is_thrown_away_a_minute_after_the_last_word(database: Database, home: Path) -> None:
    old, new = call(database, "sanh"), call(database, "ke-1")
    for id in (old, new):
        paging.add(home, id, b"ab", 100)
    with database.write() as session:
        paging.end(session, home, old, "truc", NOW)
    long_ago = (NOW - timedelta(seconds=61)).timestamp()
    for path in (home / "live").glob(f"{old}*"):
        os.utime(path, (long_ago, long_ago))
    paging.tidy(home, NOW)
    assert [path.stem for path in (home / "live").iterdir()] == [new]


def test_where_nobody_ever_spoke_there_is_nothing_to_tidy(home: Path) -> None:
    paging.tidy(home, NOW)
    assert not (home / "live").exists()


def test_the_player_gets_the_chime_and_then_the_voice(home: Path) -> None:
    id = new_id()
    source = open_source(Play("a", "a", paging.file_of(home, f"live-{id}") or home, CHIME + SECONDS, NOW))
    assert isinstance(source, LiveSound)
    assert abs(source.blocks - (CHIME + SECONDS) / 0.02) < 2
    assert source.piece(0).any()
    assert not end_of(home / "live" / f"{id}.live").exists()

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from factories import bring_in, station
from sqlalchemy.orm import Session

from schedules.core.database import Database
from schedules.core.errors import NotFound
from schedules.models import Station
from schedules.operations import (
    all_stations,
    all_zones,
    by_name,
    calendar_of,
    get_message,
    get_schedule,
    get_station,
    get_zone,
)

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
HOURLY = {"key": "thu", "message": "xep-hang", "trigger": {"kind": "times", "at": ["08:00"]}}


@pytest.fixture
def here(database: Database, tmp_path: Path) -> Database:
    content = station(HOURLY)
    content["stations"][0]["calendar"] = [
        {"kind": "closed", "first": NOW.date(), "last": NOW.date(), "note": "sửa"}
    ]
    content["messages"][2]["retired"] = True
    bring_in(database, tmp_path, content, NOW)
    return database


def test_zones_are_in_the_order_of_their_numbers(database: Database, tmp_path: Path) -> None:
    content = station()
    keys = ["b-0", "b-1", "b-2", "b-10", "b-11"]
    content["stations"][0]["zones"] = [{"key": key, "name": key} for key in sorted(keys)]
    bring_in(database, tmp_path, content, NOW)
    with database.write() as session:
        for zones in (
            all_zones(session),
            all_stations(session)[0].zones,
            get_station(session, "ga-thu").zones,
        ):
            assert [zone.key for zone in zones] == keys
        assert not session.dirty


def test_stations_are_found_by_name_and_those_of_one_name_by_key() -> None:
    named = [("b", "Gia Lâm"), ("a", "Gia Lâm"), ("c", "Bến 10"), ("d", "Bến 2")]
    found = by_name(Station(key=key, kind="rail", name=name) for key, name in named)
    assert [one.key for one in found] == ["d", "c", "a", "b"]


FINDERS: dict[str, tuple[Callable[[Session, str], Any], str, str]] = {
    "station": (get_station, "ga-thu", "ga-tu"),
    "zone": (get_zone, "sanh", "xanh"),
    "message": (get_message, "xep-hang", "xep-hag"),
    "schedule": (get_schedule, "thu", "tu"),
}


@pytest.mark.parametrize(("find", "key", "_wrong"), FINDERS.values(), ids=FINDERS)
def test_what_is_here_is_found_by_its_key(
    here: Database, find: Callable[[Session, str], Any], key: str, _wrong: str
) -> None:
    with here.read() as session:
        assert find(session, key).key == key


@pytest.mark.parametrize(("what", "found"), FINDERS.items(), ids=FINDERS)
def test_a_misspelt_key_is_answered_with_the_nearest(here: Database, what: str, found: Any) -> None:
    find, key, wrong = found
    with here.read() as session, pytest.raises(NotFound, match=f"There is no {what} “{wrong}”") as caught:
        find(session, wrong)
    assert caught.value.hint == f"Did you mean “{key}”?"


def test_a_key_like_no_other_is_answered_with_those_there_are(here: Database) -> None:
    with here.read() as session, pytest.raises(NotFound) as caught:
        get_zone(session, "zzzzzz")
    assert caught.value.hint == "Known: ke-1, sanh."


def test_in_an_empty_station_nothing_is_known(database: Database) -> None:
    with database.read() as session, pytest.raises(NotFound) as caught:
        get_station(session, "ga-thu")
    assert caught.value.hint == "Known: none yet."


def test_a_retired_message_is_not_found(here: Database) -> None:
    with here.read() as session, pytest.raises(NotFound):
        get_message(session, "chao-tau")


def test_zones_come_with_their_station_in_the_order_of_their_keys(here: Database) -> None:
    with here.read() as session:
        zones = all_zones(session)
    assert [(zone.key, zone.station.key) for zone in zones] == [("ke-1", "ga-thu"), ("sanh", "ga-thu")]


def test_stations_come_with_their_zones(here: Database) -> None:
    with here.read() as session:
        stations = all_stations(session)
    assert [[zone.key for zone in station.zones] for station in stations] == [["ke-1", "sanh"]]


def test_a_calendar_has_the_stations_exceptions(here: Database) -> None:
    with here.read() as session:
        calendar = calendar_of(session, get_station(session, "ga-thu"))
    assert [(period.first, period.note) for period in calendar.closed] == [(date(2026, 11, 24), "sửa")]

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from factories import bring_in, station
from sqlalchemy import func, select

from schedules.core.clock import LOCAL
from schedules.core.database import Database
from schedules.document import ScheduleEntry
from schedules.exchange import apply_schedule, schedule_data
from schedules.foresight import NEXT, Foresight, foresee
from schedules.models import Message, Occurrence, Schedule, Turn
from schedules.operations import get_message, get_schedule, get_station

NOW = datetime(2026, 11, 24, 10, 5, tzinfo=LOCAL)
OTHER = {
    "key": "an-toan",
    "message": "vach-vang",
    "trigger": {"kind": "every", "minutes": 60, "from": "06:00", "to": "22:00"},
}


def seen(database: Database, message: str = "xep-hang", **given: Any) -> Foresight:
    """What a schedule that is in no table would do."""
    with database.read() as session:
        place = get_station(session, "ga-thu")
        usual: dict[str, Any] = {
            "id": "moi", "key": "moi", "station": place, "station_id": place.id, "trigger": {"kind": "times", "at": ["11:00"]},
            "days": {}, "values": {}, "priority": "normal", "expires_minutes": 10.0, "repeats": 1, "gap_minutes": 0.0,
            "enabled": True, "zones": place.zones, "turns": [Turn(message=get_message(session, message), weight=1)],
        }  # fmt: skip
        return foresee(session, Schedule(**(usual | given)), NOW)


@pytest.fixture
def home(database: Database, tmp_path: Path) -> Database:
    bring_in(database, tmp_path, station(OTHER), NOW)
    return database


def test_the_next_ten_are_foreseen_from_now_on_over_as_many_days_as_it_takes(home: Database) -> None:
    found = seen(home)
    assert len(found.occurrences) == NEXT
    assert [one.due for one in found.occurrences[:2]] == [
        NOW.replace(hour=11, minute=0),
        NOW.replace(day=25, hour=11, minute=0),
    ]


def test_nothing_is_saved(home: Database) -> None:
    seen(home)
    with home.read() as session:
        assert session.scalar(select(func.count(Occurrence.id))) == 0
        assert session.scalar(select(func.count(Schedule.id))) == 1


def test_one_that_meets_a_more_important_one_begins_after_it(home: Database) -> None:
    first = seen(home).occurrences[0]
    assert {zone.zone for zone in first.zones} == {"sanh", "ke-1"}
    assert all(zone.at > first.due and not zone.way_code for zone in first.zones)


def test_one_in_quiet_hours_gives_way_and_says_so(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, station(quiet=[{"from": "10:30", "to": "11:30"}]), NOW)
    first = seen(database, message="xep-hang").occurrences[0]
    assert {zone.way_code for zone in first.zones} == {"quiet-hours"}


def test_those_that_would_give_way_because_of_it_are_named(home: Database) -> None:
    campaign = {
        "key": "van-dong",
        "category": "campaign",
        "title": "Vận động",
        "wordings": {"vi": "Xin chào."},
    }
    with home.write() as session:
        session.add(Message(**{k: v for k, v in campaign.items() if k != "wordings"}, wordings=[]))
        zones = {
            "key": "cham",
            "station": "ga-thu",
            "zones": ["sanh"],
            "message": "van-dong",
            "expires_minutes": 0.1,
        }
        apply_schedule(
            session,
            ScheduleEntry.model_validate(zones | {"trigger": {"kind": "times", "at": ["11:30"]}}),
            NOW,
        )
    found = seen(home, trigger={"kind": "times", "at": ["11:30"]}, repeats=3)
    assert [(one.zone, one.title, one.way_code, one.count) for one in found.displaced] == [
        ("sanh", "Vận động", "no-room", 1)
    ]


def test_the_hours_it_speaks_in_are_held_against_the_budget(home: Database) -> None:
    [sanh, ke] = sorted(seen(home).hours, key=lambda hour: hour.zone, reverse=True)
    assert (sanh.zone, ke.zone, sanh.start) == ("sanh", "ke-1", NOW.replace(hour=11, minute=0))
    assert 0 < sanh.own < sanh.minutes < sanh.budget == 30


def test_it_is_foreseen_in_place_of_its_older_form(home: Database) -> None:
    with home.read() as session:
        stored = get_schedule(session, "an-toan")
        assert schedule_data(stored)["priority"] == "normal"
        found = foresee(session, stored, NOW)
    assert found.displaced == ()
    assert all(zone.at == one.due for one in found.occurrences for zone in one.zones)


def test_one_that_never_comes_is_empty(home: Database) -> None:
    past = {"weekdays": [], "dates": ["2026-01-01"]}
    assert seen(home, days=past) == Foresight()


def test_a_yearly_one_is_found_far_ahead(home: Database) -> None:
    found = seen(home, days={"lunar": ["12-23"]})
    assert found.day == date(2027, 1, 30)
    assert found.occurrences[0].due - NOW > timedelta(days=60)


ALL_DAY = {"kind": "every", "minutes": 1, "from": "00:00", "to": "24:00"}


def test_the_hours_that_hold_more_than_the_budget_are_named(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, station(budget_minutes=1), NOW)
    found = seen(database, message="vach-vang", trigger=ALL_DAY)
    assert [(one.zone, one.hours, one.budget) for one in found.crowded] == [
        ("ke-1", ((0, 23),), 1),
        ("sanh", ((0, 23),), 1),
    ]
    assert found.crowded[0].minutes == max(hour.minutes for hour in found.hours)


def test_hours_apart_are_named_apart(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, station(budget_minutes=0.01), NOW)
    found = seen(
        database,
        message="vach-vang",
        trigger={"kind": "times", "at": ["07:00", "08:00", "12:00", "21:00", "22:00"]},
    )
    assert found.crowded[0].hours == ((7, 8), (12, 12), (21, 22))


def test_what_keeps_to_the_budget_names_no_hour(home: Database) -> None:
    assert seen(home).crowded == ()


def test_those_of_its_own_that_give_way_are_counted_for_the_whole_day(
    database: Database, tmp_path: Path
) -> None:
    bring_in(database, tmp_path, station(quiet=[{"from": "22:30", "to": "05:00"}]), NOW)
    every = {"kind": "every", "minutes": 30, "from": "14:00", "to": "23:40"}
    found = seen(database, trigger=every)
    assert (found.count, found.zones) == (20, ("ke-1", "sanh"))
    assert [(one.zone, one.way_code, one.count) for one in found.gives_way] == [
        ("ke-1", "quiet-hours", 3),
        ("sanh", "quiet-hours", 3),
    ]


def test_one_reason_is_told_once_whatever_the_hours_asked_for(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, station(OTHER, budget_minutes=0.2), NOW)
    found = seen(database, trigger=ALL_DAY)
    [first, second] = found.gives_way
    assert {first.way_code, second.way_code} == {"budget"}
    assert first.way_reason == ""

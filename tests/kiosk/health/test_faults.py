"""Faults begin once, may get worse, and end when they have been gone for a while; nothing is told twice."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kiosk.health.checks import BAD, DOUBTFUL, GOOD, Finding
from kiosk.health.faults import Faults, latest
from kiosk.health.models import Alert, Fault
from schedules.core.database import Database
from schedules.core.tables import Base

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
LOOK = timedelta(seconds=5)


class Station:
    """Looks every five seconds at findings that a test makes up."""

    def __init__(self, database: Database) -> None:
        self.database, self.now = database, NOW
        self.faults = Faults(["mail"])

    def look(self, state: str = GOOD, code: str = "disk", seconds: float = 5) -> None:
        """The same finding at every look, for so long."""
        for _ in range(max(1, round(seconds / LOOK.total_seconds()))):
            self.look_at([Finding("Đĩa", state, f"Đĩa {state}.", code)])

    def look_at(self, findings: Sequence[Finding]) -> None:
        self.now += LOOK
        with self.database.write() as session:
            changes = self.faults.changes(session, findings, self.now)
            self.faults.record(session, changes, self.now)

    def told(self) -> list[str]:
        with self.database.read() as session:
            return [alert.content["kind"] for alert in session.scalars(select(Alert).order_by(Alert.id))]

    def all(self) -> list[Fault]:
        with self.database.read() as session:
            return list(session.scalars(select(Fault).order_by(Fault.began_at)))


@pytest.fixture
def watched(database: Database) -> Station:
    return Station(database)


def test_where_all_is_well_nothing_is_on_record(watched: Station) -> None:
    watched.look(seconds=60)
    assert watched.all() == []
    assert watched.told() == []


def test_a_fault_is_told_at_the_first_look_and_when_it_is_over(watched: Station) -> None:
    watched.look(BAD, seconds=300)
    assert watched.told() == ["begin"]
    watched.look(GOOD, seconds=90)
    assert watched.told() == ["begin", "end"]
    [fault] = watched.all()
    assert fault.began_at == NOW + LOOK
    assert fault.ended_at == NOW + LOOK + timedelta(seconds=300)  # the first look that did not find it


def test_a_fault_that_gets_worse_is_told_once_more(watched: Station) -> None:
    watched.look(DOUBTFUL, seconds=20)
    watched.look(BAD, seconds=20)
    watched.look(DOUBTFUL, seconds=20)
    watched.look(BAD, seconds=20)
    assert watched.told() == ["begin", "worse"]
    assert [fault.state for fault in watched.all()] == [BAD]


def test_what_comes_and_goes_is_one_fault(watched: Station) -> None:
    for _ in range(50):
        watched.look(BAD)
        watched.look(GOOD, seconds=40)
    assert watched.told() == ["begin"]


def test_the_more_often_it_comes_back_the_longer_it_must_be_gone(watched: Station) -> None:
    for _ in range(20):
        watched.look(BAD)
        watched.look(GOOD, seconds=130)
    assert len(watched.all()) == 3  # after one minute, after two; four it is never gone for
    assert watched.told().count("begin") == 3


def test_a_restart_doubles_nothing_and_loses_nothing(watched: Station) -> None:
    watched.look(BAD)
    watched.faults = Faults(["mail"])
    watched.look(BAD)
    assert watched.told() == ["begin"]
    watched.faults = Faults(["mail"])
    watched.look(GOOD, seconds=90)
    assert watched.told() == ["begin", "end"]


def test_the_database_refuses_a_second_open_fault_of_a_kind(database: Database) -> None:
    fault = {"code": "disk", "about": "Đĩa", "state": BAD, "sentence": ".", "began_at": NOW}
    with database.write() as session:
        session.add(Fault(**fault, ended_at=NOW))
        session.add(Fault(**fault))
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(Fault(**fault))
        session.flush()


def test_each_zone_has_faults_of_its_own(watched: Station) -> None:
    watched.look_at([Finding("Sảnh", BAD, ".", "zones:sanh"), Finding("Ke", BAD, ".", "zones:ke-1")])
    assert len(watched.all()) == 2


@pytest.mark.parametrize("code, state", [("today", BAD), ("watch", BAD), ("zones:sanh", DOUBTFUL)])
def test_what_is_no_fault_is_not_told(watched: Station, code: str, state: str) -> None:
    watched.look(state, code)
    assert watched.told() == []


def test_an_announcer_that_is_gone_is_told_and_not_all_that_follows_from_it(watched: Station) -> None:
    codes = ("announcer", "queue", "silence", "overdue", "disk")
    watched.look_at([Finding(code, BAD, ".", code) for code in codes])
    assert {fault.code for fault in watched.all()} == {"announcer", "disk"}


def test_the_open_ones_come_first(watched: Station) -> None:
    watched.look(BAD, "clock")
    watched.look(BAD, "disk")
    watched.look(BAD, "clock", seconds=90)
    with watched.database.read() as session:
        assert [fault.code for fault in latest(session, 9)] == ["clock", "disk"]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from([GOOD, DOUBTFUL, BAD]), st.booleans()), max_size=40))
def test_whatever_happens_begins_and_ends_take_turns(seen: list[tuple[str, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database.of_home(Path(folder), durable=False)
        Base.metadata.create_all(database.engine)
        station = Station(database)
        for state, restarts in seen:
            if restarts:
                station.faults = Faults(["mail"])
            station.look(state, seconds=40)
        order = [kind for kind in station.told() if kind != "worse"]
        assert order == ["begin", "end"] * (len(order) // 2) + ["begin"] * (len(order) % 2)
        assert sum(fault.ended_at is None for fault in station.all()) == len(order) % 2
        database.close()

"""The queue against a simulated station: everything that goes in comes out once, with a result."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from factories import bring_in, station
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from announcer import queue
from announcer.models import Announcement, Playout, ZoneCommand
from announcer.simulation import QuickStudio, simulated_dispatcher
from schedules.core.database import Database
from schedules.core.errors import UserError
from schedules.core.settings import Settings
from schedules.models import RESULTS
from schedules.operations import all_zones

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


class Stage:
    """A station with two zones and a clock that only the test moves."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database, self.now = database, NOW
        bring_in(database, home, station(), NOW)
        self.studio = QuickStudio(Settings(home))
        self.fresh()

    def fresh(self) -> None:
        with self.database.write() as session:
            session.execute(delete(Announcement))
            session.execute(delete(ZoneCommand))
            self.zones = all_zones(session)
        self.dispatcher = simulated_dispatcher(self.database)
        self.now = NOW

    def call(
        self, text: str, priority: str = "normal", minutes: float = 10, zones: int = 2, id: str = ""
    ) -> str:
        script = self.studio.script_of_text(text, "vi", "none")
        request = queue.Request(script, text, self.zones[:zones], priority, expires_minutes=minutes, id=id)
        with self.database.write() as session:
            return queue.submit(session, self.studio, request, self.now)

    def order(self, kind: str, until: datetime | None = None, zones: int = 2) -> None:
        with self.database.write() as session:
            queue.command(session, kind, self.zones[:zones], "trực ban", self.now, until)

    def turn(self, seconds: float = 0) -> None:
        """One turn now, then one at every moment that something happens, until the time has passed."""
        end = self.now + timedelta(seconds=seconds)
        self.dispatcher.step(self.now)
        while (moment := self.dispatcher.wake_at()) and moment <= end:
            self.now = max(self.now, moment)
            self.dispatcher.step(self.now)
        self.now = end

    def log(self) -> list[Playout]:
        with self.database.read() as session:
            return list(session.scalars(select(Playout).order_by(Playout.logged_at, Playout.id)))

    def results(self) -> list[tuple[str, str, str, str]]:
        return [(row.title, row.zone, row.result, row.reason_code) for row in self.log()]


@pytest.fixture
def stage(database: Database, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(database, tmp_path)
    yield stage
    stage.studio.close()


def test_a_live_call_is_played_once_in_every_zone(stage: Stage) -> None:
    stage.call("xin chào")
    stage.turn(60)
    assert sorted(stage.results()) == [("xin chào", "ke-1", "played", ""), ("xin chào", "sanh", "played", "")]


def test_the_same_request_twice_is_one_request(stage: Stage) -> None:
    stage.call("xin chào", id="a")
    stage.call("xin chào", id="a")
    stage.turn(60)
    assert len(stage.log()) == 2


def test_an_urgent_message_interrupts_and_what_it_interrupted_is_said_again(stage: Stage) -> None:
    stage.call("một hai ba bốn năm sáu bảy tám", zones=1)
    stage.turn(1)
    stage.call("cháy", "urgent", zones=1)
    stage.turn(60)
    assert [(title, result, code) for title, _, result, code in stage.results()] == [
        ("một hai ba bốn năm sáu bảy tám", "cut", "preempted"),
        ("cháy", "played", ""),
        ("một hai ba bốn năm sáu bảy tám", "played", ""),
    ]


def test_stop_ends_what_sounds_and_what_waits_live_in_that_zone_only(stage: Stage) -> None:
    stage.call("một hai ba bốn năm sáu bảy tám")
    stage.call("hai")
    stage.turn(1)
    stage.order("stop", zones=1)
    stage.turn(60)
    stopped = stage.zones[0].key
    assert {result for _, zone, result, code in stage.results() if zone == stopped} == {"gave_way"}
    assert {result for _, zone, result, code in stage.results() if zone != stopped} == {"played"}


def test_a_mute_zone_is_silent_until_its_end(stage: Stage) -> None:
    stage.order("mute", NOW + timedelta(minutes=5), zones=1)
    stage.call("một", zones=1)
    stage.turn(10)
    stage.now = NOW + timedelta(minutes=6)
    stage.call("hai", zones=1)
    stage.turn(60)
    assert [(title, result) for title, _, result, _ in stage.results()] == [
        ("một", "gave_way"),
        ("hai", "played"),
    ]


def test_a_mute_without_an_end_is_refused(stage: Stage) -> None:
    with pytest.raises(UserError, match="end"):
        stage.order("mute", NOW - timedelta(minutes=1))


def test_after_a_crash_what_was_sounding_is_said_again(stage: Stage) -> None:
    stage.call("một hai ba", zones=1)
    stage.turn(0.5)
    stage.dispatcher = simulated_dispatcher(stage.database)
    assert stage.dispatcher.recover(stage.now) == 1
    stage.turn(60)
    assert [(result, code) for _, _, result, code in stage.results()] == [("cut", "downtime"), ("played", "")]


CALLS = st.lists(
    st.tuples(
        st.sampled_from(["một", "một hai ba bốn", "một hai ba bốn năm sáu bảy tám chín mười"]),
        st.sampled_from(["normal", "priority", "urgent"]),
        st.floats(0.05, 2),  # minutes it may wait
        st.floats(0, 4),  # seconds until the next
        st.sampled_from(["", "", "", "stop"]),
    ),
    max_size=10,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CALLS)
def test_everything_that_goes_in_comes_out_once_with_a_result(
    stage: Stage, calls: list[tuple[str, str, float, float, str]]
) -> None:
    stage.fresh()
    asked = []
    for text, priority, minutes, pause, command in calls:
        asked.append(stage.call(text, priority, minutes))
        if command:
            stage.order(command)
        stage.turn(pause)
    stage.turn(600)
    log = [row for row in stage.log() if row.request_id in asked]
    final = sorted((row.request_id or "", row.zone) for row in log if row.final)
    assert final == sorted((request, zone.key) for request in asked for zone in stage.zones)
    assert {row.result for row in log} <= {*RESULTS, "cut"}
    for zone in stage.zones:
        heard = sorted(
            (r.started_at, r.ended_at) for r in log if r.zone == zone.key and r.started_at and r.ended_at
        )
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(heard))

"""The queue against a simulated station: everything that goes in comes out once, with a result."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from factories import bring_in, station
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from announcer import queue
from announcer.channel import ChannelEvent, SimulatedChannel
from announcer.deciding import BREATH
from announcer.models import Announcement, Playout, ZoneCommand
from announcer.simulation import QuickStudio, simulated_dispatcher
from announcer.turn import Turn
from schedules.core.database import Database
from schedules.core.errors import UserError
from schedules.core.settings import Settings
from schedules.models import RESULTS, Zone
from schedules.operations import all_zones, get_message

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

    def call_message(self, key: str) -> None:
        with self.database.write() as session:
            message = get_message(session, key)
            script = self.studio.script_of(message, {}, 1)
            request = queue.Request(script, message.title, self.zones, message_id=message.id)
            queue.submit(session, self.studio, request, self.now)

    def recall(self, key: str) -> None:
        with self.database.write() as session:
            queue.recall(session, get_message(session, key), "trưởng ga")

    def cancel(self, request: str) -> None:
        with self.database.write() as session:
            rows = session.scalars(select(Announcement).where(Announcement.request_id == request)).all()
            queue.cancel(session, rows, "trực ban", self.now)

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


class SilentChannel(SimulatedChannel):
    """A player that hangs: it takes everything and answers nothing."""

    def take_events(self, now: datetime) -> list[ChannelEvent]:
        return []


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
    assert [(title, result) for title, zone, result, _ in stage.results() if zone == stopped] == [
        ("một hai ba bốn năm sáu bảy tám", "cut"),
        ("hai", "gave_way"),
    ]
    assert {result for _, zone, result, code in stage.results() if zone != stopped} == {"played"}


def test_a_recalled_message_falls_silent_where_it_sounds_and_does_not_begin_where_it_waits(
    stage: Stage,
) -> None:
    stage.call_message("xep-hang")
    stage.turn()
    stage.call_message("xep-hang")
    stage.call("Tàu đến.")
    stage.recall("xep-hang")
    stage.turn(120)
    assert sorted((title, result, code) for title, _, result, code in stage.results()) == [
        *[("Tàu đến.", "played", "")] * 2,
        *[("Xếp hàng", "cut", "withdrawn")] * 2,
        *[("Xếp hàng", "gave_way", "withdrawn")] * 2,
    ]


def test_what_was_recalled_names_by_whom(stage: Stage) -> None:
    stage.call_message("xep-hang")
    stage.turn()
    stage.recall("xep-hang")
    stage.turn(120)
    with stage.database.read() as session:
        assert set(session.scalars(select(Announcement.reason))) == {"recalled by trưởng ga"}


def test_a_recall_that_crosses_a_failing_loudspeaker_still_holds(stage: Stage) -> None:
    stage.call_message("xep-hang")
    stage.turn()
    stage.recall("xep-hang")
    with stage.database.read() as session:
        playing = session.scalars(select(Announcement).where(Announcement.state == "playing")).all()
    faults = [(row.zone_id, ChannelEvent("fault", row.id, stage.now, stage.now, "loose")) for row in playing]
    stage.dispatcher._events += faults
    stage.turn(120)
    assert {(result, code) for _, _, result, code in stage.results()} == {
        ("cut", "sink"),
        ("gave_way", "withdrawn"),
    }


@pytest.mark.parametrize("after", [0.0, 1.0])
def test_a_cancelled_request_is_not_said_and_what_else_sounds_goes_on(stage: Stage, after: float) -> None:
    stage.call("một hai ba bốn năm sáu bảy tám", zones=1)
    stage.turn(1)
    waits = stage.call("hai", zones=1)
    stage.turn(after)
    stage.cancel(waits)
    stage.turn(60)
    assert [(title, result, code) for title, _, result, code in stage.results()] == [
        ("hai", "gave_way", "stopped"),
        ("một hai ba bốn năm sáu bảy tám", "played", ""),
    ]
    assert stage.log()[0].reason == "stopped by trực ban"


def test_cancelling_what_sounds_stops_it_and_what_has_ended_stays_as_it_was(stage: Stage) -> None:
    sounds = stage.call("một hai ba bốn năm sáu bảy tám", zones=1)
    stage.turn(1)
    stage.cancel(sounds)
    stage.turn(60)
    stage.cancel(sounds)
    stage.turn(1)
    assert [(result, code) for _, _, result, code in stage.results()] == [("cut", "stopped")]


def test_what_is_stopped_after_it_began_is_logged_as_cut_with_how_far_it_got_and_is_over(
    stage: Stage,
) -> None:
    sounds = stage.call("một hai ba bốn năm sáu bảy tám", zones=1)
    stage.turn(1)
    stage.cancel(sounds)
    stage.turn(1)
    (row,) = stage.log()
    assert (row.result, row.final) == ("cut", True)
    assert row.started_at and row.ended_at
    assert row.started_at < row.ended_at
    with stage.database.read() as session:
        assert session.scalars(select(Announcement)).one().result == "gave_way"


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


def test_muting_silences_what_is_sounding_unless_it_is_urgent(stage: Stage) -> None:
    stage.call("một hai ba bốn năm sáu bảy tám", zones=1)
    stage.turn(1)
    stage.order("mute", NOW + timedelta(minutes=5), zones=1)
    stage.turn(1)
    stage.call("cháy", "urgent", zones=1)
    stage.turn(60)
    assert [(result, code) for _, _, result, code in stage.results()] == [
        ("cut", "muted"),
        ("played", ""),
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


def test_an_end_that_crosses_an_interruption_counts_and_it_is_not_said_twice(stage: Stage) -> None:
    stage.call("một hai ba", zones=1)
    stage.turn(0.5)
    [zone] = stage.zones[:1]
    with stage.database.read() as session:
        row = session.scalars(select(Announcement)).one()
    stage.call("cháy", "urgent", zones=1)
    stage.dispatcher.step(stage.now)
    crossed = ChannelEvent("ending", row.id, stage.now, stage.now)
    stage.dispatcher._events.append((zone.id, crossed))
    stage.turn(60)
    assert [(t, r) for t, _, r, _ in stage.results()] == [
        ("một hai ba", "cut"),
        ("một hai ba", "played"),
        ("cháy", "played"),
    ]


def test_a_turn_whose_commit_fails_has_done_nothing_and_is_done_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.call("một hai ba", zones=1)
    stage.turn(0.5)
    stage.now += timedelta(seconds=30)
    with monkeypatch.context() as patch:
        patch.setattr(Turn, "write", lambda turn: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            stage.dispatcher.step(stage.now)
    stage.turn(1)
    assert [result for _, _, result, _ in stage.results()] == ["played"]


def test_one_sound_that_cannot_be_read_ends_one_announcement_only(stage: Stage) -> None:
    def path(key: str) -> Path:
        if key == broken:
            raise PermissionError(key)
        return Path(key)

    script = stage.studio.script_of_text("hỏng", "vi", "none")
    broken = stage.studio.key(replace(script, mastering="standard"))
    stage.dispatcher._shelf.path = path  # type: ignore[method-assign]
    stage.call("hỏng", zones=1)
    stage.call("lành")
    stage.turn(60)
    assert {(title, result, code) for title, _, result, code in stage.results()} == {
        ("hỏng", "failed", "internal"),
        ("lành", "played", ""),
    }


def test_a_player_that_never_answers_is_given_up_and_named(stage: Stage) -> None:
    stage.call("một", zones=1)
    stage.turn(0)
    zone = stage.zones[0]
    stage.dispatcher.set_channel(zone.id, SilentChannel())
    stage.now += timedelta(minutes=1)
    stage.dispatcher.step(stage.now)
    assert stage.dispatcher.take_stuck() == [zone.id]
    assert [(result, code) for _, _, result, code in stage.results()] == [("cut", "sink")]


def test_what_was_asked_for_while_nobody_ran_is_missed_and_not_expired(stage: Stage) -> None:
    stage.call("một", zones=1, minutes=5)
    stage.now += timedelta(hours=1)
    stage.dispatcher = simulated_dispatcher(stage.database)
    stage.dispatcher.recover(stage.now)
    stage.turn(1)
    assert [(result, code) for _, _, result, code in stage.results()] == [("missed", "downtime")]


def test_live_calls_leave_a_breath_between_each_other(stage: Stage) -> None:
    with stage.database.write() as session:
        session.execute(update(Zone).values(gap_seconds=20))
    stage.dispatcher.zones_changed()
    stage.call("một", zones=1)
    stage.call("hai", zones=1)
    stage.turn(60)
    first, second = stage.log()
    assert first.ended_at and second.started_at
    assert second.started_at - first.ended_at == BREATH


def test_the_true_reason_survives_a_restart(stage: Stage) -> None:
    stage.call("một", zones=1, minutes=5)
    with stage.database.write() as session:
        session.execute(
            update(Announcement).values(state="waiting", reason_code="voice", reason="No voice spoke.")
        )
    stage.now += timedelta(hours=1)
    stage.dispatcher.recover(stage.now)
    stage.turn(1)
    assert [(result, code) for _, _, result, code in stage.results()] == [("failed", "voice")]


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

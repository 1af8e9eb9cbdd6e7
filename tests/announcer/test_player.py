"""The player, stepped by hand on a clock that only the test moves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from announcer.channel import HELD_BLOCKS, Play
from announcer.player import Player
from audio.errors import SinkLost
from audio.live import end_of
from audio.pcm import BLOCK, BLOCK_SECONDS, Block, Pcm
from audio.sinks.base import Label, Sink
from audio.wav import write_wav
from schedules.core.clock import utcnow


class FakeSink(Sink):
    """Keeps what it is given, and fails when told to."""

    name = "fake"

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.labels: list[str] = []
        self.ends: list[bool] = []
        self.broken = False

    def describe(self) -> str:
        return "a list"

    def begin(self, label: Label) -> None:
        self.labels.append(label.id)

    def write(self, block: Block) -> None:
        if self.broken:
            raise SinkLost("The sound card is gone.")
        self.blocks.append(np.array(block))

    def end(self, complete: bool) -> None:
        self.ends.append(complete)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Stage:
    """A player, its sink and its clock."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.sink, self.clock = folder, FakeSink(), Clock()
        self.player = Player("sanh", self.sink, self.clock)

    def start(
        self, name: str, blocks: int = 10, level: float = 0.5, after: float = 0.0, gain: float = 0.0
    ) -> None:
        path = self.folder / f"{name}.wav"
        write_wav(path, Pcm(np.full(blocks * BLOCK, level, dtype=np.float32)))
        now = utcnow()
        self.player.start(
            Play(name, name, path, blocks * BLOCK_SECONDS, now, gain), now + timedelta(seconds=after)
        )

    def run(self, seconds: float) -> None:
        """Let time pass, stepping whenever the player asks for it."""
        end = self.clock.now + seconds
        while self.clock.now < end:
            pause = self.player.step()
            if pause is None:
                self.clock.now = end
            elif pause > 0:
                self.clock.now = min(end, self.clock.now + pause)

    def events(self) -> list[tuple[str, str]]:
        return [(event.kind, event.id) for event in self.player.take_events(utcnow())]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_every_block_reaches_the_sink_once_and_in_time(stage: Stage) -> None:
    stage.start("rule")
    stage.run(5 * BLOCK_SECONDS)
    assert 5 <= len(stage.sink.blocks) <= 6
    stage.player.confirm("rule")
    stage.run(1)
    assert len(stage.sink.blocks) == 10
    assert stage.sink.ends == [True]


def test_the_end_is_announced_before_it_is_heard_and_the_last_block_waits_for_the_record(
    stage: Stage,
) -> None:
    stage.start("rule")
    stage.run(1)
    assert stage.events() == [("ending", "rule")]
    assert len(stage.sink.blocks) == 9
    stage.player.confirm("rule")
    stage.run(0.1)
    assert stage.sink.ends == [True]


def test_a_record_that_never_comes_does_not_silence_the_zone(stage: Stage) -> None:
    stage.start("rule")
    stage.run(10)
    assert stage.sink.ends == [True]


def test_it_begins_on_its_moment_and_not_before(stage: Stage) -> None:
    stage.start("rule", after=2)
    stage.run(1.9)
    assert stage.sink.blocks == []
    stage.run(0.15)
    assert len(stage.sink.blocks) >= 1


def test_an_interruption_begins_at_once_while_the_old_one_fades_out_underneath(stage: Stage) -> None:
    stage.start("rule", blocks=100)
    stage.run(0.2)
    before = len(stage.sink.blocks)
    stage.start("fire", level=0.0)
    stage.run(5 * BLOCK_SECONDS)
    assert stage.sink.labels == ["rule", "fire"]
    assert stage.sink.ends == [False]
    under = np.concatenate(stage.sink.blocks[before : before + 4]).astype(float)
    assert under[0] == pytest.approx(0.5 * 32767, abs=2)
    assert np.all(np.diff(under) <= 0)
    assert np.all(under[int(0.05 * 48_000) :] == 0)


def test_two_loud_sounds_on_top_of_each_other_do_not_wrap_around(stage: Stage) -> None:
    stage.start("rule", blocks=100, level=0.9)
    stage.run(0.2)
    before = len(stage.sink.blocks)
    stage.start("fire", level=0.9)
    stage.run(3 * BLOCK_SECONDS)
    assert min(block.min() for block in stage.sink.blocks[before:]) > 0


def test_what_is_ending_may_end_before_the_next_one_begins(stage: Stage) -> None:
    stage.start("rule")
    stage.run((10 - HELD_BLOCKS + 1) * BLOCK_SECONDS)
    stage.start("fire", level=-0.5)
    stage.player.confirm("rule")
    stage.run(6 * BLOCK_SECONDS)
    assert stage.sink.ends[0] is True
    assert stage.sink.labels == ["rule", "fire"]


def test_stop_means_silence(stage: Stage) -> None:
    stage.start("rule", blocks=100)
    stage.run(0.2)
    stage.player.stop()
    stage.run(1)
    fade = np.concatenate(stage.sink.blocks[-3:]).astype(float)
    assert np.all(np.diff(fade) <= 0)
    assert fade[-1] == 0
    assert stage.sink.ends == [False]
    assert len(stage.sink.blocks) < 20
    assert stage.events() == []


def test_a_lost_device_is_told_and_the_player_can_go_on(stage: Stage) -> None:
    stage.start("rule")
    stage.sink.broken = True
    stage.run(0.1)
    assert stage.events() == [("fault", "rule")]
    stage.sink.broken = False
    stage.start("again")
    stage.run(0.1)
    assert stage.sink.labels[-1] == "again"


def test_a_sound_that_is_gone_is_a_fault(stage: Stage) -> None:
    stage.player.start(Play("ghost", "ghost", stage.folder / "none.wav", 1, utcnow()), utcnow())
    stage.run(0.1)
    assert stage.events() == [("broken-sound", "ghost")]


def test_a_fault_that_nobody_expected_is_told_too_and_the_player_goes_on(stage: Stage) -> None:
    stage.start("rule")
    stage.sink.write = None  # type: ignore[assignment, method-assign]
    stage.run(0.1)
    assert stage.events() == [("fault", "rule")]
    del stage.sink.write
    stage.start("again")
    stage.run(0.1)
    assert stage.sink.labels[-1] == "again"


def test_the_zones_volume_is_applied(stage: Stage) -> None:
    stage.start("rule", gain=-6.0206)
    stage.run(0.05)
    assert stage.sink.blocks[0][0] == pytest.approx(0.25 * 32767, abs=2)


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_the_shortest_sounds_end_properly_too(stage: Stage, blocks: int) -> None:
    stage.start("ding", blocks=blocks)
    stage.run(0.1)
    assert stage.events() == [("ending", "ding")]
    stage.player.confirm("ding")
    stage.run(0.1)
    assert len(stage.sink.blocks) == blocks


def test_a_live_voice_sounds_until_its_end_is_known(stage: Stage) -> None:
    path = stage.folder / "call.live"
    now = utcnow()
    stage.player.start(Play("call", "call", path, 60.0, now), now)
    path.write_bytes(np.full(15 * BLOCK, 3000, np.int16).tobytes())
    stage.run(4.0)
    assert sum(bool(block.any()) for block in stage.sink.blocks) > 15  # the chime, too
    assert stage.player.take_events(utcnow()) == []
    end_of(path).touch()
    stage.run(0.5)
    assert [event.kind for event in stage.player.take_events(utcnow())] == ["ending"]
    stage.player.confirm("call")
    stage.run(0.5)
    assert stage.sink.ends == [True]


def test_a_live_voice_that_is_stopped_falls_silent_at_once(stage: Stage) -> None:
    path = stage.folder / "call.live"
    now = utcnow()
    stage.player.start(Play("call", "call", path, 60.0, now), now)
    stage.run(1.0)
    stage.player.stop()
    before = len(stage.sink.blocks)
    stage.run(1.0)
    assert len(stage.sink.blocks) - before <= 3
    assert stage.sink.ends == [False]

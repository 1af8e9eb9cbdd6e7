"""Sounds made ahead, with a renderer that the test controls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from factories import bring_in, station
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from announcer import auditions, planning, queue
from announcer.errors import VoiceError
from announcer.models import Announcement, Sound
from announcer.preparation import RETRY, Preparation
from announcer.readback.consent import approve
from announcer.rendering import Rendered
from announcer.script import Script
from announcer.studio import Studio
from audio.pcm import Pcm
from schedules.core.database import Database
from schedules.core.settings import Settings
from schedules.operations import all_zones

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


class Kitchen:
    """A renderer that keeps what it was asked for, and fails when told to."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database = database
        self.studio = Studio(Settings(home))
        self.asked: list[str] = []
        self.fails = ""
        self.verdict: dict[str, Any] = {}
        self.sha256 = "hash"
        self.listened: list[bool] = []
        self.preparation = Preparation(database, self.studio, self.render, timedelta(hours=24))

    def render(self, script: Script, key: str, listen: bool) -> Rendered:
        self.asked.append(script.spoken)
        self.listened.append(listen)
        if self.fails:
            raise VoiceError(self.fails)
        self.studio.cache.put(key, Pcm(np.full(4800, 0.1, np.float32)), {})
        spoken = {"vi": script.spoken}
        return Rendered(key, 0.1, -16.0, -1.5, self.sha256, {"vi": "espeak"}, spoken, readback=self.verdict)

    def call(self, text: str, priority: str = "normal") -> None:
        with self.database.write() as session:
            self.call_in(session, text, priority)

    def call_in(self, session: Session, text: str, priority: str = "normal") -> None:
        script = self.studio.script_of_text(text, "vi", "none")
        queue.submit(session, self.studio, queue.Request(script, text, all_zones(session), priority), NOW)

    def states(self) -> set[str]:
        with self.database.read() as session:
            return set(session.scalars(select(Announcement.state)))

    def reasons(self) -> set[str]:
        with self.database.read() as session:
            return set(session.scalars(select(Announcement.reason_code)))

    def approve(self) -> None:
        with self.database.write() as session:
            approve(session, session.scalars(select(Sound.key)).one(), "Hà", NOW)

    def all_steps(self, now: datetime = NOW) -> int:
        steps = 0
        while self.preparation.step(now):
            steps += 1
            assert steps < 50, "it never rests"
        return steps


@pytest.fixture
def kitchen(database: Database, tmp_path: Path) -> Iterator[Kitchen]:
    kitchen = Kitchen(database, tmp_path)
    yield kitchen
    kitchen.studio.close()


def test_a_live_call_gets_its_sound_and_is_ready_in_all_its_zones(kitchen: Kitchen, tmp_path: Path) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.call("xin chào")
    kitchen.all_steps()
    assert kitchen.asked == ["xin chào"]
    assert kitchen.states() == {"ready"}


def test_a_sound_that_is_there_is_not_made_again(kitchen: Kitchen, tmp_path: Path) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.call("xin chào")
    kitchen.all_steps()
    kitchen.call("xin chào")
    assert kitchen.states() == {"ready"}
    assert not kitchen.preparation.step(NOW)
    assert len(kitchen.asked) == 1


def test_the_urgent_one_is_made_first(kitchen: Kitchen, tmp_path: Path) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.call("thường")
    kitchen.call("khẩn", "urgent")
    kitchen.all_steps()
    assert kitchen.asked == ["khẩn", "thường"]


def test_everything_of_the_next_day_is_made_once(kitchen: Kitchen, tmp_path: Path) -> None:
    every = {"kind": "every", "minutes": 60, "from": "06:00", "to": "22:00"}
    content = station(
        {"key": "a", "message": "xep-hang", "trigger": every},
        {"key": "b", "message": "vach-vang", "trigger": every},
    )
    bring_in(kitchen.database, tmp_path, content, NOW)
    planning.plan(kitchen.database, NOW)
    kitchen.all_steps()
    assert sorted(kitchen.asked) == ["xin quý khách xếp hàng", "xin đứng sau vạch vàng"]


def test_emergency_messages_are_ready_before_anybody_needs_them(kitchen: Kitchen, tmp_path: Path) -> None:
    content = station()
    fire = {
        "key": "chay",
        "category": "emergency",
        "title": "Cháy",
        "wordings": {"vi": "Xin rời khỏi nhà ga."},
    }
    content["messages"].append(fire)
    bring_in(kitchen.database, tmp_path, content, NOW)
    kitchen.all_steps()
    assert kitchen.asked == ["xin rời khỏi nhà ga"]


def test_a_voice_that_fails_is_asked_again_later_and_the_reason_is_kept(
    kitchen: Kitchen, tmp_path: Path
) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.call("xin chào")
    kitchen.fails = "No voice spoke."
    kitchen.all_steps()
    with kitchen.database.read() as session:
        assert set(session.scalars(select(Announcement.reason))) == {"No voice spoke."}
    kitchen.fails = ""
    assert not kitchen.preparation.step(NOW + RETRY / 2)
    kitchen.all_steps(NOW + RETRY)
    assert kitchen.states() == {"ready"}


def test_one_that_never_works_does_not_take_the_time_of_the_others(kitchen: Kitchen, tmp_path: Path) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.call("hỏng", "urgent")
    kitchen.fails = "It hangs."
    kitchen.all_steps()
    kitchen.fails = ""
    kitchen.call("lành")
    kitchen.preparation.step(NOW + 2 * RETRY)
    assert kitchen.asked == ["hỏng", "lành"]


def test_a_call_gets_the_sound_it_was_promised_although_the_voices_changed(
    kitchen: Kitchen, tmp_path: Path
) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    with kitchen.database.write() as session:
        kitchen.call_in(session, "xin chào")
        session.execute(update(Announcement).values(sound="a key of other voices"))
    kitchen.all_steps()
    assert kitchen.states() == {"ready"}


def test_a_sound_that_the_cache_let_go_is_made_again(kitchen: Kitchen, tmp_path: Path) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.call("xin chào")
    kitchen.all_steps()
    with kitchen.database.read() as session:
        [key] = session.scalars(select(Sound.key))
    kitchen.studio.cache.remove(key)
    kitchen.call("xin chào")
    kitchen.all_steps()
    assert len(kitchen.asked) == 2


BAD = {"vi": {"grade": "bad", "score": 0.3, "reasons": ["words"], "misheard": []}}
DOUBTFUL = {"vi": BAD["vi"] | {"grade": "doubtful"}}


def test_a_normal_call_that_nobody_would_understand_waits_for_consent(
    kitchen: Kitchen, tmp_path: Path
) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.verdict = BAD
    kitchen.call("xin chào")
    kitchen.all_steps()
    assert (kitchen.states(), kitchen.reasons()) == ({"waiting"}, {"unclear"})
    assert len(kitchen.asked) == 1


def test_so_does_one_whose_bad_sound_was_there_before(kitchen: Kitchen, tmp_path: Path) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.verdict = BAD
    kitchen.call("xin chào")
    kitchen.all_steps()
    kitchen.call("xin chào")
    assert kitchen.states() == {"waiting"}
    kitchen.all_steps()
    assert kitchen.reasons() == {"unclear"}


def test_after_consent_it_is_ready(kitchen: Kitchen, tmp_path: Path) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.verdict = BAD
    kitchen.call("xin chào")
    kitchen.all_steps()
    kitchen.approve()
    kitchen.all_steps()
    assert (kitchen.states(), kitchen.reasons()) == ({"ready"}, {""})
    assert len(kitchen.asked) == 1


def test_consent_to_one_sound_is_no_consent_to_another(kitchen: Kitchen, tmp_path: Path) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.verdict = BAD
    kitchen.call("xin chào")
    kitchen.all_steps()
    kitchen.approve()
    with kitchen.database.read() as session:
        kitchen.studio.cache.remove(session.scalars(select(Sound.key)).one())
    kitchen.sha256 = "another"
    kitchen.call("xin chào")
    kitchen.all_steps()
    assert "unclear" in kitchen.reasons()


@pytest.mark.parametrize("priority", ["priority", "urgent"])
def test_what_is_more_important_is_said_however_it_sounds(
    kitchen: Kitchen, tmp_path: Path, priority: str
) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.verdict = BAD
    kitchen.call("cháy", priority)
    kitchen.all_steps()
    assert kitchen.states() == {"ready"}


def test_a_doubtful_sound_is_aired(kitchen: Kitchen, tmp_path: Path) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.verdict = DOUBTFUL
    kitchen.call("xin chào")
    kitchen.all_steps()
    assert kitchen.states() == {"ready"}


def test_an_urgent_call_does_not_wait_to_be_listened_to(kitchen: Kitchen, tmp_path: Path) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    kitchen.call("khẩn", "urgent")
    kitchen.call("thường")
    kitchen.all_steps()
    assert kitchen.listened == [False, True]


def audition(kitchen: Kitchen, text: str, now: datetime = NOW) -> str:
    with kitchen.database.write() as session:
        return auditions.ask(session, kitchen.studio, kitchen.studio.script_of_text(text, "vi", "none"), now)


def test_a_sound_that_somebody_wants_to_hear_is_made_after_what_a_zone_waits_for(
    kitchen: Kitchen, tmp_path: Path
) -> None:
    bring_in(kitchen.database, tmp_path, station(), NOW)
    audition(kitchen, "nghe thử")
    kitchen.call("tàu đến")
    kitchen.all_steps()
    assert kitchen.asked == ["tàu đến", "nghe thử"]


def test_the_sound_asked_for_last_is_made_first(kitchen: Kitchen) -> None:
    audition(kitchen, "một")
    audition(kitchen, "hai", NOW + timedelta(seconds=1))
    kitchen.all_steps(NOW + timedelta(seconds=2))
    assert kitchen.asked == ["hai", "một"]


def test_a_sound_that_could_not_be_made_says_why_and_is_made_when_asked_again(kitchen: Kitchen) -> None:
    kitchen.fails = "no voice"
    key = audition(kitchen, "nghe thử")
    kitchen.all_steps()
    with kitchen.database.read() as session:
        assert session.get_one(auditions.Audition, key).reason == "no voice"
    kitchen.fails = ""
    audition(kitchen, "nghe thử")
    kitchen.all_steps()
    assert kitchen.asked == ["nghe thử", "nghe thử"]


def test_nobody_makes_what_was_asked_for_long_ago(kitchen: Kitchen) -> None:
    audition(kitchen, "nghe thử")
    assert kitchen.all_steps(NOW + auditions.WAITS) == 0

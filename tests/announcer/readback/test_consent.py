"""Who may let a bad sound be aired, and which ones wait for it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from announcer.models import Sound
from announcer.readback.consent import approve, held_sounds
from schedules.core.database import Database
from schedules.core.errors import NotFound, UserError

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def keep(database: Database, key: str, grade: str = "") -> None:
    verdict = {"vi": {"grade": grade, "score": 0.4, "reasons": ["words"], "misheard": []}} if grade else None
    known = {"seconds": 1.0, "lufs": -16.0, "true_peak_db": -1.5, "sha256": "h", "voices": {"vi": "espeak"}}
    with database.write() as session:
        session.add(Sound(key=key, spoken={"vi": "xin chào"}, made_at=NOW, readback=verdict, **known))


def held(database: Database) -> list[str]:
    with database.read() as session:
        return [sound.key for sound in held_sounds(session)]


def test_only_bad_sounds_wait_for_consent(database: Database) -> None:
    for key, grade in (("a1", "bad"), ("b1", "doubtful"), ("c1", "good"), ("d1", "")):
        keep(database, key, grade)
    assert held(database) == ["a1"]


def test_consent_is_kept_with_who_and_when(database: Database) -> None:
    keep(database, "a1b2", "bad")
    with database.write() as session:
        approve(session, "a1", "Hà", NOW)
    with database.read() as session:
        sound = session.get_one(Sound, "a1b2")
        assert (sound.approved_by, sound.approved_at, sound.held) == ("Hà", NOW, False)
    assert held(database) == []


def test_a_sound_that_needs_none_is_refused(database: Database) -> None:
    keep(database, "c1", "good")
    with pytest.raises(UserError, match="does not wait"), database.write() as session:
        approve(session, "c1", "Hà", NOW)


@pytest.mark.parametrize("key", ["zz", "", "%"])
def test_a_key_that_is_none_is_refused(database: Database, key: str) -> None:
    keep(database, "a1", "bad")
    with pytest.raises(NotFound), database.write() as session:
        approve(session, key, "Hà", NOW)


def test_a_beginning_that_two_share_is_refused(database: Database) -> None:
    keep(database, "a1", "bad")
    keep(database, "a2", "bad")
    with pytest.raises(UserError, match="2 sounds"), database.write() as session:
        approve(session, "a", "Hà", NOW)

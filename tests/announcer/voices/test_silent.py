"""The voice of tests: the same sound for the same words, as long as estimated, and loud enough to measure."""

from __future__ import annotations

import pytest

from announcer.voices.estimate import estimate_seconds
from announcer.voices.silent import SilentVoice
from audio.measure import lufs

WORDS = "tàu sắp vào ga Cát Linh"


def test_it_is_deterministic() -> None:
    first, second = (SilentVoice().speak(WORDS, "vi") for _ in range(2))
    assert first.samples.tobytes() == second.samples.tobytes()


def test_it_takes_as_long_as_estimated() -> None:
    assert SilentVoice().speak(WORDS, "vi").seconds == pytest.approx(estimate_seconds(WORDS, "vi"), abs=0.001)


def test_its_loudness_can_be_measured() -> None:
    assert -45 < lufs(SilentVoice().speak(WORDS, "vi")) < -15

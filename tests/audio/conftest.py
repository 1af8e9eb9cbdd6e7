"""Sounds that recur in these tests."""

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import settings

from audio.pcm import RATE, Pcm

settings.register_profile("unhurried", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("unhurried")


@lru_cache(maxsize=200)
def speech_like(seconds=3.0, rate=RATE, seed=1, peak=0.3):
    """Voiced syllables with a melody, hiss between them, and pauses: loud and soft as speech is."""
    random = np.random.default_rng(seed)
    t = np.arange(round(seconds * rate)) / rate
    pitch = 2 * np.pi * np.cumsum(120 + 40 * np.sin(2 * np.pi * 0.7 * t + seed)) / rate
    voice = sum(np.sin(k * pitch) / k**1.2 for k in range(1, min(25, int(rate / 400))))
    syllables = np.clip(np.sin(2 * np.pi * 2.2 * t + seed), 0, 1) ** 0.7 * (
        0.5 + 0.5 * np.sin(2 * np.pi * 0.3 * t) ** 2
    )
    hiss = 0.15 * random.standard_normal(len(t)) * np.clip(-np.sin(2 * np.pi * 2.2 * t + seed), 0, 1)
    samples = (voice * syllables + hiss) * (np.sin(2 * np.pi * 0.25 * t) > -0.8)
    return Pcm((peak * samples / np.max(np.abs(samples))).astype(np.float32), rate)


def pure_tone(hertz=1000.0, seconds=1.0, rate=RATE, peak=0.5):
    return Pcm(
        (peak * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32), rate
    )


@pytest.fixture(scope="session")
def speech():
    """speech(seconds, rate, seed, peak) -> Pcm"""
    return speech_like


@pytest.fixture(scope="session")
def tone():
    """tone(hertz, seconds, rate, peak) -> Pcm"""
    return pure_tone

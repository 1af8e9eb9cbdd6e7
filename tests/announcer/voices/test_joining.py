"""Pieces are brought to one rate and level, and joined without a click."""

from __future__ import annotations

import numpy as np
import pytest

from announcer.voices.joining import crossfaded, levelled, resampled, trimmed, with_pauses
from announcer.voices.speech import rms
from audio.pcm import Pcm, silence


def tone(seconds: float, rate: int = 24_000, level: float = 0.5) -> Pcm:
    times = np.arange(round(seconds * rate)) / rate
    return Pcm((level * np.sin(2 * np.pi * 220 * times)).astype(np.float32), rate)


def test_resampling_keeps_duration_and_level() -> None:
    pcm = resampled(tone(0.5, 22_050), 48_000)
    assert pcm.seconds == pytest.approx(0.5, abs=0.001)
    assert rms(pcm) == pytest.approx(rms(tone(0.5)), rel=0.02)


def test_pauses_lie_between_and_not_around() -> None:
    pcm = with_pauses([tone(0.5), tone(0.5), tone(0.5)], 0.25)
    assert pcm.seconds == pytest.approx(2.0)
    assert not np.any(pcm.samples[round(0.5 * 24_000) : round(0.75 * 24_000)])


def test_pieces_of_different_rates_are_joined_at_the_highest() -> None:
    pcm = with_pauses([tone(0.5, 22_050), tone(0.5, 48_000)], 0.0)
    assert (pcm.rate, round(pcm.seconds, 2)) == (48_000, 1.0)


def test_a_crossfade_overlaps_and_never_jumps() -> None:
    flat = Pcm(np.full(2400, 0.5, np.float32), 24_000)
    pcm = crossfaded(flat, flat)
    assert len(pcm.samples) == 4800 - 480
    assert np.max(np.abs(pcm.samples - 0.5)) < 1e-6


def test_a_piece_shorter_than_the_fade_shortens_it() -> None:
    assert len(crossfaded(tone(0.5), tone(0.001)).samples) == 12_000


def test_levelling_reaches_the_target_but_not_beyond_full_scale() -> None:
    assert rms(levelled(tone(0.5, level=0.01), 0.1)) == pytest.approx(0.1, rel=1e-3)
    assert np.max(np.abs(levelled(tone(0.5), 5.0).samples)) <= 1.0
    assert rms(levelled(silence(0.1), 0.1)) == 0


def test_trimming_takes_silence_from_both_ends_only() -> None:
    gap = silence(0.3, 24_000).samples
    pcm = Pcm(np.concatenate([gap, tone(0.2).samples, gap, tone(0.2).samples, gap]), 24_000)
    assert trimmed(pcm).seconds == pytest.approx(0.7 + 2 * 0.03, abs=0.02)
    assert trimmed(silence(0.1)).seconds == pytest.approx(0.1)

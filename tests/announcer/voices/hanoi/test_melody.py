"""The pitch of each syllable is its tone's, whatever the network had in mind."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from announcer.phonology.words import utterance
from announcer.voices.hanoi.melody import FRAMES_A_UNIT, lay_tones
from announcer.voices.hanoi.tokens import tokenise
from announcer.voices.hanoi.weights import alphabet

UNITS_A_TOKEN = 8
FLAT_HERTZ = 200.0


def pitch_of(text: str, shift: float = 0.0) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Pitch in semitones over the flat 200 Hz the network would have spoken in, and energy, both of the rhyme."""
    tokens = tokenise(utterance(text), alphabet())
    durations = np.full(len(tokens.ids), UNITS_A_TOKEN)
    frames = UNITS_A_TOKEN * FRAMES_A_UNIT * len(tokens.ids)
    pitch, energy = np.full(frames, FLAT_HERTZ, np.float32), np.full(frames, 5.0, np.float32)
    lay_tones(pitch, energy, durations, tokens.spans, shift)
    span = tokens.spans[0]
    rhyme = slice(*(edge * UNITS_A_TOKEN * FRAMES_A_UNIT for edge in (span.nucleus, span.end)))
    return 12 * np.log2(pitch[rhyme] / FLAT_HERTZ), energy[rhyme]


@pytest.mark.parametrize(("word", "rises"), [("má", True), ("mà", False), ("mã", True)])
def test_tones_rise_or_fall_to_their_ends(word: str, rises: bool) -> None:
    line, _ = pitch_of(word)
    assert (line[-1] > line[0]) == rises
    assert abs(line[-1] - line[0]) > 2


def test_ngang_is_level() -> None:
    line, _ = pitch_of("ma")
    assert np.ptp(line) < 2.5


def test_hoi_dips_in_the_middle() -> None:
    line, _ = pitch_of("mả")
    middle = line[len(line) // 2]
    assert middle < line[0] - 2 and middle < line[-1] - 2


def test_nang_creaks_with_less_energy() -> None:
    line, energy = pitch_of("mạ")
    assert line[-1] < -12
    assert energy[-1] < energy[0]


def test_a_stop_has_no_voice() -> None:
    line, _ = pitch_of("mát")
    assert line[-1] < -24


def test_pitch_is_moved_as_asked() -> None:
    lower, own = pitch_of("ma", -3.0)[0], pitch_of("ma")[0]
    assert np.allclose(lower, own - 3.0, atol=0.01)

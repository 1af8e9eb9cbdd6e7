"""Long sounds are cut where nothing is said, and nothing of them is lost."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from announcer.recognisers.pieces import pieces
from audio.pcm import Pcm, silence

RATE = 8000


def speech(seconds: float) -> Pcm:
    return Pcm(np.full(round(seconds * RATE), 0.3, np.float32), RATE)


def joined(*parts: Pcm) -> Pcm:
    return Pcm(np.concatenate([part.samples for part in parts]), RATE)


PAUSE = silence(0.4, RATE)


def test_a_short_sound_stays_whole() -> None:
    assert len(pieces(joined(speech(1), PAUSE, speech(1)), 12, 3)) == 1


def test_no_piece_has_more_stretches_of_speech_than_allowed() -> None:
    sound = joined(*[part for _ in range(7) for part in (speech(0.5), PAUSE)])
    assert [round(piece.seconds, 1) for piece in pieces(sound, 12, 3)] == [2.5, 2.7, 1.1]


def test_a_long_sound_is_cut_in_its_pauses() -> None:
    for piece in pieces(joined(speech(3), PAUSE, speech(3), PAUSE, speech(3)), 4, 9):
        assert piece.seconds < 4
        assert 2.9 < np.count_nonzero(piece.samples) / RATE < 3.1


def test_speech_without_a_pause_is_cut_all_the_same() -> None:
    assert all(piece.seconds <= 4 for piece in pieces(speech(10), 4, 3))


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 2)), max_size=12))
def test_the_pieces_together_are_the_sound(parts: list[tuple[bool, float]]) -> None:
    sound = joined(
        speech(0), *(speech(seconds) if loud else silence(seconds, RATE) for loud, seconds in parts)
    )
    found = pieces(sound, 1.5, 2)
    assert np.array_equal(joined(speech(0), *found).samples, sound.samples)
    assert all(piece.seconds <= 1.52 for piece in found)

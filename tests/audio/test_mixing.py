import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from audio.mixing import FADE_SECONDS, Pauses, Playback, assemble, cut_into_blocks, gain, programme, seconds
from audio.pcm import BLOCK, RATE

SOUND = arrays(np.int16, st.integers(0, 5000), elements=st.integers(-32768, 32767))
PAUSE = st.integers(0, 4000).map(lambda samples: samples / RATE)
PARTS = st.lists(SOUND | PAUSE, max_size=6)


def flat(parts):
    return np.concatenate(
        [np.zeros(0, np.int16)]
        + [np.zeros(round(part * RATE), np.int16) if isinstance(part, float) else part for part in parts]
    )


def constant(value, length=BLOCK):
    return np.full(length, value, np.int16)


@given(PARTS)
def test_blocks_together_are_the_parts_and_then_zeros(parts):
    blocks = list(cut_into_blocks(parts))
    expected = flat(parts)
    together = np.concatenate([np.zeros(0, np.int16), *blocks])
    assert all(block.shape == (BLOCK,) and block.dtype == np.int16 for block in blocks)
    assert np.array_equal(together[: len(expected)], expected)
    assert not together[len(expected) :].any()
    assert len(together) - len(expected) < BLOCK


@given(PARTS)
def test_playing_at_no_gain_changes_nothing(parts):
    assert np.array_equal(
        np.concatenate([np.zeros(0, np.int16), *Playback(parts)]),
        np.concatenate([np.zeros(0, np.int16), *cut_into_blocks(parts)]),
    )


@given(PARTS)
def test_the_length_is_known_before_anything_is_played(parts):
    playback = Playback(parts)
    assert abs(playback.seconds - len(flat(parts)) / RATE) < 1e-9
    assert playback.played_seconds == 0
    list(playback)
    assert abs(playback.played_seconds - playback.seconds) < 1e-9
    assert not playback.cut


@given(PARTS, st.integers(0, 5))
def test_a_fade_is_over_after_fifty_milliseconds(parts, before):
    playback = Playback(parts)
    played = [block for _, block in zip(range(before), playback, strict=False)]
    playback.fade_out()
    rest = list(playback)
    assert playback.cut
    assert len(rest) * BLOCK < FADE_SECONDS * RATE + BLOCK
    assert len(played) <= before


def test_a_fade_begins_at_once_falls_all_the_way_and_never_rises():
    playback = Playback([constant(10_000, RATE)])
    next(playback)
    playback.fade_out()
    faded = np.concatenate(list(playback)).astype(int)
    assert faded[0] == 10_000
    assert faded[-1] == 0
    assert (np.diff(faded) <= 0).all()
    assert np.abs(np.diff(faded)).max() < 10_000 * 0.001  # no step that would click


def test_asking_again_does_not_lengthen_the_fade():
    playback = Playback([constant(10_000, RATE)])
    playback.fade_out()
    next(playback)
    playback.fade_out()
    assert len(list(playback)) == 2


def test_gain_is_held_within_full_scale():
    assert gain(constant(20_000), 6.0)[0] == 32767
    assert gain(constant(-20_000), 6.0)[0] == -32768
    assert gain(constant(20_000), -6.02)[0] in (9999, 10_000, 10_001)


def test_gain_also_applies_while_fading():
    playback = Playback([constant(10_000, RATE)], gain_db=-20)
    playback.fade_out()
    assert next(playback)[0] == 1000


def test_a_programme_is_chime_vietnamese_english_chime_with_pauses_between():
    chime, vi, en, end = constant(1, 5), constant(2, 6), constant(3, 7), constant(4, 8)
    parts = programme([vi, en], chime, end, pauses=Pauses(0.5, 1.0, 1.5, 0.6))
    assert [part if isinstance(part, float) else int(part[0]) for part in parts] == [
        1,
        0.5,
        2,
        1.0,
        3,
        0.6,
        4,
    ]


def test_a_repeat_says_everything_again_without_the_chimes():
    parts = programme(
        [constant(2), constant(3)], constant(1), constant(4), times=2, pauses=Pauses(0.5, 1.0, 1.5, 0.6)
    )
    assert [part if isinstance(part, float) else int(part[0]) for part in parts] == [
        1, 0.5, 2, 1.0, 3, 1.5, 2, 1.0, 3, 0.6, 4,
    ]  # fmt: skip


def test_without_chimes_there_are_no_pauses_for_them():
    assert len(programme([constant(2)])) == 1
    assert seconds(programme([constant(2, RATE)], times=2, pauses=Pauses(between_repeats=2.0))) == 4.0


@given(PARTS)
def test_an_assembled_programme_is_as_long_as_its_parts(parts):
    sound = assemble(parts)
    assert abs(sound.seconds - seconds(parts)) < 1e-9
    assert np.array_equal(sound.int16(), np.maximum(flat(parts), -32767))

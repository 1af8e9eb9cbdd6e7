"""The learned pushes lie on the parts they were learned for, and on nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from announcer.phonology.inventory import syllables
from announcer.phonology.syllables import analyse
from announcer.voices.hanoi.accent import FILES, Accent, accents_version, at_pace, load, pushed
from announcer.voices.hanoi.sounds import parts

SMALL = Accent(
    {"initial đ 0": 0},
    np.array([[[1.0, 2.0], [3.0, 2.0]], np.zeros((2, 2))], np.float32),
    np.array([3.0, 0.0], np.float32),
    np.zeros(128, np.float32),
)


def test_a_part_is_pushed_from_its_begin_to_its_end_and_the_rest_is_left_alone() -> None:
    features, energy = pushed(
        SMALL,
        np.zeros((2, 4), np.float32),
        np.zeros(8, np.float32),
        ["", "initial đ 0", "coda n 0"],
        np.array([1, 2, 1]),
    )
    assert features.tolist() == [[0, 1.5, 2.5, 0], [0, 2, 2, 0]]
    assert energy.tolist() == [0, 0, 3, 3, 3, 3, 0, 0]


every_accent = pytest.mark.parametrize("file", FILES.values(), ids=FILES)


@every_accent
def test_every_part_that_was_learned_is_a_part_of_some_syllable(file: Path) -> None:
    found = {
        f"{sound.part} {at}"
        for word in syllables()
        for sound in parts(analyse(word))
        for at in range(len(sound.phonemes))
    }
    assert set(load(file).rows) <= found


@every_accent
def test_what_was_learned_is_finite_and_small(file: Path) -> None:
    accent = load(file)
    assert np.isfinite(accent.features).all()
    assert np.abs(accent.features).max() < 2.0


@every_accent
@pytest.mark.parametrize("name", ["features", "energy"])
def test_what_has_no_row_gets_the_last_one_which_is_zero(file: Path, name: str) -> None:
    assert not np.any(getattr(load(file), name)[-1])


def test_another_file_is_another_version(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(b"other")
    assert accents_version((FILES["usual"], tmp_path / "a.npz")) != accents_version()


def test_who_is_asked_to_speak_slowly_speaks_clearly() -> None:
    assert [at_pace(share) for share in (1.1, 1.0, 0.9, 0.85)] == ["usual", "usual", "clear", "clear"]

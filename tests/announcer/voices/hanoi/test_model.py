"""The network in three pieces is the network whole, and speaks any syllable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from announcer.errors import VoiceUnavailable
from announcer.phonology.inventory import syllables
from announcer.phonology.words import utterance
from announcer.voices.hanoi import weights
from announcer.voices.hanoi.child import speak
from announcer.voices.hanoi.manner import Manner
from announcer.voices.hanoi.model import SHORTEST_VOWEL, Model, session
from announcer.voices.hanoi.tokens import tokenise
from announcer.voices.speech import rms


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("weights")
    weights.install(where)
    return where


@pytest.fixture(scope="module")
def model(folder: Path) -> Model:
    return Model(folder)


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    """The network as it was made: whole, and in its three pieces."""
    whole = weights.assembled()
    return {"whole": whole, **weights.pieces(whole)}


def test_the_pieces_left_alone_give_the_sound_of_the_whole(plain: dict[str, Any]) -> None:
    tokens = tokenise(utterance("xin chào"), weights.alphabet())
    style = weights.style("jf_alpha")[len(tokens.ids) - 2].reshape(1, -1)
    start = {"tokens": np.array([tokens.ids], np.int64), "style": style, "speed": np.array([1.0], np.float32)}
    whole = run(plain["whole"], ["audio"], start)["audio"]
    values = dict(start)
    for piece, (inputs, outputs) in weights.CUTS.items():
        values |= run(plain[piece], outputs, {name: values[name] for name in inputs})
    assert np.array_equal(values["audio"], whole)


def test_the_quick_piece_differs_as_the_plain_one_does_after_a_change_by_a_millionth(
    model: Model, folder: Path, plain: dict[str, Any]
) -> None:
    values = model.planned(utterance("tàu sắp vào ga"), Manner()).values
    little = 1 + 1e-6 * np.random.default_rng(1).normal(size=values[weights.FEATURES].shape)
    changed = {**values, weights.FEATURES: (values[weights.FEATURES] * little).astype(np.float32)}
    sound = run(plain["sound"], ["audio"], values)["audio"]
    by_a_millionth = run(plain["sound"], ["audio"], changed)["audio"]
    quick = session(folder / weights.PIECES["sound"]).run(["audio"], values)[0]
    assert np.corrcoef(quick, sound)[0, 1] > 0.95
    assert np.square(quick - sound).mean() < 3 * np.square(by_a_millionth - sound).mean()


def run(made: Any, outputs: list[str], values: dict[str, Any]) -> dict[str, Any]:
    return dict(zip(outputs, session(made.SerializeToString()).run(outputs, values), strict=True))


def test_it_is_installed_once(folder: Path) -> None:
    assert not weights.install(folder)
    assert weights.why_not_installed(folder) == ""


def test_what_an_earlier_version_installed_goes(folder: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "sound.onnx"
    earlier.write_bytes(b"of an earlier version")
    assert weights.install(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == set(weights.PIECES.values())


def test_without_its_weights_it_says_what_to_do(tmp_path: Path) -> None:
    assert "loaga voices install" in weights.why_not_installed(tmp_path)


def test_damaged_weights_are_refused_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "blobs", lambda: iter([b"not these"]))
    with pytest.raises(VoiceUnavailable, match="damaged"):
        weights.install(tmp_path / "weights")
    assert not (tmp_path / "weights").exists()


def test_syllables_from_all_over_the_inventory_are_rendered(model: Model) -> None:
    """Every 211th, twenty in a phrase. All of them are turned into tokens in test_tokens.py."""
    some = list(syllables())[::211]
    for start in range(0, len(some), 20):
        pcm = model.phrase(utterance(" ".join(some[start : start + 20])), Manner())
        assert np.isfinite(pcm.samples).all()
        assert rms(pcm) > 0.01


def test_a_slower_pace_takes_longer(model: Model) -> None:
    words = "xin quý khách lùi lại"
    assert (
        speak(model, words, Manner(pace=0.7)).seconds > 1.15 * speak(model, words, Manner(pace=1.0)).seconds
    )


def test_the_same_words_give_the_same_samples(model: Model) -> None:
    first, second = (speak(model, "tàu sắp vào ga", Manner()) for _ in range(2))
    assert np.array_equal(first.samples, second.samples)


def test_no_vowel_is_too_short_to_be_heard(model: Model) -> None:
    """Left alone, the network says some syllables in a long row of unconnected ones in a twentieth of a second."""
    units = utterance(" ".join(list(syllables())[::20][340:360]))
    plan = model.planned(units, Manner())
    spans = tokenise(units, weights.alphabet()).spans
    assert min(plan.durations[span.nucleus : span.coda].sum() for span in spans) >= SHORTEST_VOWEL

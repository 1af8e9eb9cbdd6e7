"""The network in three pieces is the network whole, and speaks any syllable."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from announcer.errors import VoiceUnavailable
from announcer.phonology.inventory import syllables
from announcer.phonology.words import utterance
from announcer.voices.hanoi import weights
from announcer.voices.hanoi.child import speak
from announcer.voices.hanoi.manner import Manner
from announcer.voices.hanoi.model import Model, session
from announcer.voices.hanoi.tokens import tokenise
from announcer.voices.speech import rms


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("weights")
    weights.install(where, keep_whole=True)
    return where


@pytest.fixture(scope="module")
def model(folder: Path) -> Model:
    return Model(folder)


def test_the_pieces_left_alone_give_the_sound_of_the_whole(folder: Path) -> None:
    tokens = tokenise(utterance("xin chào"), weights.alphabet())
    style = weights.style("jf_alpha")[len(tokens.ids) - 2].reshape(1, -1)
    start = {"tokens": np.array([tokens.ids], np.int64), "style": style, "speed": np.array([1.0], np.float32)}
    whole = session(folder / "whole.onnx").run(["audio"], start)[0]
    values = dict(start)
    for piece in weights.PIECES:
        inputs, outputs = weights.CUTS[piece]
        found = session(folder / f"{piece}.onnx").run(outputs, {name: values[name] for name in inputs})
        values |= dict(zip(outputs, found, strict=True))
    assert np.array_equal(values["audio"], whole)


def test_it_is_installed_once(folder: Path) -> None:
    assert not weights.install(folder, keep_whole=True)
    assert weights.why_not_installed(folder) == ""


def test_without_its_weights_it_says_what_to_do(tmp_path: Path) -> None:
    assert "loaga voices install" in weights.why_not_installed(tmp_path)


def test_damaged_weights_are_refused_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "blobs", lambda: iter([b"not these"]))
    with pytest.raises(VoiceUnavailable, match="damaged"):
        weights.install(tmp_path / "weights")
    assert list((tmp_path / "weights").iterdir()) == []


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

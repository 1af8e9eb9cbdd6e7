"""A Piper voice is added whole, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hoa import CARD, HASH, MODEL, ONCE, SETTINGS, STEM, added, names, source
from shop import Shop

from announcer.voices.adding import Wish, add
from announcer.voices.piper import joe
from announcer.voices.registry import Setup, Voices
from schedules.core.errors import StationError, UserError


def test_a_file_becomes_a_voice_with_its_licence_and_hash(tmp_path: Path, voices: Path) -> None:
    done = added(Wish(str(source(tmp_path / "stick"))), voices)
    assert done.voice.info.name == "piper:hoa"
    assert done.licence == CARD
    assert done.sha256 == HASH
    assert {path.name: path.read_bytes() for path in (voices / STEM).iterdir()} == {
        f"{STEM}.onnx": MODEL,
        f"{STEM}.onnx.json": json.dumps(SETTINGS).encode(),
        "MODEL_CARD": CARD.encode(),
        "SHA256SUMS": f"{HASH}  {STEM}.onnx\n".encode(),
    }


def test_an_address_becomes_a_voice(shop: Shop, voices: Path) -> None:
    done = added(Wish(shop.url(f"/vi/{STEM}.onnx?download=true"), sha256=HASH.upper()), voices)
    assert done.voice.model.read_bytes() == MODEL
    assert "CC BY 4.0" in done.voice.info.licence


def test_an_added_voice_is_found_by_name_and_spoken_of_first_if_staff_say_so(tmp_path: Path) -> None:
    added(Wish(str(source(tmp_path / "stick"))), tmp_path / "voices")
    station = Voices(Setup(tmp_path))
    assert station.get("piper:hoa").info.languages == ("vi",)
    assert station.choose("vi", "piper:hoa")[0].info.name == "piper:hoa"
    station.close()


def test_a_real_voice_speaks_under_its_new_name(voices: Path) -> None:
    done = add(Wish(str(joe().model), name="en_US-jo-medium"), voices)
    assert done.voice.info.name == "piper:jo"
    assert "CC0" in done.voice.info.licence
    assert done.voice.speak("platform two", "en").seconds > 0.4
    done.voice.close()


def test_a_model_that_cannot_speak_is_refused(tmp_path: Path, voices: Path) -> None:
    with pytest.raises(UserError, match="cannot speak, so it was not added"):
        add(Wish(str(source(tmp_path / "stick"))), voices)
    assert names(voices) == []


def test_voices_that_change_their_names_are_told(tmp_path: Path, voices: Path) -> None:
    added(Wish(str(source(tmp_path / "one"))), voices)
    done = added(Wish(str(source(tmp_path / "two", "vi_VN-hoa-low"))), voices)
    assert done.voice.info.name == "piper:vi_VN-hoa-low"
    assert done.renamed == (("piper:hoa", "piper:vi_VN-hoa-medium"),)


def test_of_two_who_add_at_once_one_is_told_to_wait(tmp_path: Path, voices: Path) -> None:
    model = source(tmp_path / "stick")

    def meanwhile(path: Path) -> None:
        with pytest.raises(StationError, match="already running"):
            added(Wish(str(model)), voices)

    add(Wish(str(model)), voices, ONCE, trial=meanwhile)
    assert names(voices) == ["piper:hoa"]

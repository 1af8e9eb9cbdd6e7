"""A voice comes with its licence, its own settings and the right bytes, or it is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hoa import HASH, MODEL, ONCE, SETTINGS, STEM, added, names, refused, source
from shop import Shop

from announcer.voices.adding import Wish
from announcer.voices.downloading import DownloadError
from schedules.core.errors import UserError


def test_without_a_licence_it_is_refused_before_the_model_is_fetched(shop: Shop, voices: Path) -> None:
    del shop.files["/vi/MODEL_CARD"]
    error = refused(
        Wish(shop.url(f"/vi/{STEM}.onnx"), sha256=HASH), voices, "No licence comes with this voice"
    )
    assert "--licence" in error.hint
    assert shop.ranges_of(f"/vi/{STEM}.onnx") == []


def test_a_card_that_names_no_licence_is_none(tmp_path: Path, voices: Path) -> None:
    model = source(tmp_path / "stick")
    model.with_name("MODEL_CARD").write_text("# Model card\n\n* License:\n* Speakers: 1\n", "utf-8")
    refused(Wish(str(model)), voices, "No licence")


def test_a_card_beside_several_voices_might_be_anothers(tmp_path: Path, voices: Path) -> None:
    source(tmp_path / "stick", "vi_VN-lan-low")
    refused(Wish(str(source(tmp_path / "stick"))), voices, "No licence")


def test_a_given_licence_is_kept_and_its_title_shown(tmp_path: Path, voices: Path) -> None:
    text = "\n  Giấy phép của đài\n\nĐược dùng ở nhà ga.\n"
    (tmp_path / "giay-phep.txt").write_text(text, "utf-8")
    done = added(Wish(str(source(tmp_path / "stick")), licence=str(tmp_path / "giay-phep.txt")), voices)
    assert done.licence == text
    assert (voices / STEM / "LICENCE").read_text("utf-8") == text
    assert "voice: Giấy phép của đài;" in done.voice.info.licence


def test_a_licence_may_be_an_address(shop: Shop, tmp_path: Path, voices: Path) -> None:
    shop.files["/licence"] = b"CC0 1.0 Universal\n"
    done = added(Wish(str(source(tmp_path / "stick")), licence=shop.url("/licence")), voices)
    assert "CC0 1.0 Universal" in done.voice.info.licence


@pytest.mark.parametrize("text", [None, " \n\n"])
def test_a_given_licence_that_is_missing_or_empty_is_refused(
    tmp_path: Path, voices: Path, text: str | None
) -> None:
    model, file = source(tmp_path / "stick"), tmp_path / "l.txt"
    model.with_name("MODEL_CARD").unlink()
    if text is not None:
        file.write_text(text)
    refused(Wish(str(model), licence=str(file)), voices, "There is no file" if text is None else "No licence")


def test_another_file_than_was_meant_is_refused(tmp_path: Path, voices: Path) -> None:
    refused(Wish(str(source(tmp_path / "stick")), sha256="0" * 64), voices, f"its SHA-256 is {HASH}")
    assert not list(voices.glob(".adding/*.part"))


def test_a_published_hash_is_checked(tmp_path: Path, voices: Path) -> None:
    model = source(tmp_path / "stick")
    Path(f"{model}.sha256").write_text(f"{'0' * 64}  {model.name}\n")
    refused(Wish(str(model)), voices, "another file than was meant")
    Path(f"{model}.sha256").write_text("nothing")
    refused(Wish(str(model)), voices, "holds no SHA-256")
    Path(f"{model}.sha256").write_text(f"{HASH}  {model.name}\n")
    assert added(Wish(str(model)), voices).sha256 == HASH


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "<html>not here</html>",
        "\udcff",
        json.dumps({**SETTINGS, "audio": {}}),
        json.dumps({**SETTINGS, "audio": {"sample_rate": 0}}),
        json.dumps({**SETTINGS, "audio": {"sample_rate": "fast"}}),
        json.dumps({**SETTINGS, "num_speakers": 0}),
        json.dumps({**SETTINGS, "language": {}, "espeak": {"voice": ""}}),
        json.dumps({**SETTINGS, "language": {}, "espeak": {}}),
        json.dumps({key: value for key, value in SETTINGS.items() if key != "num_speakers"}),
    ],
)
def test_settings_of_no_piper_voice_are_refused(tmp_path: Path, voices: Path, text: str) -> None:
    model = source(tmp_path / "stick")
    Path(f"{model}.json").write_text(text, "utf-8", errors="surrogateescape")
    refused(Wish(str(model)), voices, "is not the settings of a Piper voice")


def test_missing_files_are_named(tmp_path: Path, voices: Path) -> None:
    model = source(tmp_path / "stick")
    model.unlink()
    refused(
        Wish(str(model), licence=str(model.with_name("MODEL_CARD"))),
        voices,
        f"There is no file .*{STEM}.onnx",
    )
    Path(f"{model}.json").unlink()
    refused(Wish(str(model)), voices, f"has its settings beside it.*{STEM}.onnx.json")


def test_a_download_that_broke_off_goes_on_with_the_same_command(shop: Shop, voices: Path) -> None:
    path = f"/vi/{STEM}.onnx"
    wish = Wish(shop.url(path), sha256=HASH)
    shop.breaks = [None, None, 100_000, 0]  # after settings and card
    with pytest.raises(DownloadError):
        added(wish, voices)
    assert names(voices) == []
    added(wish, voices)
    assert (voices / STEM / f"{STEM}.onnx").read_bytes() == MODEL
    assert shop.ranges_of(path) == ["", "bytes=100000-", "bytes=100000-"]


def test_too_large_a_model_is_refused(shop: Shop, tmp_path: Path, voices: Path) -> None:
    small = replace(ONCE, most_bytes=1000)
    for where in (shop.url(f"/vi/{STEM}.onnx"), str(source(tmp_path / "stick"))):
        with pytest.raises(UserError, match="larger than"):
            added(Wish(where, sha256=HASH), voices, small)

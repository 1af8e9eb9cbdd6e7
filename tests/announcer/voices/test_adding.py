"""A Piper voice is added whole, with its licence, or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shop import Shop, open_shop

from announcer.voices import adding
from announcer.voices.adding import Added, Wish, add, remove
from announcer.voices.downloading import DownloadError, Limits
from announcer.voices.piper import discover, joe
from announcer.voices.registry import Setup, Voices
from schedules.core.errors import LoagaError, NotFound, StationError, UserError

STEM = "vi_VN-hoa-medium"
MODEL = bytes(range(256)) * 2000
HASH = hashlib.sha256(MODEL).hexdigest()
SETTINGS: dict[str, Any] = {
    "audio": {"sample_rate": 22050, "quality": "medium"},
    "espeak": {"voice": "vi"},
    "language": {"family": "vi"},
    "num_speakers": 1,
}
CARD = "# Model card for hoa\n\n* License: CC BY 4.0\n"
ONCE = Limits(tries=1, pause_seconds=0.0)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def shop() -> Iterator[Shop]:
    """Has the voice hoa, as Piper's voices are published."""
    with open_shop() as shop:
        shop.files = {
            f"/vi/{STEM}.onnx": MODEL,
            f"/vi/{STEM}.onnx.json": json.dumps(SETTINGS).encode(),
            "/vi/MODEL_CARD": CARD.encode(),
        }
        yield shop


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    return tmp_path / "home" / "voices"


def source(folder: Path, stem: str = STEM, model: bytes = MODEL) -> Path:
    """A voice's three files, as somebody carries them on a stick."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "MODEL_CARD").write_text(CARD, "utf-8")
    (folder / f"{stem}.onnx.json").write_text(json.dumps(SETTINGS), "utf-8")
    (folder / f"{stem}.onnx").write_bytes(model)
    return folder / f"{stem}.onnx"


def added(wish: Wish, voices: Path, limits: Limits = ONCE) -> Added:
    """``add``, the model of a few bytes not being asked to speak."""
    return add(wish, voices, limits, trial=lambda model: None)


def names(voices: Path) -> list[str]:
    return [voice.info.name for voice in discover(voices)]


def refused(wish: Wish, voices: Path, match: str) -> LoagaError:
    """The refusal; nothing but an empty workshop is left behind."""
    before = {path for path in voices.rglob("*") if ".adding" not in path.parts}
    with pytest.raises(LoagaError, match=match) as caught:
        added(wish, voices)
    assert {path for path in voices.rglob("*") if ".adding" not in path.parts} == before
    assert not list(voices.glob(".adding/*/*"))
    return caught.value


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


# Licences


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


# Hashes


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


def test_over_http_a_hash_is_asked_for(shop: Shop, voices: Path) -> None:
    refused(Wish(shop.url(f"/vi/{STEM}.onnx")), voices, "Over http")
    assert shop.asked == []


def test_what_is_no_hash_is_told(tmp_path: Path, voices: Path) -> None:
    refused(
        Wish(str(source(tmp_path / "stick")), sha256="d41d8cd98f00b204e9800998ecf8427e"),
        voices,
        "is no SHA-256",
    )


# Settings


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


# Names


@pytest.mark.parametrize(
    "path",
    [
        "/vi/..%2F..%2Fevil.onnx",
        "/vi/%2e%2e.onnx",
        "/vi/.onnx",
        "/vi/a%00b.onnx",
        "/vi/-rf.onnx",
        "/vi/h%20a.onnx",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(shop: Shop, voices: Path, path: str) -> None:
    refused(Wish(shop.url(path), sha256=HASH), voices, "cannot be the name of a voice")
    assert shop.asked == []


@pytest.mark.parametrize("name", ["../evil", "a/b", "..", "/etc/evil", "giọng", "a" * 81, "x~"])
def test_a_given_name_that_leads_elsewhere_is_refused(tmp_path: Path, voices: Path, name: str) -> None:
    refused(Wish(str(source(tmp_path / "stick")), name=name), voices, "cannot be the name of a voice")


def test_the_name_of_the_houses_own_voice_is_refused(tmp_path: Path, voices: Path) -> None:
    refused(Wish(str(source(tmp_path / "stick")), name="joe"), voices, "belongs to the English voice")


def test_what_is_no_model_by_its_name_is_refused(tmp_path: Path, voices: Path) -> None:
    refused(Wish(str(tmp_path / "voice.zip")), voices, "no Piper model")


def test_voices_that_change_their_names_are_told(tmp_path: Path, voices: Path) -> None:
    added(Wish(str(source(tmp_path / "one"))), voices)
    done = added(Wish(str(source(tmp_path / "two", "vi_VN-hoa-low"))), voices)
    assert done.voice.info.name == "piper:vi_VN-hoa-low"
    assert done.renamed == (("piper:hoa", "piper:vi_VN-hoa-medium"),)


# Replacing


def test_a_voice_is_replaced_only_if_that_is_asked_for(tmp_path: Path, voices: Path) -> None:
    model = source(tmp_path / "stick")
    first = added(Wish(str(model)), voices).voice.info.options
    model.write_bytes(MODEL[::-1])
    error = refused(Wish(str(model)), voices, f"There is a voice {STEM} already")
    assert "--replace" in error.hint
    second = added(Wish(str(model), replace=True), voices)
    assert second.voice.model.read_bytes() == MODEL[::-1]
    assert [path.name for path in voices.iterdir() if path.name != ".adding"] == [STEM]
    assert second.voice.info.options != first  # of one size, and yet not one sound to the cache


def test_while_it_is_replaced_there_is_always_one_whole_voice(
    tmp_path: Path, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = source(tmp_path / "stick")
    added(Wish(str(model)), voices)
    seen: list[bytes] = []
    whole = Path.rename

    def rename(self: Path, target: Path) -> Path:
        moved = whole(self, target)
        seen.extend(voice.model.read_bytes() for voice in discover(voices) if not voice.why_unavailable())
        return moved

    monkeypatch.setattr(Path, "rename", rename)
    model.write_bytes(MODEL[::-1])
    added(Wish(str(model), replace=True), voices)
    assert seen == [MODEL, MODEL, MODEL[::-1]]


def test_a_replacement_that_was_cut_off_is_found_and_can_be_done_again(tmp_path: Path, voices: Path) -> None:
    model = source(tmp_path / "stick")
    added(Wish(str(model)), voices)
    (voices / STEM).rename(voices / f"{STEM}~")
    assert names(voices) == ["piper:hoa"]
    refused(Wish(str(model)), voices, "already")
    added(Wish(str(model), replace=True), voices)
    assert [path.name for path in voices.iterdir() if path.name != ".adding"] == [STEM]


def test_a_replacement_that_is_refused_leaves_the_old_voice(tmp_path: Path, voices: Path) -> None:
    model = source(tmp_path / "stick")
    added(Wish(str(model)), voices)
    refused(Wish(str(model), replace=True, sha256="0" * 64), voices, "another file")
    assert names(voices) == ["piper:hoa"]


def test_a_voice_that_was_put_there_by_hand_is_not_touched(tmp_path: Path, voices: Path) -> None:
    source(voices)
    refused(Wish(str(source(tmp_path / "stick")), replace=True), voices, "put there by hand")


def test_a_folder_with_other_files_is_not_replaced(tmp_path: Path, voices: Path) -> None:
    model = source(tmp_path / "stick")
    added(Wish(str(model)), voices)
    (voices / STEM / "notes.txt").write_text("mine")
    refused(Wish(str(model), replace=True), voices, "holds other files")


def test_of_two_who_add_at_once_one_is_told_to_wait(tmp_path: Path, voices: Path) -> None:
    model = source(tmp_path / "stick")

    def meanwhile(path: Path) -> None:
        with pytest.raises(StationError, match="already running"):
            added(Wish(str(model)), voices)

    add(Wish(str(model)), voices, ONCE, trial=meanwhile)
    assert names(voices) == ["piper:hoa"]


# Downloads


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


# Removing


def test_a_voice_is_removed_by_either_name(tmp_path: Path, voices: Path) -> None:
    for name in ("piper:hoa", "hoa"):
        added(Wish(str(source(tmp_path / "stick"))), voices)
        assert remove(name, voices).info.name == "piper:hoa"
        assert [path.name for path in voices.iterdir()] == [".adding"]


def test_of_voices_dropped_side_by_side_one_is_removed(voices: Path) -> None:
    source(voices)
    source(voices, "vi_VN-lan-low")
    remove("lan", voices)
    assert names(voices) == ["piper:hoa"]
    assert sorted(path.name for path in voices.iterdir()) == [
        "MODEL_CARD",
        f"{STEM}.onnx",
        f"{STEM}.onnx.json",
    ]


def test_other_files_in_the_folder_of_a_removed_voice_stay(tmp_path: Path, voices: Path) -> None:
    added(Wish(str(source(tmp_path / "stick"))), voices)
    (voices / STEM / "notes.txt").write_text("mine")
    remove("hoa", voices)
    assert names(voices) == []
    assert (voices / STEM / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["joe", "piper:joe", "espeak", "../hoa"])
def test_what_was_not_added_is_not_removed(tmp_path: Path, voices: Path, name: str) -> None:
    added(Wish(str(source(tmp_path / "stick"))), voices)
    with pytest.raises(NotFound, match="was added to this station") as caught:
        remove(name, voices)
    assert "piper:hoa" in caught.value.hint
    assert names(voices) == ["piper:hoa"]


def test_nothing_of_the_workshop_counts_as_a_voice(voices: Path) -> None:
    source(voices / adding.WORKSHOP / STEM)
    assert names(voices) == []

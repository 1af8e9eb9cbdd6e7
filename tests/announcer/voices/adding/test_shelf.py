"""A voice is replaced and removed whole, and nothing else in the folder is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hoa import MODEL, STEM, added, names, refused, source

from announcer.voices.adding import WORKSHOP, Wish, remove
from announcer.voices.piper import discover
from schedules.core.errors import NotFound


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
    source(voices / WORKSHOP / STEM)
    assert names(voices) == []

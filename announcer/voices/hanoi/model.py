"""One phrase through the network: durations, then pitch and energy, then sound, with our own hand laid on between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from announcer.phonology.words import Unit
from announcer.voices.hanoi import weights
from announcer.voices.hanoi.accent import FILES, Accent, load, pushed
from announcer.voices.hanoi.manner import Manner
from announcer.voices.hanoi.melody import lay_tones
from announcer.voices.hanoi.tokens import Tokens, tokenise
from audio.pcm import Pcm, Samples

RATE = 24_000
UNIT = 600  # samples in a unit of duration
SHORTEST_VOWEL = 3  # units
MOST_TOKENS = 509
FRAME = 240
SILENT_RMS = 0.002
EDGE_SECONDS = 0.05


@dataclass(frozen=True)
class Plan:
    """A phrase before it sounds: ``values`` for the sound piece by name, and per token its part and its duration in units."""

    values: dict[str, NDArray[Any]]
    parts: list[str]
    durations: NDArray[np.int64]


class Model:
    """The three pieces of the network, loaded once (about 0.5 s)."""

    def __init__(self, folder: Path, accents: Mapping[str, Path] = FILES) -> None:
        self._pieces = {piece: session(folder / file) for piece, file in weights.PIECES.items()}
        self._tidy = tidy()
        self._accents = {name: load(path) for name, path in accents.items()}
        self._alphabet = weights.alphabet()
        self._styles: dict[str, NDArray[np.float32]] = {}

    def phrase(self, units: Sequence[Unit], manner: Manner) -> Pcm:
        """``units`` as sound, a short silence at either end. At most MOST_TOKENS tokens: cut longer texts before."""
        return Pcm(_trimmed(self.spoken(self.planned(units, manner), manner.accent)), RATE)

    def spoken(self, plan: Plan, accent: str) -> Samples:
        """The sound of a plan, UNIT samples a unit of its durations, with the silence that the network leaves at its ends."""
        sound = self._run("sound", accented(self._accents[accent], plan))["audio"]
        return np.asarray(sound, np.float32).ravel()

    def planned(self, units: Sequence[Unit], manner: Manner) -> Plan:
        """``units`` with our durations and tones, still in the network's own accent."""
        tokens = tokenise(units, self._alphabet)
        found = self._run("durations", self._inputs(tokens, manner))
        durations = _durations(found[weights.DURATIONS].ravel(), tokens)
        found[weights.DURATIONS] = durations.reshape(1, -1).astype(np.float32)
        found |= self._run("prosody", _only(found, "prosody"))
        pitch, energy = found[weights.PITCH].copy(), found[weights.ENERGY].copy()
        lay_tones(pitch[0], energy[0], durations, tokens.spans, manner.pitch)
        found |= {weights.PITCH: pitch, weights.ENERGY: energy}
        return Plan(_only(found, "sound"), tokens.parts, durations)

    def _inputs(self, tokens: Tokens, manner: Manner) -> dict[str, NDArray[Any]]:
        styles = self._styles.setdefault(manner.style, weights.style(manner.style))
        row = min(len(tokens.ids) - 2, len(styles) - 1)
        return {
            "tokens": np.array([tokens.ids], np.int64),
            "style": styles[row].reshape(1, -1),
            "speed": np.array([manner.pace], np.float32),
        }

    def _run(self, piece: str, values: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        outputs = weights.CUTS[piece][1]
        return dict(zip(outputs, self._pieces[piece].run(outputs, values, self._tidy), strict=True))


def accented(accent: Accent, plan: Plan) -> dict[str, NDArray[Any]]:
    """The inputs of the sound piece."""
    features, energy = plan.values[weights.FEATURES][0], plan.values[weights.ENERGY][0]
    features, energy = pushed(accent, features, energy, plan.parts, plan.durations)
    return {
        **plan.values,
        weights.FEATURES: features[np.newaxis],
        weights.ENERGY: energy[np.newaxis],
        weights.STYLE_OF_SOUND: plan.values[weights.STYLE_OF_SOUND] + accent.style,
    }


def session(model: Path | bytes) -> Any:
    """For a file, or what would stand in it. On one thread: the other cores belong to playout, and one thread adds in the same order every time.

    onnxruntime's arena of memory stays on: without it a long phrase takes four times the memory and twice the time.
    """
    import onnxruntime  # type: ignore[import-untyped,unused-ignore]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model if isinstance(model, bytes) else str(model), options, providers=["CPUExecutionProvider"]
    )


def tidy() -> Any:
    """Options of a run that gives its memory back at the end, which is else kept for a phrase as long as the longest."""
    import onnxruntime

    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options


def _durations(own: NDArray[np.float32], tokens: Tokens) -> NDArray[np.int64]:
    """In units of 25 ms, at least one where we change the network's own; no vowel is too short to carry its tone."""
    factors = np.array(tokens.factors)
    changed = np.maximum(1, np.round(own * factors))
    durations: NDArray[np.int64] = np.where(factors != 1.0, changed, own).astype(np.int64)
    for span in tokens.spans:
        durations[span.nucleus] += max(0, SHORTEST_VOWEL - int(durations[span.nucleus : span.coda].sum()))
    return durations


def _only(found: Mapping[str, NDArray[Any]], piece: str) -> dict[str, NDArray[Any]]:
    return {name: found[name] for name in weights.CUTS[piece][0]}


def _trimmed(samples: Samples) -> Samples:
    """Without the long silence that the network leaves at either end."""
    whole = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    loud = np.flatnonzero(np.sqrt(np.mean(np.square(whole), axis=1)) > SILENT_RMS)
    if not len(loud):
        return samples
    edge = round(EDGE_SECONDS * RATE)
    return samples[max(0, loud[0] * FRAME - edge) : (loud[-1] + 1) * FRAME + edge]

"""What the network's sounds lack for Vietnamese, learned: a small push for every part of a syllable.

The network turns each token into 512 features and an energy before it makes sound of them. An accent has for each
part of a syllable, such as the first token of the initial đ, what is added to both: to the features one push where the
part begins and one where it ends, for a consonant is a movement. One more row shifts the style of the speaker. There are two:
``usual``, and ``clear`` for slow speech to a hall, as people too speak otherwise there. How they were learned, from which sentences, and
who judged them: docs/voice.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
FILES = {name: Path(__file__).with_name(f"accent-{name}.npz") for name in ("usual", "clear")}
CLEAR_FROM = 0.93  # of the voice's own pace: who is asked to speak slower than this is asked to be clear


@dataclass(frozen=True)
class Accent:
    """``rows`` finds a part's row in ``features``, shape (parts + 1, 2, 512: begin and end), and ``energy``, shape
    (parts + 1,); the last row of both is zero, for what has none. ``style`` has the shape (128,).
    """

    rows: dict[str, int]
    features: Array
    energy: Array
    style: Array


def at_pace(share: float) -> str:
    """The name of the accent for speech at this share of the voice's own pace."""
    return "clear" if share < CLEAR_FROM else "usual"


@cache
def load(path: Path) -> Accent:
    with np.load(path) as data:
        return Accent(
            {str(name): row for row, name in enumerate(data["parts"])},
            np.pad(data["features"].astype(np.float32), ((0, 1), (0, 0), (0, 0))),
            np.pad(data["energy"].astype(np.float32), (0, 1)),
            data["style"].astype(np.float32),
        )


@cache
def accents_version(paths: tuple[Path, ...] = tuple(FILES.values())) -> str:
    """Changes with any of the files: finished sounds are kept by it."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def pushed(
    accent: Accent, features: Array, energy: Array, parts: Sequence[str], durations: NDArray[np.int64]
) -> tuple[Array, Array]:
    """``features`` (512, units) and ``energy`` (2 × units,) with the push of each token's part; durations in units a token."""
    rows = np.repeat([accent.rows.get(part, -1) for part in parts], durations)
    begin, end = accent.features[rows].transpose(1, 2, 0)
    return features + begin + (end - begin) * places(durations), energy + np.repeat(accent.energy[rows], 2)


def places(durations: NDArray[np.int64]) -> Array:
    """How far into its token each unit is, between 0 and 1."""
    starts = np.repeat(np.cumsum(durations) - durations, durations)
    return ((np.arange(len(starts)) - starts + 0.5) / np.repeat(durations, durations)).astype(np.float32)

"""Two rows of words laid side by side, and the error rates that come of it.

WER, tone-less WER and CER count as everybody counts them: substitutions, missing and added ones over the length of what was
meant; they may exceed 1. With nothing meant they are 0, or 1 if something was heard.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["matched", "substituted", "missing", "added"]
Distance = Callable[[str, str], float]

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True)
class Step:
    """One place of the alignment. ``meant`` is empty for an added word, ``heard`` for a missing one; ``cost`` is 0…1."""

    kind: Kind
    meant: str
    heard: str
    cost: float


def unlike(meant: str, heard: str) -> float:
    return float(meant != heard)


def align(meant: Sequence[str], heard: Sequence[str], distance: Distance = unlike) -> list[Step]:
    """The alignment of least cost: ``distance`` (0…1) for two words side by side, 1 for a missing or added one."""
    costs = _costs(meant, heard, distance)
    steps: list[Step] = []
    i, j = len(meant), len(heard)
    while i or j:
        cost = distance(meant[i - 1], heard[j - 1]) if i and j else 2.0
        if i and j and costs[i][j] == costs[i - 1][j - 1] + cost:
            i, j = i - 1, j - 1
            kind: Kind = "matched" if cost == 0 else "substituted"
            steps.append(Step(kind, meant[i], heard[j], cost))
        elif i and costs[i][j] == costs[i - 1][j] + 1:
            i -= 1
            steps.append(Step("missing", meant[i], "", 1.0))
        else:
            j -= 1
            steps.append(Step("added", "", heard[j], 1.0))
    return steps[::-1]


def _costs(meant: Sequence[str], heard: Sequence[str], distance: Distance) -> list[list[float]]:
    """``costs[i][j]``: the least cost of the first i words against the first j."""
    costs = [[float(j) for j in range(len(heard) + 1)]]
    for i, word in enumerate(meant, start=1):
        above, row = costs[-1], [float(i)]
        for j, other in enumerate(heard, start=1):
            row.append(min(above[j - 1] + distance(word, other), above[j] + 1, row[j - 1] + 1))
        costs.append(row)
    return costs


def wer(meant: Sequence[str], heard: Sequence[str]) -> float:
    """Word error rate."""
    return rate(align(meant, heard))


def toneless_wer(meant: Sequence[str], heard: Sequence[str]) -> float:
    """Word error rate with the tone marks taken off both sides; ă, â, ê, ô, ơ and ư stay."""
    return wer([without_tone(word) for word in meant], [without_tone(word) for word in heard])


def cer(meant: Sequence[str], heard: Sequence[str]) -> float:
    """Character error rate; words are joined by single spaces, which count."""
    return wer(" ".join(meant), " ".join(heard))


def rate(steps: Iterable[Step]) -> float:
    """The cost of an alignment over the number of words meant."""
    taken = list(steps)
    cost, length = sum(step.cost for step in taken), sum(step.kind != "added" for step in taken)
    return cost / length if length else float(cost > 0)


def without_tone(word: str) -> str:
    kept = (letter for letter in unicodedata.normalize("NFD", word) if letter not in TONES)
    return unicodedata.normalize("NFC", "".join(kept))

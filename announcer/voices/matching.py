"""Which clips cover a text: the fewest words left over, then the fewest pieces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Clip = TypeVar("Clip")


@dataclass(frozen=True)
class Token:
    """A word as ``written``, its ``key`` for comparing, and the first punctuation ``mark`` after it, or ""."""

    written: str
    key: str
    mark: str


@dataclass(frozen=True)
class Piece(Generic[Clip]):
    """A run of words, and the clip that says them; None where no clip does."""

    words: tuple[Token, ...]
    clip: Clip | None


@dataclass(frozen=True)
class _Best(Generic[Clip]):
    """The best cover of the words up to some place: its cost, and the last piece (start, clip)."""

    cost: tuple[int, int]  # words without a clip, pieces
    start: int
    clip: Clip | None

    @property
    def rank(self) -> tuple[int, int, bool]:
        """Lower is better. At equal cost an open left-over piece is better: the next such word joins it for nothing."""
        return *self.cost, self.clip is not None


def tokens(text: str) -> list[Token]:
    """The words of a text in NFC."""
    found = re.findall(r"([\w'’-]*\w)([^\w]*)", text)
    return [Token(word, word.casefold(), after.strip()[:1]) for word, after in found]


def cover(words: Sequence[Token], clips: Mapping[tuple[str, ...], Clip]) -> list[Piece[Clip]]:
    """``words`` cut into pieces, neighbouring words without a clip in one piece. ``clips`` maps keys of words to clips.

    Dynamic programming from the left: ``best[n]`` is the cheapest cover of the first n words.
    """
    longest = max((len(key) for key in clips), default=0)
    keys = tuple(word.key for word in words)
    best: list[_Best[Clip]] = [_Best((0, 0), 0, None)]
    for end in range(1, len(words) + 1):
        choices = [_left_over(best[end - 1], end)]
        for start in range(max(0, end - longest), end):
            if (clip := clips.get(keys[start:end])) is not None:
                missing, pieces = best[start].cost
                choices.append(_Best((missing, pieces + 1), start, clip))
        best.append(min(choices, key=lambda choice: choice.rank))
    return _traced(words, best)


def _left_over(before: _Best[Clip], end: int) -> _Best[Clip]:
    """The word before ``end`` has no clip: it joins a left-over piece before it, or begins one."""
    missing, pieces = before.cost
    if before.clip is None and end > 1:
        return _Best((missing + 1, pieces), before.start, None)
    return _Best((missing + 1, pieces + 1), end - 1, None)


def _traced(words: Sequence[Token], best: list[_Best[Clip]]) -> list[Piece[Clip]]:
    pieces: list[Piece[Clip]] = []
    end = len(words)
    while end:
        last = best[end]
        pieces.append(Piece(tuple(words[last.start : end]), last.clip))
        end = last.start
    return pieces[::-1]

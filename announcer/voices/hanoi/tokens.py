"""From syllables to the network's tokens, remembering which token is which part of which syllable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from announcer.phonology.words import Unit
from announcer.voices.hanoi.sounds import VOICED, parts

PAUSE_MARKS = {"comma": ",", "stop": "."}


@dataclass(frozen=True)
class Span:
    """Where a syllable's parts begin, as indexes of tokens; ``end`` is one past its last. ``pause`` follows it."""

    start: int
    medial: int
    nucleus: int
    coda: int
    end: int
    tone: str
    stopped: bool
    voiced: bool
    pause: bool


@dataclass(frozen=True)
class Tokens:
    """``ids`` and ``factors`` of duration have one entry a token, the padding token at either end included."""

    ids: list[int]
    factors: list[float]
    spans: list[Span]


def tokenise(units: Sequence[Unit], alphabet: Mapping[str, int]) -> Tokens:
    """``units`` of one phrase; the last counts as being before a pause. ``alphabet``: phoneme to id."""
    found = Tokens([0], [1.0], [])
    for at, unit in enumerate(units):
        if at:
            _put(found, " ", 1.0, alphabet)
        edges = [len(found.ids)]
        for sound in parts(unit.syllable):
            _put(found, sound.phonemes, sound.factor, alphabet)
            edges.append(len(found.ids))
        found.spans.append(_span(edges, unit, pause=bool(unit.pause) or at == len(units) - 1))
        if unit.pause:
            _put(found, PAUSE_MARKS[unit.pause], 1.0, alphabet)
    found.ids.append(0)
    found.factors.append(1.0)
    return found


def _span(edges: Sequence[int], unit: Unit, pause: bool) -> Span:
    start, medial, nucleus, coda, end = edges
    syllable = unit.syllable
    voiced = syllable.initial in VOICED
    return Span(start, medial, nucleus, coda, end, syllable.tone, syllable.stopped, voiced, pause)


def _put(found: Tokens, phonemes: str, factor: float, alphabet: Mapping[str, int]) -> None:
    found.ids.extend(alphabet[phoneme] for phoneme in phonemes)
    found.factors.extend(factor for _ in phonemes)

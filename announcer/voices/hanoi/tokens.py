"""From syllables to the network's tokens, remembering which token is which part of which syllable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from announcer.phonology.words import Unit
from announcer.voices.hanoi.sounds import VOICED, Sound, parts

PADDING = 0
GAP = Sound("", " ", 1.0)
PAUSE_MARKS = {"comma": Sound("", ",", 1.0), "stop": Sound("", ".", 1.0)}


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
    """``ids``, ``factors`` of duration and names of ``parts`` ("initial đ 0": its first token; "": none) have one entry a token,
    the padding token at either end included.
    """

    ids: list[int]
    factors: list[float]
    parts: list[str]
    spans: list[Span]


def tokenise(units: Sequence[Unit], alphabet: Mapping[str, int]) -> Tokens:
    """``units`` of one phrase; the last counts as being before a pause. ``alphabet``: phoneme to id."""
    found = Tokens([PADDING], [1.0], [""], [])
    for at, unit in enumerate(units):
        if at:
            _put(found, GAP, alphabet)
        edges = [len(found.ids)]
        for sound in parts(unit.syllable):
            _put(found, sound, alphabet)
            edges.append(len(found.ids))
        found.spans.append(_span(edges, unit, pause=bool(unit.pause) or at == len(units) - 1))
        if unit.pause:
            _put(found, PAUSE_MARKS[unit.pause], alphabet)
    found.ids.append(PADDING)
    found.factors.append(1.0)
    found.parts.append("")
    return found


def _span(edges: Sequence[int], unit: Unit, pause: bool) -> Span:
    start, medial, nucleus, coda, end = edges
    syllable = unit.syllable
    voiced = syllable.initial in VOICED
    return Span(start, medial, nucleus, coda, end, syllable.tone, syllable.stopped, voiced, pause)


def _put(found: Tokens, sound: Sound, alphabet: Mapping[str, int]) -> None:
    for at, phoneme in enumerate(sound.phonemes):
        found.ids.append(alphabet[phoneme])
        found.factors.append(sound.factor)
        found.parts.append(f"{sound.part} {at}" if sound.part else "")

"""Which sounds of Vietnamese were heard as which: the aligned words taken apart into initial, rhyme and tone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from announcer.phonology.syllables import Syllable, analyse, is_syllable
from announcer.readback.align import Step

PARTS = ("initial", "rhyme", "tone")
NOTHING = "∅"
MOST_MISTAKEN = 3  # what a sound was heard as, the most frequent first


class Confusions:
    """Counts over many sentences. A word heard as no Vietnamese syllable, or not at all, tells nothing of its sounds."""

    def __init__(self) -> None:
        self._heard: dict[str, dict[str, Counter[str]]] = {part: defaultdict(Counter) for part in PARTS}

    def add(self, steps: Iterable[Step]) -> None:
        for step in steps:
            if step.meant and step.heard and is_syllable(step.meant) and is_syllable(step.heard):
                sounds = zip(PARTS, _sounds(analyse(step.meant)), _sounds(analyse(step.heard)), strict=True)
                for part, meant, heard in sounds:
                    self._heard[part][meant][heard] += 1

    def table(self) -> dict[str, list[dict[str, Any]]]:
        """Per part, the sounds that were misheard, the most mistakes first: {"sound", "said", "wrong", "heard_as"}."""
        rows = {
            part: [_row(meant, heard) for meant, heard in counted.items() if heard.total() > heard[meant]]
            for part, counted in self._heard.items()
        }
        return {part: sorted(found, key=lambda row: -row["wrong"]) for part, found in rows.items()}


def _row(meant: str, heard: Counter[str]) -> dict[str, Any]:
    mistaken = Counter({sound: times for sound, times in heard.items() if sound != meant})
    return {
        "sound": meant,
        "said": heard.total(),
        "wrong": mistaken.total(),
        "heard_as": dict(mistaken.most_common(MOST_MISTAKEN)),
    }


def _sounds(syllable: Syllable) -> tuple[str, str, str]:
    rhyme = ("w" if syllable.medial else "") + syllable.nucleus + syllable.coda
    return syllable.initial or NOTHING, rhyme, syllable.tone

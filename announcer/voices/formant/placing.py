"""Where each syllable stands: in which phrase, how far into it, before what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from announcer.phonology.syllables import Syllable
from announcer.phonology.words import Unit

PAUSE_SECONDS = {"": 0.0, "comma": 0.28, "stop": 0.45}
LAST_IS_LONGER = 1.25
FALL_SEMITONES = 2.0  # over a phrase of FALL_SYLLABLES or more
FALL_SYLLABLES = 8


@dataclass(frozen=True)
class Placed:
    """``stretched``: how many times its length; ``pitch`` in semitones; ``then``: what follows without a pause."""

    syllable: Syllable
    stretched: float
    pitch: float
    then: Syllable | None
    pause: float

    @property
    def last(self) -> bool:
        """Whether a phrase ends with it."""
        return self.then is None


def placed(units: Sequence[Unit], pace: float) -> Iterator[Placed]:
    """``units`` with their places. The pitch falls through a phrase and begins anew with the next."""
    for phrase in _phrases(units):
        fall = FALL_SEMITONES / max(FALL_SYLLABLES, len(phrase) - 1)
        for index, (unit, then) in enumerate(zip(phrase, [*phrase[1:], None], strict=True)):
            yield Placed(
                unit.syllable,
                stretched=(1.0 if then else LAST_IS_LONGER) / pace,
                pitch=0.4 * FALL_SEMITONES - fall * index,
                then=then.syllable if then else None,
                pause=PAUSE_SECONDS[unit.pause],
            )


def _phrases(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    phrase: list[Unit] = []
    for unit in units:
        phrase.append(unit)
        if unit.pause:
            yield phrase
            phrase = []
    if phrase:
        yield phrase

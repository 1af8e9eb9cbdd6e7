"""How unlike two words sound, 0…1: a recogniser that hears "kín" for "kính" has understood nearly everything.

Spelling that Hà Nội says alike ("xếp", "sếp") is the same. The weights say what a listener loses: the initial and the
vowel carry most; tones and endings are what synthetic voices and recognisers blur first.
"""

from __future__ import annotations

from functools import lru_cache

from announcer.phonology.syllables import NotASyllable, Syllable, analyse
from announcer.readback.align import cer, without_tone

INITIAL, MEDIAL, NUCLEUS, CODA, TONE = 0.35, 0.10, 0.35, 0.25, 0.15


@lru_cache(maxsize=65536)
def unlikeness(meant: str, heard: str) -> float:
    """Between two words in lower case. Words that are no Vietnamese syllables are compared by their letters."""
    if meant == heard:
        return 0.0
    try:
        return _between(analyse(meant), analyse(heard))
    except NotASyllable:
        return min(1.0, cer(without_tone(meant), without_tone(heard)))


def _between(meant: Syllable, heard: Syllable) -> float:
    parts = (
        INITIAL * (meant.initial != heard.initial),
        MEDIAL * (meant.medial != heard.medial),
        NUCLEUS * (meant.nucleus != heard.nucleus),
        CODA * (meant.coda != heard.coda),
        TONE * (meant.tone != heard.tone),
    )
    return min(1.0, sum(parts))

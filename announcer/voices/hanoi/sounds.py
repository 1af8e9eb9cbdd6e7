"""Which of the network's phonemes stand for which sound of Hà Nội.

An entry is phonemes of Kokoro's alphabet; "*0.6" after them multiplies their duration. What each rests on was heard by a
recogniser, not by a person: the obvious phoneme was often the wrong one (x for kh, ʔ for no initial, ɤ for ơ).
"""

from __future__ import annotations

from dataclasses import dataclass

from announcer.phonology.syllables import Syllable

INITIALS = {
    "": "", "b": "b", "ch": "ʨ", "d": "z", "đ": "d", "g": "ɡ", "h": "h", "k": "k*0.6", "kh": "kʰ", "l": "l", "m": "m",
    "n": "n", "ng": "ŋ", "nh": "ɲ", "p": "p", "ph": "f", "s": "s", "t": "t*0.5", "th": "tʰ", "v": "v",
}  # fmt: skip
MEDIAL = "w"
OPEN, CLOSED, GLIDING = "open", "closed", "gliding"  # nothing, a consonant, or a glide after the vowel
NUCLEI = {
    "a": {OPEN: "aa", CLOSED: "aa", GLIDING: "aa"},
    "ă": {OPEN: "a", CLOSED: "a", GLIDING: "a"},
    "â": {OPEN: "ʌ", CLOSED: "ʌ", GLIDING: "ʌ"},
    "e": {OPEN: "ɛː", CLOSED: "ɛ", GLIDING: "ɛ"},
    "ê": {OPEN: "eː", CLOSED: "e", GLIDING: "e"},
    "i": {OPEN: "iː", CLOSED: "i", GLIDING: "i"},
    "o": {OPEN: "ɔ", CLOSED: "ɔɑ*0.8", GLIDING: "ɔɑ*0.8"},
    "ô": {OPEN: "oː", CLOSED: "o", GLIDING: "o"},
    "ơ": {OPEN: "ɜː", CLOSED: "ɜɤ", GLIDING: "ɜɤ"},
    "u": {OPEN: "uː", CLOSED: "u", GLIDING: "u"},
    "ư": {OPEN: "ɯː", CLOSED: "ɯ", GLIDING: "ɯ"},
    "ia": dict.fromkeys((OPEN, CLOSED, GLIDING), "iə"),
    "ưa": dict.fromkeys((OPEN, CLOSED, GLIDING), "ɯə"),
    "ua": dict.fromkeys((OPEN, CLOSED, GLIDING), "uə"),
}
CODAS = {
    "": "", "m": "m", "n": "n", "ng": "ŋ", "nh": "ŋ", "p": "p", "t": "t", "k": "kʔ", "ch": "k", "j": "j", "w": "w",
}  # fmt: skip
# Vowels that ng, nh, c and ch change: (nucleus, coda) to the phonemes of both.
RHYMES = {
    ("a", "nh"): ("aɪ", "ŋ"), ("a", "ch"): ("aɪ", "kʔ"),
    ("o", "ng"): ("aʊ", "ŋ"), ("o", "k"): ("aʊ", "k"),
    ("ô", "ng"): ("əʊ", "ŋ"), ("ô", "k"): ("əʊ", "k"),
}  # fmt: skip
UNCHANGED = {"oo": "o", "ôô": "ô"}  # the long vowel of "xoong", which ng does not change
VOICED = frozenset("b d đ g l m n ng nh v".split())  # initials that carry the beginning of the tone
SHORT_NANG = 0.9  # a nặng syllable without a stop is cut short


@dataclass(frozen=True)
class Sound:
    """``phonemes`` of one part of a syllable, called ``part``, and what their duration is multiplied by."""

    part: str
    phonemes: str
    factor: float


def parts(syllable: Syllable) -> tuple[Sound, Sound, Sound, Sound]:
    """The sounds of initial, medial, nucleus and coda; a part that is not there has no phonemes."""
    nucleus, coda = UNCHANGED.get(syllable.nucleus, syllable.nucleus), syllable.coda
    where = OPEN if not coda else GLIDING if coda in ("j", "w") else CLOSED
    changed = RHYMES.get((syllable.nucleus, coda))
    vowel, end = changed or (NUCLEI[nucleus][where], CODAS[coda])
    rhyme = f"rhyme {nucleus}{coda}" if changed else f"nucleus {nucleus} {where}"
    short = SHORT_NANG if syllable.tone == "nang" and not syllable.stopped else 1.0
    return (
        _sound(f"initial {syllable.initial}", INITIALS[syllable.initial], 1.0),
        _sound("medial", MEDIAL if syllable.medial else "", 1.0),
        _sound(rhyme, vowel, short),
        _sound(f"coda {coda}", end, short),
    )


def _sound(part: str, entry: str, factor: float) -> Sound:
    phonemes, _, own = entry.partition("*")
    return Sound(part, phonemes, factor * float(own or 1.0))

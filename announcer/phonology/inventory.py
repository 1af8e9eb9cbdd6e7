"""Every syllable that Vietnamese spelling allows: initials × rhymes × tones, some fifteen thousand.

For tests and tables: what a voice says of these, it says of every text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from announcer.phonology.syllables import TONE_MARKS, TONES

RHYMES = tuple(
    """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu  i ich im in inh ip it iu
    o oc oi om on ong op ot ooc oong  ô ôc ôi ôm ôn ông ôp ôt ôôc ôông  ơ ơi ơm ơn ơp ơt
    u uc ui um un ung up ut  ư ưc ưi ưm ưng ưp ưt ưu
    ia iêc iêm iên iêng iêp iêt iêu  ua uôc uôi uôm uôn uông uôt  ưa ươc ươi ươm ươn ương ươp ươt ươu
    oa oac oach oai oam oan oang oanh oao oap oat oay  oăc oăm oăn oăng oăt  oe oen oeo oet
    uân uâng uât uây  uê uêch uênh uêu  uơ  uy uych uyn uynh uyp uyt uyu  uya uyên uyêt
    """.split()
)
FRONT = "eêiy"
PLAIN = "b d đ h l m n nh p ph r s t th tr ch kh v x".split()
STOP_LETTERS = ("c", "ch", "p", "t")


def syllables() -> Iterator[str]:
    """Each spelling once, NFC, lower case, with its tone mark where spelling rules put it."""
    seen = set()
    for rhyme in RHYMES:
        for body in spellings(rhyme):
            for tone in tones_of(rhyme):
                word = with_tone(body, tone)
                if word not in seen:
                    seen.add(word)
                    yield word


def spellings(rhyme: str) -> Iterator[str]:
    """``rhyme`` after each initial, spelt as it must be: k, gh and ngh before e, ê and i; qu for k with a medial."""
    front, medial = rhyme[0] in FRONT, has_medial(rhyme)
    yield "y" + rhyme[1:] if rhyme.startswith("iê") else rhyme
    for initial in PLAIN:
        yield initial + rhyme
    for back, before_front in (("c", "k"), ("g", "gh"), ("ng", "ngh")):
        if not (medial and back == "c"):
            yield (before_front if front else back) + rhyme
    if medial:
        yield "qu" + rhyme[1:]
    if not rhyme.startswith("i"):
        yield "gi" + rhyme
    else:
        yield "g" + rhyme  # gì, giếng: the i is written once


def has_medial(rhyme: str) -> bool:
    return rhyme.startswith(("oa", "oă", "oe", "uâ", "uê", "uơ", "uy"))


def tones_of(rhyme: str) -> tuple[str, ...]:
    return ("sac", "nang") if rhyme.endswith(STOP_LETTERS) else TONES


def with_tone(letters: str, tone: str) -> str:
    """``letters`` with the mark over the vowel that carries it, in the old style ("hoà" is the new one, "hòa" ours)."""
    if tone == "ngang":
        return letters
    mark = next(mark for mark, name in TONE_MARKS.items() if name == tone)
    at = _carrier(letters)
    return unicodedata.normalize("NFC", letters[: at + 1] + mark + letters[at + 1 :])


def _carrier(letters: str) -> int:
    """The index of the vowel under the mark: the one with a sign of its own, else by how the syllable ends."""
    start = (
        2
        if letters.startswith("qu") or (letters.startswith("gi") and letters[2:3] in tuple("aăâeoôơuư"))
        else 0
    )
    vowels = [i for i, letter in enumerate(letters) if i >= start and letter in "aăâeêioôơuưy"]
    marked = [i for i in vowels if letters[i] in "ăâêôơư"]
    if marked:
        return marked[-1]
    if len(vowels) == 1 or vowels[-1] != len(letters) - 1:
        return vowels[-1]
    return vowels[-2]

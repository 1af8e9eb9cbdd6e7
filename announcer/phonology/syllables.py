"""One written syllable of quốc ngữ, taken apart: initial, medial, nucleus, coda, tone, as Hà Nội says them.

Spelling is nearly phonemic, so one pattern reads it all. Hà Nội does not tell tr from ch, s from x, nor r and gi from d;
the analysis says so, and the voices need not know.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

TONE_MARKS = {"\u0300": "huyen", "\u0301": "sac", "\u0309": "hoi", "\u0303": "nga", "\u0323": "nang"}
TONES = ("ngang", *TONE_MARKS.values())
INITIALS = ("", *"b ch d đ g h k kh l m n ng nh p ph s t th v".split())
NUCLEI = tuple("a ă â e ê i o oo ô ôô ơ u ư ia ua ưa".split())  # "oo" as in xoong: o that ng leaves as it is
STOPS = ("p", "t", "k", "ch")
CODAS = ("", "m", "n", "ng", "nh", *STOPS, "j", "w")


@dataclass(frozen=True)
class Syllable:
    """``initial`` of INITIALS ("": none), ``medial`` the w of "hoa", ``nucleus`` of NUCLEI, ``coda`` of CODAS, ``tone`` of TONES.

    Before a stop there are only two tones, sắc and nặng.
    """

    initial: str
    medial: bool
    nucleus: str
    coda: str
    tone: str

    @property
    def stopped(self) -> bool:
        return self.coda in STOPS


class NotASyllable(ValueError):
    """The word is not one syllable of Vietnamese spelling."""


PATTERN = re.compile(
    r"""(?P<initial> ngh|ng|nh|gh|gi(?=[aăâeoôơuư])|g|kh|ph|th|tr|ch|qu|[bcdđhklmnprstvx] )?
        (?P<medial>  o(?=[aăe])|u(?=[âêyơ])|u(?=a[mnptck]) )?
        (?P<nucleus> iê|yê|ia|ya|ươ|ưa|uô|ua|oo|ôô|[aăâeêioôơuưy] )
        (?P<coda>    ng|nh|ch|[mnptckiyuo] )?""",
    re.VERBOSE,
)
SAME_INITIAL = {"ngh": "ng", "gh": "g", "gi": "d", "r": "d", "tr": "ch", "c": "k", "qu": "k", "x": "s"}
SAME_NUCLEUS = {"y": "i", "iê": "ia", "yê": "ia", "ya": "ia", "ươ": "ưa", "uô": "ua"}
SAME_CODA = {"c": "k", "i": "j", "y": "j", "o": "w", "u": "w"}
BEFORE_A_STOP = {
    "ngang": "sac",
    "nga": "sac",
    "huyen": "nang",
    "hoi": "nang",
}  # in borrowed words: "cat" as "cát"


@lru_cache(maxsize=8192)
def analyse(word: str) -> Syllable:
    """The sounds of one written syllable, in any case and Unicode form. Raises NotASyllable."""
    letters, tone = split_tone(word)
    found = PATTERN.fullmatch(letters)
    if not found:
        raise NotASyllable(word)
    spelt_initial, spelt_nucleus = found["initial"] or "", found["nucleus"]
    initial = SAME_INITIAL.get(spelt_initial, spelt_initial)
    nucleus = SAME_NUCLEUS.get(spelt_nucleus, spelt_nucleus)
    coda = SAME_CODA.get(found["coda"] or "", found["coda"] or "")
    medial = bool(found["medial"]) or spelt_initial == "qu"
    if spelt_initial == "g" and spelt_nucleus in ("i", "iê", "ia"):
        initial = "d"  # "gì", "giếng": the i of gi is the nucleus as well
    if spelt_initial == "qu" and nucleus == "ô":
        medial, nucleus = False, "ua"  # "quốc" is said as if it were written "cuốc"
    if nucleus == "a" and found["coda"] in ("y", "u"):
        nucleus = "ă"  # "tay" and "tau" are short where "tai" and "tao" are long
    if coda in STOPS:
        tone = BEFORE_A_STOP.get(tone, tone)
    return Syllable(initial, medial, nucleus, coda, tone)


def is_syllable(word: str) -> bool:
    try:
        analyse(word)
    except NotASyllable:
        return False
    return True


def split_tone(word: str) -> tuple[str, str]:
    """The letters without the tone mark, in lower case and NFC, and the tone: "Tường" is ("tương", "huyen")."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    marks = [TONE_MARKS[letter] for letter in decomposed if letter in TONE_MARKS]
    letters = "".join(letter for letter in decomposed if letter not in TONE_MARKS)
    return unicodedata.normalize("NFC", letters), marks[-1] if marks else "ngang"

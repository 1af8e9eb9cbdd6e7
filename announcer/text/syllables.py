"""Whether letters can be said as a Vietnamese syllable, or must be spelled."""

from __future__ import annotations

import re
import unicodedata

_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
_NUCLEUS = "(?:iê|yê|ươ|ưa|uô|oa|oă|oe|oo|uâ|uê|uơ|uya|uyê|uy|ia|ua|ưu|[aăâeêioôơuưy])"
_CODA = "(?:ng|nh|ch|[cmnptiouy])?"
_SYLLABLE = re.compile(_ONSET + _NUCLEUS + _CODA)
_CONSONANTS = re.compile("[bcdđfghjklmnpqrstvwxz]+")


def is_syllable(word: str) -> bool:
    """``word`` in any case, with or without its tone."""
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    return _SYLLABLE.fullmatch(bare) is not None and not bare.endswith(("ii", "uu", "yy", "iy", "yi"))


def has_no_vowel(word: str) -> bool:
    return _CONSONANTS.fullmatch(word.lower()) is not None

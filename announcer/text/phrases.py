"""The last step: lower case, words only, cut into phrases where a speaker would pause."""

from __future__ import annotations

import re
import unicodedata

from announcer.text.cleaning import early_tones

_PAUSE = re.compile(r"[.,;:!?…()\[\]\n]+|(?<=\s)-(?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


def phrases(text: str) -> list[str]:
    """Phrases of words with single spaces; a phrase without a word is none."""
    cut = (" ".join(_words(part)) for part in _PAUSE.split(text))
    return [phrase for phrase in cut if phrase]


def _words(part: str) -> list[str]:
    return _WORD.findall(early_tones(only_letters(part.lower())))


def only_letters(text: str) -> str:
    """Lower case can leave marks (İ) or break NFC; what is neither letter, hyphen nor apostrophe becomes a space."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(map(_letter, text)))


def _letter(sign: str) -> str:
    if sign.isalpha() or sign in "-'":
        return sign
    return "" if unicodedata.category(sign)[0] == "M" else " "

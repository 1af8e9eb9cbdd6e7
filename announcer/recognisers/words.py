"""Text as the words one hears, so that what was meant and what was heard can be held against each other."""

from __future__ import annotations

import re
import unicodedata

from announcer.text import read
from announcer.text.cleaning import early_tones


def spoken_words(text: str, language: str) -> tuple[str, ...]:
    """Lower case, NFC, older tone marks, no signs. Where there are digits, the reading rules write them out: recognisers
    differ in whether they write "19h30" or the words.
    """
    if any(letter.isdigit() for letter in text):
        text = read(text, language)
    plain = early_tones(unicodedata.normalize("NFC", text).lower())
    return tuple(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", plain))

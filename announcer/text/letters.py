"""The names of letters: for codes, for acronyms nobody taught us, and for a consonant that stands alone."""

from __future__ import annotations

import re
import unicodedata

from announcer.text.rule import Context
from announcer.text.syllables import has_no_vowel, is_syllable

_RUNS = re.compile(r"\d+|[^\W\d_]")
_CAPITALS = re.compile(r"(?<![^\W_])[A-ZĐ]{2,}(?![^\W_])")
_LOWER = re.compile(r"(?<![^\W_])(?<!')[bcdđfghjklmnpqrstvwxz]+(?![^\W_]|')", re.IGNORECASE)
LONGEST_SPELLED = (
    6  # longer runs of capitals are words (VINGROUP), longer runs of consonants nobody can follow
)


def letter(sign: str, context: Context) -> str:
    names = context.words.table("letters")
    bare = unicodedata.normalize("NFD", sign.lower())[0] if sign else sign
    return names.get(sign.lower()) or names.get(bare, sign.lower())


def spell(text: str, context: Context, digits_apart: bool = False) -> str:
    """``SE19`` as "ét e mười chín", or digit by digit; signs between are silent."""
    say = context.numerals
    number = say.digits if digits_apart else say.code
    return " ".join(number(run) if run.isdigit() else letter(run, context) for run in _RUNS.findall(text))


def acronyms(text: str, context: Context) -> str:
    """Capitals that make no Vietnamese syllable are spelled, unless they are long enough to be a word."""

    def say(match: re.Match[str]) -> str:
        word = match.group()
        if is_syllable(word) or (len(word) > LONGEST_SPELLED - 1 and not has_no_vowel(word)):
            return word
        return f" {spell(word, context)} "

    return _CAPITALS.sub(say, text)


def lone_consonants(text: str, context: Context) -> str:
    """ "điểm đ", "cửa B", "tr": no voice can say a word without a vowel."""

    def say(match: re.Match[str]) -> str:
        return (
            f" {spell(match.group(), context)} " if len(match.group()) <= LONGEST_SPELLED else match.group()
        )

    return _LOWER.sub(say, text)

"""Letters as they were meant: one form for every Đ, dash, quote, digit and tone, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_POWER = re.compile(f"[{SUPERSCRIPTS}]+")
_MIXED = re.compile(r"(?<=\d)\s?(?=[¼-¾⅐-⅞])")
_TO_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")

# Before NFKC, which would make "o" of º, "No" of № and "1⁄2" of ½ right behind another digit.
_MEANT = str.maketrans({"º": "°", "˚": "°", "№": " số ", "⁄": "/", "∕": "/", "´": "'", "`": "'", "¨": " "})
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("ÐƉ", "Đ"),
        **dict.fromkeys("ðɖ", "đ"),
        **dict.fromkeys("‐‑‒–—―−⸺⸻﹘﹣－", "-"),
        **dict.fromkeys("‘’‚‛′ʹʼ", "'"),
        **dict.fromkeys("“”„‟″«»「」『』", '"'),
        **dict.fromkeys("\u2028\u2029\x85\r\v\f", "\n"),
        **dict.fromkeys("⁄∕", "/"),
    }
)
# New-style tone marks (hoà, khoẻ, uỷ) become the older ones (hòa, khỏe, ủy): one spelling, one sound in the cache.
_LATE_TONE = re.compile(
    r"(?<![qQ])([oO])([àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ])(?![^\W\d_])|(?<![qQ])([uU])([ỳýỷỹỵỲÝỶỸỴ])(?![^\W\d_])"
)


def clean(text: str) -> str:
    """NFC text in which every rule can rely on ``-``, ``'``, ``"``, ``0``–``9`` and ``Đ``."""
    text = _POWER.sub(
        lambda run: "^" + run.group().translate(_TO_DIGITS), _MIXED.sub(" & ", text.translate(_MEANT))
    )
    if not text.isascii():
        text = _without_marks(unicodedata.normalize("NFKC", "".join(map(_number_apart, text))))
        text = "".join(map(_plain_digit, text))
    return early_tones("".join(map(_visible, text.translate(_ALIKE))))


def early_tones(text: str) -> str:
    return _LATE_TONE.sub(_early_tone, text)


def _number_apart(letter: str) -> str:
    """Numbers that are one sign: ½ is 1/2, ① is 1. Decimal digits stay for NFKC."""
    if letter.isascii() or unicodedata.category(letter) not in ("No", "Nl"):
        return letter
    if letter.isalpha() or unicodedata.normalize("NFKC", letter).isalpha():
        return letter  # Ⅷ is VIII
    value = Fraction(unicodedata.numeric(letter, 0)).limit_denominator(1000)
    return f" {value} "


def _plain_digit(letter: str) -> str:
    if letter.isascii() or not letter.isnumeric():
        return letter
    if unicodedata.category(letter) == "Nd":
        return str(unicodedata.digit(letter))
    return _number_apart(letter)


def _without_marks(text: str) -> str:
    """Without the marks that belong to no letter; taking one out may let its neighbours join, hence the loop."""
    while True:
        kept = "".join(letter for letter in text if unicodedata.category(letter)[0] != "M")
        if kept == text:
            return text
        text = unicodedata.normalize("NFKC", kept)


def _visible(letter: str) -> str:
    if " " <= letter <= "~" or letter == "\n":
        return letter
    category = unicodedata.category(letter)
    if category == "Cf":
        return ""
    return " " if category[0] in "CZ" else letter


def _early_tone(match: re.Match[str]) -> str:
    first, second = match.group(1) or match.group(3), match.group(2) or match.group(4)
    base, tone = tuple(unicodedata.normalize("NFD", second))
    return unicodedata.normalize("NFC", first + tone) + base

"""Acronyms, signs, hyphens and ranges."""

from __future__ import annotations

import re

from announcer.text.english.numbers import ENGLISH
from announcer.text.letters import LONGEST_SPELLED, spell
from announcer.text.rule import Context, chain, replacing, said_before
from announcer.text.syllables import has_no_vowel

_SIGNS = {
    "&": "and", "+": "plus", "=": "equals", "°": "degrees", "@": "at", "%": "per cent", "×": "by", "→": "to",
    "$": "dollars", "€": "euros", "£": "pounds", "₫": "dong", "§": "section", "±": "plus or minus", "≤": "at most",
    "≥": "at least", "≈": "about", "^": "to the power of",
}  # fmt: skip
_CAPITALS = re.compile(r"(?<![^\W_])[A-ZĐ]{2,}(?![^\W_])")
_NUMBER = r"\d+(?:[.,:]\d+)*"
_UNIT = r"(?:\s?(?:[ap]m|%|km|m|kg|VND|USD|°C|minutes|hours)(?!\w))?"


def _years(match: re.Match[str], _context: Context) -> str:
    return f"{ENGLISH.year(int(match[1]))} to {ENGLISH.year(int(match[2]))}"


def _to(match: re.Match[str], _context: Context) -> str:
    return f"{match[1]} to"


def _minus(match: re.Match[str], _context: Context) -> str:
    return " " if any(map(str.isdigit, said_before(match).rpartition(" ")[2])) else "minus"


def acronyms(text: str, context: Context) -> str:
    """In a sentence that is mostly capitals only what has no vowel is an acronym."""
    return "".join(_sentence(part, context) for part in re.split(r"((?<=\w\w)[.!?;\n])", text))


def _sentence(text: str, context: Context) -> str:
    words = re.findall(r"[^\W\d_]{2,}", text)
    shouting = len(words) > 2 and sum(map(str.isupper, words)) > len(words) / 2

    def say(match: re.Match[str]) -> str:
        word = match.group()
        if word in context.words.table("currencies") or word in context.words.table("units"):
            return word  # 100 USD, 5 MW
        short = len(word) < LONGEST_SPELLED and (has_no_vowel(word) or (len(word) < 5 and not shouting))
        return f" {spell(word, context)} " if short else word

    return _CAPITALS.sub(say, text)


def apart(text: str, _context: Context) -> str:
    """Hyphens, strokes and underscores part words; an apostrophe inside a word stays (don't)."""
    return re.sub(r" {2,}", " ", re.sub(r"[-/\\_]|(?<!\w)'|'(?!\w)", " ", text))


ranges = chain(
    replacing(r"(?<![\w.,:/+-])(1[5-9]\d\d|20\d\d)\s?-\s?(1[5-9]\d\d|20\d\d)(?![\w/-]|[.,]\d)", _years),
    replacing(r"(?<![\w.,:/+-])(\d{1,2}/\d{1,2}(?:/\d{4})?)\s?-\s?(?=\d{1,2}/\d)", _to),
    replacing(rf"(?<![\w.,:/+-])({_NUMBER}{_UNIT})\s?-\s?(?=\d)", _to),
    replacing(r"(?<![^\W_])([a-z]{1,3}\d{1,3})\s?-\s?(?=[a-z]{1,3}\d{1,3}(?!\w))", _to),
)
negatives = replacing(r"(?<![^\s(])-(?=\d)", _minus)
signs = chain(
    replacing(r"#\s?(?=\d)", lambda _match, _context: "number"),
    replacing(r"~\s?(?=\d)", lambda _match, _context: "about"),
    replacing("[" + re.escape("".join(_SIGNS)) + "]", lambda match, _: _SIGNS[match.group()]),
)
rates = replacing(
    r"(?<=[^\W\d_])/(?=(?:trip|person|ticket|day|hour|month|way|passenger|night|week|bag|piece|minute|ride|adult|child)\b)",
    lambda _m, _c: "per",
)

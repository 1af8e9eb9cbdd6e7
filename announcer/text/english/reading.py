"""The English rules, in order; the reasons are those of the Vietnamese list."""

from __future__ import annotations

from announcer.text import letters, overrides, web
from announcer.text.english import amounts, codes, dates, figures, phones, times, words
from announcer.text.rule import Context, Rule


def _abbreviations(text: str, context: Context) -> str:
    return context.words.say(context.words.apart(text))


RULES: tuple[Rule, ...] = (
    overrides.rule,
    web.rule,
    codes.plates,
    phones.rule,
    _abbreviations,
    codes.roman,  # before acronyms could spell III
    words.acronyms,  # while a sentence in capitals still shows as one
    dates.rule,  # before the dash of 2026-01-05 is a range
    words.ranges,
    words.negatives,
    times.rule,
    words.rates,
    amounts.rule,
    codes.rule,
    figures.rule,
    words.signs,
    words.apart,
    letters.lone_consonants,
)

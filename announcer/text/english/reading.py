"""The English rules, in order; the reasons are those of the Vietnamese list."""

from __future__ import annotations

from announcer.text import overrides, web
from announcer.text.english import amounts, codes, dates, times, words
from announcer.text.rule import Context, Rule


def _abbreviations(text: str, context: Context) -> str:
    return context.words.say(text)


RULES: tuple[Rule, ...] = (
    overrides.rule,
    web.rule,
    codes.plates,
    codes.phones,
    _abbreviations,
    words.acronyms,
    dates.rule,  # before the dash of 2026-01-05 is a range
    words.ranges,
    times.rule,
    words.rates,
    amounts.rule,
    codes.rule,
    codes.figures,
    words.signs,
    words.apart,
    _abbreviations,
)

"""Abbreviations and foreign names, from the lexicon."""

from __future__ import annotations

from announcer.text.rule import Context


def rule(text: str, context: Context) -> str:
    return context.words.say(text)

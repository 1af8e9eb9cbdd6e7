"""Abbreviations and foreign names, from the lexicon."""

from __future__ import annotations

import re

from announcer.text.rule import Context

_SPACED_AND = re.compile(r"(?<=[A-ZĐ])\s?&\s?(?=[A-ZĐ])")  # VH & TT


def rule(text: str, context: Context) -> str:
    return context.words.say(context.words.apart(_SPACED_AND.sub("&", text)))

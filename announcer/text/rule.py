"""The contract of a reading rule: text in, text out, and nothing else.

A rule gets the text as the rules before it left it, turns what it knows into words and leaves the rest alone. It keeps no
state, never raises, and its patterns are anchored at the start of a run (``(?<!\\d)`` and the like) or bounded, so a long
text takes long only in proportion.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from announcer.text.lexicon import Words
from announcer.text.numbers import Numerals


@dataclass(frozen=True)
class Context:
    """What a rule may know besides the text."""

    words: Words
    numerals: Numerals


Rule = Callable[[str, Context], str]
Say = Callable[[re.Match[str], Context], str]

LOOK_BACK = 40  # characters; a cue stands at most a few words before what it explains


def replacing(pattern: str, say: Say, flags: int = re.IGNORECASE) -> Rule:
    """A rule that replaces each match by what ``say`` returns, set off by spaces; :func:`unread` changes nothing."""
    compiled = re.compile(pattern, flags)

    def rule(text: str, context: Context) -> str:
        def replace(match: re.Match[str]) -> str:
            said = say(match, context)
            return said if said == match.group() else f" {said} "

        return compiled.sub(replace, text)

    return rule


def chain(*rules: Rule) -> Rule:
    """Several rules of one idea as one."""

    def rule(text: str, context: Context) -> str:
        for each in rules:
            text = each(text, context)
        return text

    return rule


def said_before(match: re.Match[str]) -> str:
    """The few words before a match, in lower case, with single spaces and none at the end."""
    return " ".join(match.string[max(0, match.start() - LOOK_BACK) : match.start()].lower().split())


def unread(match: re.Match[str]) -> str:
    """For a rule that looks closer and finds the match is none of its business."""
    return match.group()

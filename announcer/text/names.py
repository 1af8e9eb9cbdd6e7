"""Dashes, strokes and apostrophes that are left: between names they are silent (Cát Linh - Hà Đông)."""

from __future__ import annotations

import re

from announcer.text.rule import Context
from announcer.text.vocabulary import LOWER

_APOSTROPHE = re.compile(r"(?<=[^\W_])'(?=[^\W_])")
_CLAUSE = re.compile(r"(?<=\w)\s-+\s(?=[" + LOWER + "])")
_LIST = re.compile(r"(?m:^)[ \t]{0,20}[-•*+]\s+")
_SILENT = re.compile(r"[/\\_]|(?<!\w)-|-(?!\w)|--+")
_BLANKS = re.compile(r"[ \t]+")
_INSIDE = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:-[^\W\d_]+)+")


def rule(text: str, context: Context) -> str:
    """A spaced dash before a small letter opens a clause; a hyphen stays only in words the lexicon spells with one."""
    text = _CLAUSE.sub(", ", _LIST.sub("\n", _APOSTROPHE.sub("", text).replace("'", " ")))
    text = _INSIDE.sub(lambda match: _hyphens(match.group(), context), _SILENT.sub(" ", text))
    return _BLANKS.sub(" ", text)


def _hyphens(word: str, context: Context) -> str:
    return word if word.lower() in context.words.hyphenated else word.replace("-", " ")

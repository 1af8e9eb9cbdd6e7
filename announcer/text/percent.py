"""Per cent: 50%, 95,5 %, and the sign alone."""

from __future__ import annotations

import re

from announcer.text.numbers import NUMBER
from announcer.text.rule import Context, chain, replacing

_MINUS = r"(?<![\w.,)])(?P<minus>-)?"


def _percent(match: re.Match[str], context: Context) -> str:
    minus = "âm " if match["minus"] else ""
    return f"{minus}{context.numerals.written(match['number'])} phần trăm"


rule = chain(
    replacing(rf"{_MINUS}(?P<number>(?<![\d.,]){NUMBER})\s?%", _percent),
    replacing("%", lambda _match, _context: "phần trăm"),
)

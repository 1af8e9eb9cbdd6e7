"""Per cent: 50%, 95,5 %, and the sign alone."""

from __future__ import annotations

import re

from announcer.text.numbers import NUMBER
from announcer.text.rule import Context, chain, replacing


def _percent(match: re.Match[str], context: Context) -> str:
    return f"{context.numerals.written(match[1])} phần trăm"


rule = chain(
    replacing(rf"(?<![\w.,])({NUMBER})\s?%", _percent),
    replacing("%", lambda _match, _context: "phần trăm"),
)

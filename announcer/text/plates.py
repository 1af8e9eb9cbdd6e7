"""Number plates, sign by sign: 29B-123.45, 29-H1 123.45, 80A-1234."""

from __future__ import annotations

import re

from announcer.text.letters import spell
from announcer.text.rule import Context, chain, replacing

_SERIES = r"[A-ZĐ]{1,2}\d?"
_NUMBER = r"(?:\d{3}\.?\d{2}|\d{4})(?![\w.-]?\d)(?!\w)"


def _plate(match: re.Match[str], context: Context) -> str:
    return spell(match.group(), context, digits_apart=True)


rule = chain(
    replacing(rf"(?<![\w.,/-])\d{{2}}[ -]?{_SERIES}\s?[-.]\s?{_NUMBER}", _plate, 0),
    replacing(rf"(?<![\w.,/-])\d{{2}}-?{_SERIES}\s\d{{3}}\.?\d{{2}}(?!\w|[.,]\d)", _plate, 0),
    replacing(r"(?<![\w.,/-])\d{2}[A-ZĐ]{1,2}\d{5}(?!\w)", _plate, 0),
)

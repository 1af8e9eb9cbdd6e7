"""Signs that are words: & + = × ~ < > ^ # *, 3 x 4. A sign that says nothing is left for the phrases to drop."""

from __future__ import annotations

import re

from announcer.text.rule import Context, chain, replacing

_ALWAYS = {
    "&": "và",
    "≤": "nhỏ hơn hoặc bằng",
    "≥": "lớn hơn hoặc bằng",
    "±": "cộng trừ",
    "≈": "khoảng",
    "×": "nhân",
    "÷": "chia",
    "§": "mục",
    "→": "đến",
    "°": "độ",
    "^": "mũ",
    "‰": "phần nghìn",
    "$": "đô la",
    "€": "ơ-rô",
    "₫": "đồng",
    "@": "a còng",
}
_BETWEEN = {"*": "nhân", "+": "cộng", "=": "bằng", "<": "nhỏ hơn", ">": "lớn hơn"}
_BEFORE = {"+": "cộng", "~": "khoảng", "<": "dưới", ">": "trên", "#": "số"}
_KEYS = {"*": "sao", "#": "thăng"}


def _keys(match: re.Match[str], context: Context) -> str:
    """*101#: what is pressed on a telephone."""
    return " ".join(_KEYS.get(sign) or context.numerals.digits(sign) for sign in match.group())


by = replacing(r"(?<=\d)(\s?(?:mm|cm|km|m))?\s?[x×]\s?(?=\d)", lambda match, _: f"{match[1] or ''} nhân")
with_numbers = chain(
    replacing(r"(?<![\w*#])\*\d[\d*]{0,30}#", _keys),
    replacing(r"(?<=\d)\s?[*★](?!\s?\d)", lambda _match, _context: "sao"),
    replacing(r"(?<=\d)\s?([*+=<>])\s?(?=\d)", lambda match, _: _BETWEEN[match[1]], 0),
    replacing(r"(?<=[^\W_])\s([+=<>])\s(?=[^\W_])", lambda match, _: _BETWEEN[match[1]], 0),
    replacing(r"(?<!\w)([+~<>#])\s?(?=\d)", lambda match, _: _BEFORE[match[1]]),
)
rule = replacing("[" + re.escape("".join(_ALWAYS)) + "]", lambda match, _: _ALWAYS[match.group()])

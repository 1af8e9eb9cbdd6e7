"""Money: 15.000đ, 1,5 triệu đồng, 200k, 5tr, 100 USD, $5. Đồng is the currency when none is written."""

from __future__ import annotations

import re

from announcer.text.numbers import NUMBER
from announcer.text.rule import Context, chain, replacing

_SIGN = r"(?:VNĐ|VND|Vnđ|vnđ|vnd|đồng|đ|Đ|₫|US\$|USD|EUR|JPY|GBP|CNY|SGD|KRW|[$€£¥])(?!\w)"
_SPACED = r"[1-9]\d{0,2}(?: \d{3})+"


def _amount(match: re.Match[str], context: Context) -> str:
    number = match["number"].replace(" ", ".")
    size = {"k": context.numerals.thousand, "tr": "triệu"}.get(
        (match["size"] or "").lower(), match["size"] or ""
    )
    currency = context.words.table("currencies").get(match["sign"] or "đ", "đồng")
    return f"{context.numerals.written(number)} {size} {currency}"


def _sign_first(match: re.Match[str], context: Context) -> str:
    return f"{context.numerals.written(match['number'])} {match['size'] or ''} {context.words.table('currencies')[match['sign']]}"


rule = chain(
    replacing(
        rf"(?<![\w.,])(?P<number>{_SPACED}|{NUMBER})\s?(?P<size>nghìn|ngàn|triệu|tỷ|tỉ|k|K|tr)?\s?(?P<sign>{_SIGN})",
        _amount,
        0,
    ),
    replacing(rf"(?<![\w.,])(?P<number>{NUMBER})(?P<size>k|(?<=\d\d)K|\s?tr)(?P<sign>)(?!\w)", _amount, 0),
    replacing(
        rf"(?P<sign>(?<!\w)(?:US\$|VND|VNĐ|USD)|[$€£¥])\s?(?P<number>{NUMBER})(?P<size>\s(?:nghìn|triệu|tỷ))?",
        _sign_first,
        0,
    ),
)

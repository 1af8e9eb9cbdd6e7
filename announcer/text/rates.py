"""What is paid or counted for one: 15.000đ/lượt, 50 chuyến/ngày, 10 phút/chuyến, 10.000đ/người/lượt.

Only the stroke is read, as "một". Below a physical unit it is "trên" (người/km²), and that is the next rule's business.
"""

from __future__ import annotations

import re

from announcer.text.rule import Context, replacing, unread

_WORD = r"[^\W\d_]{1,12}"
_MONEY = re.compile(r"(?:đ|₫|đồng|vnd|vnđ|usd|k|tr)$", re.IGNORECASE)


def _for_one(match: re.Match[str], context: Context) -> str:
    physical = match["below"].split("/")[1].strip() in context.words.table("below")
    clock = match["below"].split("/")[1].strip() in ("giờ", "phút", "giây")
    if physical and not clock and not _MONEY.search(match["above"]):
        return unread(match)
    if clock and match["above"].split()[-1] in ("km", "m"):
        return unread(match)
    return match["above"] + match["below"].replace("/", " một ")


rule = replacing(
    rf"(?P<above>(?<![\w.,])\d[\d.,]{{0,20}}(?:\s?(?:{_WORD}|₫|\$|%))(?:\s{_WORD}){{0,3}}\s?)(?P<below>(?:/\s?{_WORD}(?![\w^])){{1,3}})",
    _for_one,
)

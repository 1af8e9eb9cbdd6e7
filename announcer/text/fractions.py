"""A stroke between numbers that are no date: 1/2 "một phần hai", 126/126 and ngõ 12/5 "trên", 24/7."""

from __future__ import annotations

import re

from announcer.text.dates import OVER_CUE
from announcer.text.rule import Context, chain, replacing, said_before

_OF = (2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 1000)  # denominators people say as parts


def _parts(match: re.Match[str], context: Context) -> str:
    say = context.numerals
    above, below = match[1], match[2]
    whole = len(above) <= 4 and len(below) <= 4 and int(above) < int(below) and int(below) in _OF
    if not whole or OVER_CUE.search(said_before(match)):
        return f"{say.whole(above)} trên {say.whole(below)}"
    return f"{say.whole(above)} phần {'tư' if below == '4' else say.whole(below)}"


def _always_open(match: re.Match[str], context: Context) -> str:
    say = context.numerals
    hours = ["", "giờ"]
    return f"hai mươi {say.four_after_tens} {hours[bool(match[1])]} trên {say.whole(match[2])} {hours[bool(match[3])]}"


def _ratio(match: re.Match[str], context: Context) -> str:
    return f"{context.numerals.whole(match[1])} trên {context.numerals.whole(match[2])}"


def _over(match: re.Match[str], context: Context) -> str:
    return " trên ".join(context.numerals.whole(part) for part in match.group().split("/"))


always_open = replacing(r"(?<![\w/.,])(?<!ngày )24(h|\s?giờ)?/(7|24)(h|\s?giờ)?(?![\w/])", _always_open)

rule = chain(
    replacing(r"(?<![\w/.,])(\d+)/(\d+)(?![\w/]|[.,]\d)", _parts),
    replacing(r"(?<![\w/.,])\d+(?:/\d+){2,}(?![\w/])", _over),
    replacing(r"(?<![\w:.,])(\d{1,3}):(\d{1,3})(?![\w:])", _ratio),
)

"""Weekdays and other ordinals: thứ 2, thứ 2, 4, 6, T2-T6, T7, lần thứ 4."""

from __future__ import annotations

import re

from announcer.text.numbers import ordinal
from announcer.text.rule import Context, chain, replacing
from announcer.text.vocabulary import COUNTED

_DAY = rf"[2-7](?![\d/:]|[.]\d)(?!h)(?!\s*{COUNTED}(?!\w))"
_JOIN = r"(?:\s*[,;&/-]\s*|\s+(?:và|hoặc|đến|tới)\s+)"
_WEEKDAYS = {"2": "hai", "3": "ba", "4": "tư", "5": "năm", "6": "sáu", "7": "bảy"}


def _days(match: re.Match[str], _context: Context) -> str:
    """Every number of a chain is a weekday: "thứ hai, tư, sáu", "thứ hai đến thứ sáu"."""
    text = re.sub(r"\s*-\s*", " đến ", match.group())
    return re.sub(r"\d", lambda number: _WEEKDAYS[number.group()], re.sub(r"[&/]", ", ", text))


def _short_days(match: re.Match[str], _context: Context) -> str:
    """T2-T6, T7 & CN: "T" alone could be a terminal, so two must stand together."""
    text = re.sub(r"\s*-\s*", " đến ", match.group())
    text = re.sub(r"\s*(?:&|\+)\s*", " và ", text).replace("CN", "chủ nhật")
    return re.sub(r"T([2-7])", lambda number: f"thứ {_WEEKDAYS[number[1]]}", text).replace("/", ", ")


def _ordinal(match: re.Match[str], context: Context) -> str:
    return f"{match[1]} {ordinal(int(match[2]), context.numerals)}"


def _to(match: re.Match[str], _context: Context) -> str:
    return f"{match[1]} đến"


def _week(match: re.Match[str], context: Context) -> str:
    return f"{match[1]} thứ {_WEEKDAYS[match[2]]}"


_SHORT = r"(?:T[2-7]|CN)(?!\w)"

_DAY_NAME = r"(?:thứ\s+(?:[2-7]|hai|ba|tư|năm|sáu|bảy)|chủ nhật)(?!\w)"

rule = chain(
    replacing(rf"(?<!\w)({_DAY_NAME})\s*-\s*(?={_DAY_NAME})", _to),
    replacing(rf"(?<!\w)thứ\s+{_DAY}(?:{_JOIN}(?:thứ\s+)?{_DAY})*", _days),
    replacing(
        rf"(?<!\w)T[2-7]\s?(?:[,&+/-]|và|đến)\s?{_SHORT}(?:\s?(?:[,&+/-]|và|đến)\s?{_SHORT})*", _short_days, 0
    ),
    replacing(r"(?<!\w)(sáng|trưa|chiều|tối|đêm|hôm|ngày)\s+T([2-7])(?!\w)", _week),
    replacing(r"(?<!\w)(thứ)\s+(\d{1,4})(?![\d/:.])", _ordinal),
)

"""Telephone numbers, digit by digit: 024.3942.3697, 1900 6469, +84 …, and 113 after a word such as "gọi"."""

from __future__ import annotations

import re

from announcer.text.numbers import DIGITS
from announcer.text.rule import Context, chain, replacing, said_before, unread
from announcer.text.vocabulary import COUNTED, LOWER

# A number to call stands a few words behind "gọi" or "tổng đài", but right behind whom one calls.
_CUE = re.compile(
    r"(?:(?:hotline|hót-lai|đường dây nóng|tổng đài)(?:\s[^\W\d_]+){0,6}"
    r"|(?:gọi|quay|bấm|điện thoại|liên hệ|liên lạc|số máy|nhắn tin|alo)(?:\s[^\W\d_]+){0,3}"
    r"|cấp cứu|cứu hỏa|cứu thương|chữa cháy|cảnh sát|công an|cứu nạn|cứu hộ|khẩn cấp|bảo vệ trẻ em)[\s:,(]*$"
)
_STRONG_CUE = re.compile(
    r"(?:hotline|hót-lai|điện thoại|tổng đài|đường dây nóng|số máy|gọi|fax|zalo|da-lô|liên hệ)(?:\s+(?:số|theo|qua|ngay|là))*"
    r"[\s:]*$"
)
_HOTLINE_BEFORE = re.compile(
    r"(?<!\d)(?:11[1-5]|1022)(?!\d)[^.;\d]{0,25}(?:,|/|-|và|hoặc|hay)\s*(?:[^\W\d_]+\s+){0,3}$"
)
# A longer number that has just been read out is a telephone too: "024 3942 3697 hoặc 1022".
_PHONE_BEFORE = re.compile(
    rf"(?:(?:{'|'.join(DIGITS)})\s+){{5,}}(?:,|/|-|và|hoặc|hay)\s*(?:[^\W\d_]+\s+){{0,3}}$"
)
_HOUSE = re.compile(r"(?:nhà|nhà số|phòng|tuyến|xe|tuyến số|quyết định số|văn bản số)$")


def _digits(match: re.Match[str], context: Context) -> str:
    plus = "cộng " if match.group().lstrip(" (").startswith("+") else ""
    return plus + context.numerals.digits(match.group())


def _hotline(match: re.Match[str], context: Context) -> str:
    """111 to 115 and 1022 are also plain numbers; only a cue before them, or another hotline, makes them telephones."""
    before = said_before(match)
    number_of = (
        before.endswith("số")
        and not _HOUSE.search(before.removesuffix("số").rstrip())
        and not match["street"]
    )
    if number_of or any(cue.search(before) for cue in (_CUE, _HOTLINE_BEFORE, _PHONE_BEFORE)):
        return context.numerals.digits(match["number"]) + (match["street"] or "")
    return unread(match)


def _cued(match: re.Match[str], context: Context) -> str:
    return context.numerals.digits(match.group()) if _STRONG_CUE.search(said_before(match)) else unread(match)


rule = chain(
    replacing(r"(?:(?<=gửi )|(?<=gửi tới )|(?<=gửi đến )|(?<=đầu số ))\d{4}(?![\w/]|[.,]\d)", _digits),
    replacing(
        r"(?<![\w.,/+-])(?:\(\+84\)|\+\s?84)[ .-]?(?:\(0\))?[ .-]?\d(?:[ .()-]{0,2}\d){7,9}(?!\d)", _digits
    ),
    replacing(r"(?<![\w.,/+-])(?:\(0\d{1,3}\)|0)[ .-]?\d(?:[ .-]?\d){7,9}(?![\d/]|[.,]\d)", _digits),
    replacing(r"(?<![\w.,/+-])1[89]00(?:[ .]?\d){4,6}(?![\d/]|[.,]\d)", _digits),
    replacing(r"(?<![\w.,/+-])1[89]00(?:[ .-]\d{2,3}){2,3}(?![\d/]|[.,]\d)", _digits),
    replacing(r"(?<![\w.,/+-])\d(?:[ .-]?\d){6,11}(?![\w/]|[.,]\d)", _cued),
    replacing(
        rf"(?<![\w.,/+-])(?P<number>11[1-5]|1022)(?![\w/%]|[.,:]\d)(?!\s*{COUNTED}(?!\w))"
        rf"(?P<street>(?-i:\s+(?:phố|đường|ngõ|[A-ZĐ][{LOWER}]+)))?",
        _hotline,
    ),
)

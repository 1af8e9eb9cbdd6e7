"""A dash between two things of one kind is "đến": 8h-17h, 2021-2025, 5-10 phút, T1-T2; in a score it is silent.

Only the dash is read here; the numbers on both sides are left to the rules after this one.
"""

from __future__ import annotations

import re

from announcer.text.rule import Context, chain, replacing, said_before, unread

_DASH = r"\s?[-~]\s?"
_TIME = r"\d{1,2}\s?(?:h|g(?=\d)|:|giờ)\s?(?:\d{1,2})?(?::\d\d)?'?(?!\w)"
_DATE = r"\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?(?![\w/])"
_NUMBER = r"\d+(?:[.,]\d+)*"
_PART_OF_DAY = r"(?:\s(?:sáng|trưa|chiều|tối|đêm))?"
_UNIT = r"(?:\s?(?:đồng|đ|₫|k|nghìn|ngàn|triệu|tỷ|%|°C|°|m²|m2|km/h|km|kg|cm|mm|m|phút|giờ|ngày|USD|VND|VNĐ)(?![^\W\d_]))?"
_NAMED = "thứ|ngày|tháng|quý|năm|điều|khoản|trang|toa|ghế|cửa|ke|đường|số|hàng|quầy|tầng|phòng|tuyến|km|bến|lớp|mùng|bước|mục|cột"
_START = r"(?<![\w.,:/+-])"


def _to(match: re.Match[str], _context: Context) -> str:
    return f"{match[1]} đến"


def _score(match: re.Match[str], _context: Context) -> str:
    return f"{match[1]} {match[2]} {match[3]}"


def _days_of_month(match: re.Match[str], _context: Context) -> str:
    """15-20/4: the month counts for both."""
    first, last, month = int(match["first"]), int(match["last"]), int(match["month"])
    if not 0 < first < last <= 31 or not 0 < month <= 12:
        return unread(match)
    return f"ngày {first} đến ngày {last}/{match['rest']}"


def _negative(match: re.Match[str], _context: Context) -> str:
    """-5 is "âm năm", unless a number or code stands before: then the dash only parts the two."""
    before = said_before(match).rpartition(" ")[2]
    return " " if any(map(str.isdigit, before)) else "âm"


rule = chain(
    replacing(r"(tỷ số|tỉ số)\s+(\d{1,3})\s?[-–:]\s?(\d{1,3})(?!\w)", _score),
    replacing(
        rf"{_START}(?:ngày\s+)?(?P<first>\d{{1,2}}){_DASH}(?P<last>\d{{1,2}})/(?P<rest>(?P<month>\d{{1,2}})(?:/\d{{4}})?)(?![\w/])",
        _days_of_month,
    ),
    replacing(rf"(?<!\w)((?:{_NAMED})\s+\d+[a-zđ]?){_DASH}(?=(?:{_NAMED})\s+\d)", _to),
    replacing(
        rf"{_START}(\d{{1,2}}\s?(?:h|g(?=\d)|:|giờ)\s?(?:\d{{1,2}})?'?{_PART_OF_DAY}){_DASH}(?={_TIME})", _to
    ),
    replacing(rf"{_START}({_DATE}){_DASH}(?={_DATE})", _to),
    replacing(rf"{_START}(\d{{1,2}}){_DASH}(?=\d{{1,2}}h(?!\w))", _to),
    replacing(rf"(?<![\w/])(\d{{1,2}}/\d{{4}}){_DASH}(?=\d{{1,2}}/\d{{4}}(?!\d))", _to),
    replacing(rf"(?<![^\W_])([a-zđ]{{1,4}}\d{{1,3}}[a-z]?){_DASH}(?=[a-zđ]{{1,4}}\d{{1,3}})", _to),
    replacing(rf"{_START}(\d{{1,3}}[a-eđ]){_DASH}(?=\d{{1,3}}[a-eđ](?!\w))", _to),
    replacing(rf"{_START}(-?{_NUMBER}{_UNIT}){_DASH}(?={_NUMBER}(?!\d))", _to),
)
negatives = replacing(r"(?<![^\s(])-(?=\d)", _negative)

"""Dates: 04/12/2020, 2026-01-05, ngày 2/9, tháng 4/2026, mùng 1.

The first ten days are "mùng". A bare d/m is left to the fractions if it is a common one (3/4) or counts things (7/12 quận),
unless something says that it is a date: a cue before it, another date beside it, "âm lịch", or a padded zero (05/9).
"""

from __future__ import annotations

import re
from calendar import monthrange

from announcer.text.numbers import Numerals, ordinal
from announcer.text.rule import Context, chain, replacing, said_before, unread
from announcer.text.vocabulary import COUNTED, LOWER

LEAP_YEAR = 2024  # without a year, 29/2 is a date
FRACTIONS = (  # what people say as parts when nothing says it is a date; 1/5 and 1/6 are rather holidays
    "1/2", "1/3", "2/3", "1/4", "3/4", "2/5", "3/5", "4/5", "5/6", "1/8", "3/8", "5/8", "7/8", "1/9", "1/10", "3/10",
    "7/10", "9/10",
)  # fmt: skip

_DAY_SAID = re.compile(r"(?:ngày|mùng|mồng)$")
_NO_DAY_NEEDED = re.compile(
    r"(?:lễ|dịp|khánh|tết|mừng|kỷ niệm|giỗ tổ(?: hùng vương)?|lịch|phố|cầu|phong trào|đường)$|(?:lễ|dịp|mừng|kỷ niệm) \d{1,2}/\d{1,2} ?(?:,|và|đến|-)$"
)
_DATE_CUE = re.compile(
    r"(?:ngày|mùng|mồng|từ|đến|tới|sáng|trưa|chiều|tối|đêm|hôm|nay|mai|trước|sau|vào|lễ|dịp|khánh|tết|mừng|kỷ niệm|hạn|giỗ tổ(?: hùng vương)?|lịch|"
    r"phố|chủ nhật|thứ (?:hai|ba|tư|năm|sáu|bảy)|tháng (?:một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|mười một|mười hai))"
    r"(?: ngày)?[, (]*$"
)
_SURE = r"(?:1[3-9]|2\d|3[01])/\d{1,2}(?!\d)"  # a day no fraction would have
_AND = r"\s*(?:,|và|đến|tới|hoặc|-)\s*(?:ngày\s*)?"
_BESIDE_BEFORE = re.compile(rf"{_SURE}(?:/\d{{4}})?{_AND}$")
_BESIDE_AFTER = re.compile(rf"{_AND}{_SURE}")
OVER_CUE = re.compile(r"(?:số|ngõ|ngách|hẻm|nhà|lô|đạt|kiệt|được|tỷ lệ|tỉ lệ|huyết áp)$")
_THING_FOLLOWS = re.compile(rf"\s[{LOWER}]{{2,}}")
_PART_OF = re.compile(
    r"\s(?:giờ|ngày|tháng|tiếng|phút|giá|số|km|diện tích|quãng|chặng|chiều dài|suất|quận|huyện|phường|xã|đơn vị|chuyến|toa|tàu|xe|hành khách|người|điểm|ga|lượt|tuyến)(?!\w)"
)
_LUNAR_FOLLOWS = re.compile(r"\s*\(?(?:âm lịch|âl)", re.IGNORECASE)
LUNAR_MONTHS = {1: "giêng", 12: "chạp"}


def is_date(day: int, month: int, year: int = LEAP_YEAR) -> bool:
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= monthrange(year, month)[1]


def day_words(day: int, numerals: Numerals) -> str:
    return ("mùng " if day <= 10 else "") + numerals.cardinal(day)


def month_words(month: int, numerals: Numerals) -> str:
    return "tháng " + (numerals.cardinal(month) if month == 1 else ordinal(month, numerals))


def _year(written: str) -> int:
    return int(written) + (2000 if len(written) == 2 else 0)


def _lead(match: re.Match[str], day: int) -> str:
    """What must be said before the day: "ngày", unless it is said already or a holiday needs none."""
    before = said_before(match)
    if before.endswith(("mùng", "mồng")):
        return ""
    ngay = "" if _DAY_SAID.search(before) else "ngày "
    return ngay + ("mùng " if day <= 10 else "")


def _full(match: re.Match[str], context: Context) -> str:
    day, month, year = int(match["day"]), int(match["month"]), _year(match["year"])
    if not is_date(day, month, year):
        return unread(match)
    say = context.numerals
    lunar = bool(_LUNAR_FOLLOWS.match(match.string, match.end()))
    return f"{_lead(match, day)}{say.cardinal(day)} {_month(month, lunar, say)} năm {say.cardinal(year)}"


def _month(month: int, lunar: bool, numerals: Numerals) -> str:
    return f"tháng {LUNAR_MONTHS[month]}" if lunar and month in LUNAR_MONTHS else month_words(month, numerals)


def _means_date(match: re.Match[str], day: int, month: int) -> bool:
    before = said_before(match)
    if _PART_OF.match(match.string, match.end()) or OVER_CUE.search(before):
        return False
    return bool(
        _DATE_CUE.search(before)
        or (day < month and match.group() not in FRACTIONS)
        or "0" in (match["day"][0], match["month"][0])
        or day > month
        or (day == month and not _THING_FOLLOWS.match(match.string, match.end()))
        or _BESIDE_BEFORE.search(before)
        or _BESIDE_AFTER.match(match.string, match.end())
        or _LUNAR_FOLLOWS.match(match.string, match.end())
    )


def _day_and_month(match: re.Match[str], context: Context) -> str:
    day, month = int(match["day"]), int(match["month"])
    if not is_date(day, month) or not _means_date(match, day, month):
        return unread(match)
    say, before = context.numerals, said_before(match)
    lead = _lead(match, day)
    if _NO_DAY_NEEDED.search(before):
        lead = lead.removeprefix("ngày ")
    lunar = bool(_LUNAR_FOLLOWS.match(match.string, match.end()))
    return f"{lead}{say.cardinal(day)} {_month(month, lunar, say)}"


def _month_and_year(match: re.Match[str], context: Context) -> str:
    if not is_date(1, int(match["month"])):
        return unread(match)
    say = context.numerals
    return f"{month_words(int(match['month']), say)} năm {say.cardinal(int(match['year']))}"


def _period_and_year(match: re.Match[str], context: Context) -> str:
    return f"{match['period']} năm {context.numerals.cardinal(int(match['year']))}"


def _day_alone(match: re.Match[str], context: Context) -> str:
    day = int(match["day"])
    return f"{match['cue']} {day_words(day, context.numerals)}" if day else unread(match)


def _months(match: re.Match[str], context: Context) -> str:
    def say(number: re.Match[str]) -> str:
        month = int(number.group())
        return ordinal(month, context.numerals) if month != 1 else context.numerals.cardinal(month)

    return re.sub(r"\d+", say, match.group())


def _slashed(match: re.Match[str], _context: Context) -> str:
    """2026-01-05 and 05-01-2026 as 05/01/2026, so that no later rule takes their dashes for ranges."""
    day, month, year = match["day"], match["month"], match["year"]
    return f"{day}/{month}/{year}" if is_date(int(day), int(month), int(year)) else unread(match)


_EDGE, _END = r"(?<![\w/.,:+-])", r"(?![\w/]|[.,:]\d)"
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_ITEM = r"\d{1,2}(?![\d/.:h])(?!\s*(?:ngày|lần|giờ|tuần|phút|người|km)(?!\w))"

dashes = chain(
    replacing(rf"{_EDGE}{_YEAR}-{_MONTH}-{_DAY}(?:T(?=\d)|(?![\w-]))", _slashed),
    replacing(rf"{_EDGE}{_DAY}-{_MONTH}-{_YEAR}(?![\w/-])", _slashed),
    replacing(
        r"(?<=ngày )(?P<day>[12]?\d|3[01])-(?P<month>\d|1[0-2])(?![\w/-])(?!\s*tháng)",
        lambda m, _: f"{m['day']}/{m['month']}",
    ),
)
_after_ngay = (
    rf"(?P<cue>ngày)\s+{_DAY}(?![\w/.:%]|,\d)(?!\s*(?:{COUNTED}|ngày|đêm|bữa|viên|hộp|ca|lượt)(?!\w))"
)
rule = chain(
    replacing(rf"{_EDGE}{_DAY}/{_MONTH}/(?P<year>\d{{4}}|\d{{2}}){_END}", _full),
    replacing(rf"{_EDGE}{_DAY}\.{_MONTH}\.{_YEAR}{_END}", _full),
    replacing(rf"{_EDGE}{_DAY}/{_MONTH}{_END}", _day_and_month),
    replacing(
        rf"(?P<period>(?:quý|kỳ|đợt|lần|số)\s+[^\W_]+(?:\s[^\W\d_]+)?)\s*/\s*{_YEAR}(?!\d)", _period_and_year
    ),
    replacing(rf"(?:tháng\s+|{_EDGE}T?){_MONTH}\s*[/-]\s*{_YEAR}{_END}", _month_and_year),
    replacing(rf"(?<!\d )(?<!\d){_after_ngay}", _day_alone),
    replacing(rf"tháng\s+{_ITEM}(?:\s*(?:,|và|đến)\s*{_ITEM})*", _months),
)

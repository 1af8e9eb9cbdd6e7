"""Roman numbers, only where a word before them promises one: chương III, thế kỷ XXI, quý II, lần thứ XIV."""

from __future__ import annotations

import re

from announcer.text.numbers import ordinal
from announcer.text.rule import Context, chain, replacing, unread

_VALUES = (
    ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90),
    ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1),
)  # fmt: skip
_CUES = (
    "chương|thế kỷ|thế kỉ|quý|khóa|lần thứ|lần|phần|mục|đại hội|phụ lục|tập|giai đoạn|hạng|loại|cấp|bậc|nhóm|vùng|đợt|kỳ|kì|"
    "học kỳ|học kì|thứ|đời|tk|khu|tiểu khu|bảng|hội nghị|điểm|mẫu|nhiệm kỳ|quốc hội khóa|ga|nhà ga|khối|pha|block|cụm"
)
_NUMERAL = re.compile(r"(?<!\w)[IVXLCDM]+(?!\w)")
ROMAN = r"[IVXLCDM]{1,8}(?!\w)"
LARGEST = 50  # above that, capitals such as CD or MC are rather letters


def to_roman(number: int) -> str:
    letters = ""
    for sign, value in _VALUES:
        count, number = divmod(number, value)
        letters += sign * count
    return letters


ROMAN_NUMBERS = {to_roman(number): number for number in range(1, LARGEST + 1)}


def _cued(match: re.Match[str], context: Context) -> str:
    after_thu = match["cue"].lower().endswith("thứ")

    def say(numeral: re.Match[str]) -> str:
        number = ROMAN_NUMBERS.get(numeral.group())
        if number is None:
            return numeral.group()
        return ordinal(number, context.numerals) if after_thu else context.numerals.cardinal(number)

    chained = re.sub(r"\s*-\s*", " đến ", match["numerals"])
    cue = "thế kỷ" if match["cue"] == "TK" else match["cue"]
    return f"{cue} {_NUMERAL.sub(say, chained)}"


def _heading(match: re.Match[str], context: Context) -> str:
    number = ROMAN_NUMBERS.get(match[1])
    return f"{context.numerals.cardinal(number)}." if number else unread(match)


rule = chain(
    replacing(
        rf"(?<!\w)(?P<cue>(?i:{_CUES}))\s+(?P<numerals>{ROMAN}(?:(?:\s*[-,]\s*|\s(?:và|đến)\s){ROMAN})*)",
        _cued,
        0,
    ),
    replacing(r"(?m:^)[ \t]{0,20}([IV]|[IVX]{2,5})[.)](?=\s)", _heading, 0),
)

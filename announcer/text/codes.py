"""Names made of letters and digits: tuyến 09A, tuyến 103, SE19, BRT01, ghế A12, phòng 302.

Inside a name up to two digits are a number (SE19: mười chín), three or more, or a leading zero, are digits.
"""

from __future__ import annotations

import re

from announcer.text.letters import letter, spell
from announcer.text.rule import Context, chain, replacing, unread
from announcer.text.syllables import has_no_vowel
from announcer.text.vocabulary import COUNTED, LOWER, TRAINS

_ROUTE = r"(?:các )?(?:tuyến(?: (?:xe buýt|xe|buýt|mê-trô|metro|đường sắt|tàu điện|tàu))?|xe buýt|buýt)"
_ROOM = (
    r"phòng|mã số|mã|mã vé|mã đặt chỗ|mã chuyến|tài khoản|số thẻ|nhánh|máy nhánh|số hiệu|chuyến bay|căn hộ|otp|pin|mật khẩu|"
    r"căn cước công dân|số căn cước|số seri|số hóa đơn|số khung|giường số|mã nhân viên|số báo danh"
)
_ITEM = rf"(?:brt|[a-zđ])?\d{{1,4}}[a-zđ]?(?![\w:%]|[.]\d)(?!\s*{COUNTED}(?!\w))"
_AND = r"(?:\s*[,;/&-]\s*|\s+(?:và|hoặc|hay|đến|tới)\s+)"
_RUNS = re.compile(r"\d+|[A-ZĐ]+(?![" + LOWER + r"])|[^\W\d_]+")


def _route(match: re.Match[str], context: Context) -> str:
    """A cue counts for the whole list behind it: "các tuyến 01, 32 và 103"."""
    items = re.sub(r"\s*-\s*", " đến ", match["items"])
    items = re.sub(r"\s*&\s*", " và ", items).replace("/", ", ")
    return match["cue"] + re.sub(
        r"[^\W_]*\d[^\W_]*", lambda item: f" {name_words(item.group(), context)}", items
    )


def _digits(match: re.Match[str], context: Context) -> str:
    return f"{match['cue']} {context.numerals.code(match['number'])}"


def name_words(token: str, context: Context) -> str:
    return " ".join(_run(run, context) for run in _RUNS.findall(token))


def _run(run: str, context: Context) -> str:
    if run.isdigit():
        return context.numerals.code(run)
    if run.isupper() or len(run) == 1:
        return letter(run, context) if len(run) == 1 else spell(run, context)
    return spell(run, context) if has_no_vowel(run) else run


def _mixed(match: re.Match[str], context: Context) -> str:
    token = match.group()
    return (
        name_words(token, context)
        if any(map(str.isalpha, token)) and any(map(str.isdigit, token))
        else unread(match)
    )


def _engine(match: re.Match[str], context: Context) -> str:
    """D19E-935"""
    return f"{name_words(match[1], context)} {context.numerals.code(match[2])}"


def _version(match: re.Match[str], context: Context) -> str:
    """PM2.5"""
    return f"{spell(match[1], context)} {context.numerals.written(match[2], 'chấm')}"


def _joined(match: re.Match[str], _context: Context) -> str:
    return match[1] + match[2]


routes = chain(
    replacing(rf"(?<!\w)(?P<cue>{_ROUTE}(?:\s+số)?:?\s+)(?P<items>{_ITEM}(?:{_AND}{_ITEM})*)", _route),
    replacing(
        rf"(?<!\w)(?P<cue>(?:{_ROOM})(?: số| là)?:?)\s+(?P<number>\d{{3,}})(?![\w/:]|[.,]\d)(?!\s*{COUNTED}(?!\w))",
        _digits,
    ),
)
rule = chain(
    replacing(r"(?<![^\W_])([A-ZĐ]{1,4})[-.](\d{1,6})(?!\w)", _joined, 0),
    replacing(r"(?<![^\W_])([A-ZĐ]{1,4})(\d{1,3}\.\d{1,2})(?![\w.])", _version, 0),
    replacing(r"[^\W_]+", _mixed),
)
joined = chain(
    replacing(r"(?<![^\W_])([A-Z]\d{1,3}[A-Z])-(\d{1,4})(?!\w)", _engine, 0),
    replacing(rf"(?<!\w)({TRAINS}) ?-?(\d{{1,2}})(?![\w/]|[.,]\d)", _joined, 0),
    replacing(r"(?<=chuyến bay )([A-Z]{2})[ -]?(\d{2,4})(?!\w)", _joined, 0),
)

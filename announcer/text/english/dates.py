"""Dates, day first: 04/12/2020 "the fourth of december twenty twenty", 2 September, December 4, 2020, years."""

from __future__ import annotations

import re

from announcer.text.dates import is_date
from announcer.text.english.numbers import ENGLISH
from announcer.text.rule import Context, chain, replacing, said_before, unread

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = rf"(?P<month>(?:{'|'.join(MONTHS)})|(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)\.?)(?!\w)"
_CUE = re.compile(
    r"(?:on|from|to|until|till|since|by|before|after|date|dated|and|between|holiday|of|today)[,:]?$"
)
_YEAR_CUE = r"in|of|since|until|year|from|by|for|to|between|and|during|before|after"


def _ordinal_day(day: int, match: re.Match[str]) -> str:
    return f"{'' if said_before(match).endswith('the') else 'the '}{ENGLISH.ordinal(day)}"


def _numeric(match: re.Match[str], _context: Context) -> str:
    day, month = int(match["day"]), int(match["month"])
    year = int(match["year"]) if match["year"] else 2024
    if not is_date(day, month, year) or not (match["year"] or _CUE.search(said_before(match))):
        return unread(match)
    return f"{_ordinal_day(day, match)} of {MONTHS[month - 1]} {ENGLISH.year(year) if match['year'] else ''}"


def _month_name(written: str) -> str:
    return next(month for month in MONTHS if month.startswith(written.lower().rstrip(".")[:3]))


def _year(match: re.Match[str]) -> str:
    return ENGLISH.year(int(match["year"])) if match["year"] else ""


def _day_first(match: re.Match[str], _context: Context) -> str:
    of = f"{_ordinal_day(int(match['day']), match)} of" if 0 < int(match["day"]) < 32 else match["day"]
    return f"{of} {_month_name(match['month'])} {_year(match)}"


def _month_first(match: re.Match[str], _context: Context) -> str:
    if not 0 < int(match["day"]) < 32:
        return unread(match)
    return f"{_month_name(match['month'])} {ENGLISH.ordinal(int(match['day']))} {_year(match)}"


def _month_and_year(match: re.Match[str], _context: Context) -> str:
    return f"{_month_name(match['month'])} {_year(match)}"


def _year_alone(match: re.Match[str], _context: Context) -> str:
    return f"{match['cue']} {_year(match)}"


_Y = r"(?P<year>[12]\d{3})(?![\w:]|[.,]\d)"
_EDGE = r"(?<![\w/.,:-])"

rule = chain(
    replacing(rf"{_EDGE}(?P<day>\d{{1,2}})([/.-])(?P<month>\d{{1,2}})\2{_Y}(?![/-])", _numeric),
    replacing(
        rf"{_EDGE}(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:T(?=\d)|(?![\w-]))", _numeric
    ),
    replacing(rf"{_EDGE}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?P<year>)(?![\w/]|[.,]\d)", _numeric),
    replacing(rf"{_EDGE}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:,?\s{_Y})?", _day_first),
    replacing(
        rf"(?<!\w){_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:/]|[.,]\d)(?:,?\s{_Y})?", _month_first
    ),
    replacing(rf"(?<!\w){_MONTH},?\s{_Y}", _month_and_year),
    replacing(
        rf"(?<!\w)(?P<cue>{_YEAR_CUE})\s(?P<year>1[5-9]\d{{2}}|20\d{{2}})(?![\w:/%]|[.,]\d)(?!\s?(?:passengers|people|dong|vnd|km|m|kg)\b)",
        _year_alone,
    ),
)

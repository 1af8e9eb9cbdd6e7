"""Telephone numbers, digit by digit; 113 only after a word such as "call"."""

from __future__ import annotations

import re

from announcer.text.english.numbers import ENGLISH
from announcer.text.rule import Context, chain, replacing, said_before, unread

_CALL = re.compile(
    r"(?:call|dial|hotline|telephone|phone|number|contact|police|ambulance|fire|emergency|or|line)(?: \w+){0,2}[:,]?$"
)
_CALLED = re.compile(r"(?:call|dial|hotline|telephone|phone|contact)(?: [a-z]+){0,3}:?$")
_HOTLINE_BEFORE = re.compile(r"(?:11[1-5]|1022)(?: \([^)]*\))?(?:,| or| and)+$")


def _phone(match: re.Match[str], _context: Context) -> str:
    plus = "plus " if "+" in match.group() else ""
    return plus + ENGLISH.digits(match.group())


def _hotline(match: re.Match[str], _context: Context) -> str:
    before = said_before(match)
    called = _CALL.search(before) or _HOTLINE_BEFORE.search(before)
    return ENGLISH.digits(match.group()) if called else unread(match)


def _cued(match: re.Match[str], _context: Context) -> str:
    return ENGLISH.digits(match.group()) if _CALLED.search(said_before(match)) else unread(match)


_START = r"(?<![\w.,/+-])"

rule = chain(
    replacing(rf"{_START}(?:\(\+84\)|\+\s?84)[ .-]?\d(?:[ .()-]{{0,2}}\d){{7,9}}(?!\d)", _phone),
    replacing(rf"{_START}(?:\(0\d{{1,3}}\)|0)[ .-]?\d(?:[ .-]?\d){{7,9}}(?![\d/]|[.,]\d)", _phone),
    replacing(rf"{_START}1[89]00(?:[ .]?\d){{4,6}}(?![\d/]|[.,]\d)", _phone),
    replacing(rf"{_START}\d(?:[ .-]?\d){{6,11}}(?![\w/]|[.,]\d)", _cued),
    replacing(rf"{_START}(?:11[1-5]|1022)(?![\w/%:-]|[.,]\d)(?!\s(?:passengers|people|km))", _hotline),
)

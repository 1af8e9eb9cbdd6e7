"""Names and numbers of things: SE1, route 09A, platform 05, 1900 6469, call 113, 29B-123.45, Chapter III."""

from __future__ import annotations

import re

from announcer.text.codes import name_words
from announcer.text.english.numbers import ENGLISH
from announcer.text.letters import spell
from announcer.text.numbers import NUMBER
from announcer.text.roman import ROMAN, ROMAN_NUMBERS
from announcer.text.rule import Context, chain, replacing, said_before, unread

_CALL = re.compile(
    r"(?:call|dial|hotline|telephone|phone|number|contact|police|ambulance|fire|emergency|or|line)(?: \w+){0,2}[:,]?$"
)
_CALLED = re.compile(r"(?:call|dial|hotline|telephone|phone|contact)(?: [a-z]+){0,3}[:]?$")
_ROUTE = r"(?:routes?|bus(?:es)?|lines?|bus routes?)(?: (?:number|no\.?))?"
_ROOM = r"room|code|flight|booking code|ticket number|account|password|extension|apartment"
_ITEM = r"[a-z]?\d{1,4}[a-z]?(?![\w/:%]|\.\d)(?!\s*(?:minutes?|hours?|passengers?|km|seats?)(?!\w))"
_PLACE = re.compile(
    r"(?:gate|door|platform|track|bay|coach|carriage|car|seat|counter|floor|exit|number|no|terminal|berth)$"
)


def _phone(match: re.Match[str], _context: Context) -> str:
    plus = "plus " if "+" in match.group() else ""
    return plus + ENGLISH.digits(match.group())


def _hotline(match: re.Match[str], _context: Context) -> str:
    before = said_before(match)
    called = _CALL.search(before) or re.search(r"(?:11[1-5]|1022)(?: \([^)]*\))?(?:,| or| and)+$", before)
    return ENGLISH.digits(match.group()) if called else unread(match)


def _cued(match: re.Match[str], _context: Context) -> str:
    return ENGLISH.digits(match.group()) if _CALLED.search(said_before(match)) else unread(match)


def _plate(match: re.Match[str], context: Context) -> str:
    return spell(match.group(), context, digits_apart=True)


def _route(match: re.Match[str], context: Context) -> str:
    return match["cue"] + re.sub(
        r"[^\W_]*\d[^\W_]*", lambda item: f" {name_words(item.group(), context)}", match["items"]
    )


def _digits(match: re.Match[str], _context: Context) -> str:
    return f"{match[1]} {ENGLISH.code(match[2])}"


def _mixed(match: re.Match[str], context: Context) -> str:
    token = match.group()
    ordinal = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)", token)
    if ordinal:
        return ENGLISH.ordinal(int(ordinal[1]))
    mixed = any(map(str.isalpha, token)) and any(map(str.isdigit, token))
    return name_words(token, context) if mixed else unread(match)


def _roman(match: re.Match[str], _context: Context) -> str:
    number = ROMAN_NUMBERS.get(match[2])
    return f"{match[1]} {ENGLISH.cardinal(number)}" if number else unread(match)


def _figure(match: re.Match[str], _context: Context) -> str:
    number = match["number"]
    minus = "minus " if match["minus"] else ""
    padded = number[0] == "0" and len(number) <= 2 and _PLACE.search(said_before(match))
    if number.isdigit() and not padded and (len(number) > 8 or (number[0] == "0" and len(number) > 1)):
        return minus + ENGLISH.digits(number)
    return minus + ENGLISH.written(number)


phones = chain(
    replacing(r"(?<![\w.,/+-])(?:\(\+84\)|\+\s?84)[ .-]?\d(?:[ .()-]{0,2}\d){7,9}(?!\d)", _phone),
    replacing(r"(?<![\w.,/+-])(?:\(0\d{1,3}\)|0)[ .-]?\d(?:[ .-]?\d){7,9}(?![\d/]|[.,]\d)", _phone),
    replacing(r"(?<![\w.,/+-])1[89]00(?:[ .]?\d){4,6}(?![\d/]|[.,]\d)", _phone),
    replacing(r"(?<![\w.,/+-])\d(?:[ .-]?\d){6,11}(?![\w/]|[.,]\d)", _cued),
    replacing(r"(?<![\w.,/+-])(?:11[1-5]|1022)(?![\w/%:-]|[.,]\d)(?!\s(?:passengers|people|km))", _hotline),
)
plates = replacing(
    r"(?<![\w.,/-])\d{2}[ -]?[A-ZĐ]{1,2}\d?\s?[-.]\s?(?:\d{3}\.?\d{2}|\d{4})(?!\w|[.-]?\d)", _plate, 0
)
rule = chain(
    replacing(
        rf"(?<!\w)((?i:chapter|part|section|volume|phase|zone|class|annex|appendix|world war|century))\s({ROMAN})",
        _roman,
        0,
    ),
    replacing(
        rf"(?<!\w)(?P<cue>{_ROUTE}\s)(?P<items>{_ITEM}(?:(?:\s?,\s?|\s(?:and|or|to)\s){_ITEM})*)", _route
    ),
    replacing(rf"(?<!\w)({_ROOM})\s(\d{{3,}})(?![\w/:]|[.,]\d)", _digits),
    replacing(r"(?<![^\W_])([A-ZĐ]{1,4})-(\d{1,6})(?!\w)", lambda match, _: match[1] + match[2], 0),
    replacing(r"[^\W_]+", _mixed),
)
figures = replacing(rf"(?:(?<![\w.,)-])(?P<minus>-)(?=\d))?(?P<number>{NUMBER})", _figure)

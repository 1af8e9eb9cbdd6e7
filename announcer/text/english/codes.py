"""Names made of letters and digits: SE1, route 09A, 29B-123.45; and Roman numbers after a cue."""

from __future__ import annotations

import re

from announcer.text.codes import name_words
from announcer.text.english.numbers import ENGLISH
from announcer.text.letters import spell
from announcer.text.roman import ROMAN, ROMAN_NUMBERS
from announcer.text.rule import Context, chain, replacing, unread

_ROMAN_CUES = "chapter|part|section|volume|phase|zone|class|annex|appendix|world war"
_ROUTE = r"(?:routes?|bus(?:es)?|lines?|bus routes?)(?: (?:number|no\.?))?"
_ROOM = r"room|code|flight|booking code|ticket number|account|password|extension|apartment"
_ITEM = r"[a-z]?\d{1,4}[a-z]?(?![\w/:%]|\.\d)(?!\s*(?:minutes?|hours?|passengers?|km|seats?)(?!\w))"
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")


def _plate(match: re.Match[str], context: Context) -> str:
    return spell(match.group(), context, digits_apart=True)


def _roman(match: re.Match[str], _context: Context) -> str:
    number = ROMAN_NUMBERS.get(match[2])
    return f"{match[1]} {ENGLISH.cardinal(number)}" if number else unread(match)


def _route(match: re.Match[str], context: Context) -> str:
    def name(item: re.Match[str]) -> str:
        return f" {name_words(item.group(), context)}"

    return match["cue"] + re.sub(r"[^\W_]*\d[^\W_]*", name, match["items"])


def _digits(match: re.Match[str], _context: Context) -> str:
    return f"{match[1]} {ENGLISH.code(match[2])}"


def _joined(match: re.Match[str], _context: Context) -> str:
    return match[1] + match[2]


def _mixed(match: re.Match[str], context: Context) -> str:
    token = match.group()
    if ordinal := _ORDINAL.fullmatch(token):
        return ENGLISH.ordinal(int(ordinal[1]))
    mixed = any(map(str.isalpha, token)) and any(map(str.isdigit, token))
    return name_words(token, context) if mixed else unread(match)


plates = replacing(
    r"(?<![\w.,/-])\d{2}[ -]?[A-ZĐ]{1,2}\d?\s?[-.]\s?(?:\d{3}\.?\d{2}|\d{4})(?!\w|[.-]?\d)", _plate, 0
)
roman = replacing(rf"(?<!\w)((?i:{_ROMAN_CUES}))\s({ROMAN})", _roman, 0)
rule = chain(
    replacing(
        rf"(?<!\w)(?P<cue>{_ROUTE}\s)(?P<items>{_ITEM}(?:(?:\s?,\s?|\s(?:and|or|to)\s){_ITEM})*)", _route
    ),
    replacing(rf"(?<!\w)({_ROOM})\s(\d{{3,}})(?![\w/:]|[.,]\d)", _digits),
    replacing(r"(?<![^\W_])([A-ZĐ]{1,4})-(\d{1,6})(?!\w)", _joined, 0),
    replacing(r"[^\W_]+", _mixed),
)

"""Units of measurement: 40 km/h, 37,5°C, 50 m², 12+500, 1m65; also a unit that stands alone (km/h)."""

from __future__ import annotations

import re
from functools import cache

from announcer.text.lexicon.files import built_in
from announcer.text.numbers import NUMBER
from announcer.text.rule import Context, chain, replacing
from announcer.text.syllables import is_syllable


@cache
def _table(name: str) -> str:
    """The keys of a built-in table as a pattern, the longest first."""
    return "|".join(re.escape(key) for key in sorted(built_in()["vi"][name], key=len, reverse=True))


_ALONE = "|".join(
    re.escape(unit)
    for unit in sorted(built_in()["vi"]["units"], key=len, reverse=True)
    if len(unit) > 1 and not is_syllable(unit) and unit.isascii() and unit != "ms"
)


def _below(match: re.Match[str], context: Context) -> str:
    if not match["below"]:
        return ""
    count = f"{context.numerals.whole(match['count'])} " if match["count"] else ""
    return f" trên {count}{context.words.table('below')[match['below']]}"


def _measured(match: re.Match[str], context: Context) -> str:
    unit = context.words.table("units")[match["unit"]]
    return f"{context.numerals.written(match['number'])} {unit}{_below(match, context)}"


def _alone(match: re.Match[str], context: Context) -> str:
    return context.words.table("units")[match["unit"]] + _below(match, context)


def _chainage(match: re.Match[str], context: Context) -> str:
    say = context.numerals
    return f"ki-lô-mét {say.whole(match[1])} cộng {say.whole(match[2])}"


def _height(match: re.Match[str], context: Context) -> str:
    """1m2 is the height of a child; an area would have more metres, a space or a raised 2."""
    return f"{context.numerals.whole(match[1])} mét {context.numerals.code(match[2])}"


def _degrees(match: re.Match[str], _context: Context) -> str:
    return {"C": "độ xê", "F": "độ ép", "K": "độ ca"}[match[1]]


def _per_area(match: re.Match[str], context: Context) -> str:
    return f"trên {context.words.table('below')[match[1]]}"


_PER = rf"(?:/(?P<count>\d{{1,4}}\s?)?(?P<below>{_table('below')})(?![\w^]))?"

alone = replacing(rf"(?<![\w/])(?P<unit>{_ALONE})(?![\w^]){_PER}", _alone, 0)
rule = chain(
    replacing(r"(?<!\w)km(?=\d{1,4}(?![\w+]))", lambda _match, _context: "ki-lô-mét"),
    replacing(r"(?<!\w)km\s?(\d{1,4})\s?\+\s?(\d{1,4})(?!\d)", _chainage),
    replacing(r"(?<![\w.,])([0-2])m(\d{1,2})(?![\w^/])", _height, 0),
    replacing(r"(?<!\w)(?i:độ)\s([CFK])(?!\w)", _degrees, 0),
    replacing(
        rf"(?<![\w.,])(?P<number>{NUMBER})\s?(?P<unit>{_table('units')})(?![^\W_]){_PER}", _measured, 0
    ),
    alone,
    replacing(r"(?<=[^\W\d_])/(km\^?2|m\^?[23]|km|ha|kg)(?![\w^])", _per_area, 0),
)

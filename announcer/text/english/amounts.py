"""Money, per cent, units and fractions: 15,000 VND/trip, 50%, 40 km/h, 37.5°C, 1/2."""

from __future__ import annotations

import re

from announcer.text.english.numbers import ENGLISH
from announcer.text.lexicon.files import built_in
from announcer.text.numbers import NUMBER
from announcer.text.rule import Context, chain, replacing

_ONE = {"feet": "foot", "inches": "inch", "hertz": "hertz", "dong": "dong", "yen": "yen"}
_PARTS = {"2": "half", "3": "third", "4": "quarter", "5": "fifth", "10": "tenth"}


def _table(name: str) -> str:
    return "|".join(re.escape(key) for key in sorted(built_in()["en"][name], key=len, reverse=True))


def counted(number: str, noun: str) -> str:
    """1 km is one kilometre."""
    if number != "1":
        return noun
    first, *rest = noun.split(" per ")
    *words, last = first.split()
    singular = _ONE.get(last) or last.removesuffix("s")
    return " per ".join([" ".join([*("degree" if w == "degrees" else w for w in words), singular]), *rest])


def _money(match: re.Match[str], context: Context) -> str:
    number = re.sub(
        r"\.(?=\d{3}(?!\d))", ",", match["number"]
    )  # before a currency even one dot groups: 15.000
    size = {"k": "thousand", "m": "million"}.get((match["size"] or "").strip().lower(), match["size"] or "")
    noun = context.words.table("currencies")[match["sign"]]
    return f"{ENGLISH.written(number)} {size} {counted(number, noun)}"


def _percent(match: re.Match[str], _context: Context) -> str:
    return f"{ENGLISH.written(match['number'])} per cent"


def _measured(match: re.Match[str], context: Context) -> str:
    words = context.words
    below = f" per {words.table('below')[match['below']]}" if match["below"] else ""
    noun = counted(match["number"], words.table("units")[match["unit"]])
    return f"{ENGLISH.written(match['number'])} {noun}{below}"


def _alone(match: re.Match[str], context: Context) -> str:
    return f"{context.words.table('units')[match[1]]} per {context.words.table('below')[match[2]]}"


def _fraction(match: re.Match[str], _context: Context) -> str:
    above, below = match.groups()
    if below in _PARTS and len(above) < 3 and int(above) < int(below):
        return f"{ENGLISH.whole(above)} {_PARTS[below]}{'s' if int(above) != 1 else ''}".replace(
            "halfs", "halves"
        )
    return f"{ENGLISH.whole(above)} out of {ENGLISH.whole(below)}"


def _by(match: re.Match[str], _context: Context) -> str:
    return "by"


_SIZE = r"(?P<size>k|\s?thousand|\s?million|\s?billion)?"
_EDGE = r"(?<![\w.,])"

money = chain(
    replacing(rf"{_EDGE}(?P<number>{NUMBER}){_SIZE}\s?(?P<sign>{_table('currencies')})(?!\w)", _money, 0),
    replacing(rf"(?<!\w)(?P<sign>US\$|USD|VND|[$€£¥])\s?(?P<number>{NUMBER}){_SIZE}(?!\w)", _money, 0),
)
rule = chain(
    replacing(r"(?<![\w/])24/7(?![\w/])", lambda _match, _context: "twenty four seven"),
    money,
    replacing(rf"{_EDGE}(?P<number>{NUMBER})\s?%", _percent),
    replacing(r"(?<=\d)\s?[x×]\s?(?=\d)", _by),
    replacing(
        rf"{_EDGE}(?P<number>{NUMBER})\s?(?P<unit>{_table('units')})(?![^\W_])"
        rf"(?:/(?P<below>{_table('below')})(?![\w^]))?",
        _measured,
        0,
    ),
    replacing(r"(?<![\w/])(km|m|kg)/(h|s|hr|km\^?2|m\^?2)(?![\w^])", _alone, 0),
    replacing(r"(?<![\w/.,])(\d+)/(\d+)(?![\w/]|[.,]\d)", _fraction),
)

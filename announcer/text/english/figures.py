"""Every number that no rule before had a better word for."""

from __future__ import annotations

import re

from announcer.text.english.numbers import ENGLISH
from announcer.text.numbers import NUMBER
from announcer.text.rule import Context, replacing, said_before

_PLACE = re.compile(
    r"(?:gate|door|platform|track|bay|coach|carriage|car|seat|counter|floor|exit|number|no|terminal|berth)$"
)
LONGEST_NUMBER = 8  # longer runs without commas are numbers of cards and papers


def _figure(match: re.Match[str], _context: Context) -> str:
    number = match.group()
    padded = len(number) == 2 and _PLACE.search(said_before(match))  # gate 05
    as_digits = len(number) > LONGEST_NUMBER or (number[0] == "0" and len(number) > 1 and not padded)
    return ENGLISH.digits(number) if number.isdigit() and as_digits else ENGLISH.written(number)


rule = replacing(NUMBER, _figure)

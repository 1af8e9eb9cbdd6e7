"""Every number that no rule before had a better word for."""

from __future__ import annotations

import re

from announcer.text.numbers import NUMBER
from announcer.text.rule import Context, replacing, said_before
from announcer.text.vocabulary import COUNTED, LOWER, PLACES

_PLACE = re.compile(rf"(?:{PLACES})$")
_MEASURED = re.compile(rf"\s?{COUNTED}(?!\w)")
_THING = re.compile(rf"\s[{LOWER}]{{2,}}")
LONGEST_NUMBER = 8  # longer runs without dots are numbers of cards and papers


def _figure(match: re.Match[str], context: Context) -> str:
    number, say = match["number"], context.numerals
    following = match.string[match.end() : match.end() + 20]
    if not number.isdigit():
        point = "phẩy" if _MEASURED.match(following) else "chấm"
        return say.written(number, point)
    if len(number) > LONGEST_NUMBER or (number[0] == "0" and not _padded(match, number, following)):
        return say.digits(number)
    return say.whole(number)


def _padded(match: re.Match[str], number: str, following: str) -> bool:
    """01 năm, cửa số 05: two digits whose zero only fills the space."""
    return len(number) <= 2 and bool(_THING.match(following) or _PLACE.search(said_before(match)))


rule = replacing(rf"(?P<number>{NUMBER})", _figure)

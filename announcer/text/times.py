"""Clock times: 8h30, 08:05, 0h15, 8:30:15, 8 giờ 5; and minutes written 90'.

A zero before the minutes is said (không năm phút); full hours have no minutes. What is no time of day (1:50) is left.
"""

from __future__ import annotations

import re

from announcer.text.numbers import Numerals
from announcer.text.rule import Context, chain, replacing, said_before, unread
from announcer.text.vocabulary import NOT_COUNTED

MOST_HOURS, MOST_MINUTES = 29, 59  # timetables run on to 29:59 in the night after the day


def _minutes(written: str, numerals: Numerals) -> str:
    zero = "không " if len(written) == 2 and written[0] == "0" else ""
    return zero + numerals.cardinal(int(written))


def time_words(hour: str, minute: str | None, second: str | None, numerals: Numerals) -> str:
    words = [numerals.cardinal(int(hour)), "giờ"]
    if second and int(second):
        return " ".join(
            [*words, _minutes(minute or "0", numerals), "phút", numerals.cardinal(int(second)), "giây"]
        )
    if minute and int(minute):
        words += [_minutes(minute, numerals), "phút"]
    return " ".join(words)


def _clock(match: re.Match[str], context: Context) -> str:
    hour, minute, second = match.group(1, 2, 3)
    if int(hour) > MOST_HOURS or int(minute) > MOST_MINUTES or said_before(match).endswith("tỷ lệ"):
        return unread(match)
    return time_words(hour, minute, second, context.numerals)


def _hours(match: re.Match[str], context: Context) -> str:
    minute = match["minute"]
    if minute and int(minute) > MOST_MINUTES:
        return unread(match)
    return time_words(match["hour"], minute, None, context.numerals)


def _in_words(match: re.Match[str], context: Context) -> str:
    """Said as written: "8 giờ 5" has no "phút"."""
    hour, minute = context.numerals.cardinal(int(match["hour"])), match["minute"]
    if not int(minute):
        return f"{hour} giờ"
    return f"{hour} giờ {_minutes(minute, context.numerals)} {'phút' if match['unit'] else ''}"


def _minutes_alone(match: re.Match[str], context: Context) -> str:
    return f"{context.numerals.whole(match[1])} phút"


_EDGE = r"(?<![\w.,:/])"
_PHUT = r"(?:\s?(?:phút|ph|p|')(?!\w))"

rule = chain(
    replacing(
        rf"{_EDGE}(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?(?!\d|:\d)(?:\s?(?:h|giờ)(?!\w)|{_PHUT})?", _clock
    ),
    replacing(rf"{_EDGE}(?P<hour>\d{{1,3}})\s?h\s?(?P<minute>\d{{1,2}}){NOT_COUNTED}(?!\w){_PHUT}?", _hours),
    replacing(rf"{_EDGE}(?P<hour>\d{{1,3}})\s?h\s?(?P<minute>\d{{1,2}})(?!\w){_PHUT}", _hours),
    replacing(rf"{_EDGE}(?P<hour>\d{{1,2}})g(?P<minute>\d{{2}})(?!\w){_PHUT}?", _hours),
    replacing(rf"{_EDGE}(?P<hour>\d{{1,3}})(?P<minute>)\s?h(?!\w)", _hours),
    replacing(
        rf"{_EDGE}(?P<hour>\d{{1,2}})\s?giờ\s(?P<minute>[0-5]?\d)(?![\w/:]|[.,]\d)(?:(?P<unit>{_PHUT})|{NOT_COUNTED})",
        _in_words,
    ),
    replacing(r"(?<![\w.,])(\d{1,4})\s?(?:'(?!')|ph|p(?!\.))(?!\w)", _minutes_alone),
)

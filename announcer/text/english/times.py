"""Clock times by the twelve-hour clock: 19:30 "seven thirty p m", 08:05 "eight oh five a m", 12:00 "twelve noon"."""

from __future__ import annotations

import re

from announcer.text.english.numbers import ENGLISH
from announcer.text.rule import Context, chain, replacing, unread


def time_words(hour: int, minute: int, half: str = "") -> str:
    if not half and minute == 0 and hour in (0, 12, 24):
        return "twelve noon" if hour == 12 else "twelve midnight"
    half = half or ("a m" if hour % 24 < 12 else "p m")
    past = f"{'oh ' if minute < 10 else ''}{ENGLISH.cardinal(minute)}" if minute else ""
    return f"{ENGLISH.cardinal(hour % 12 or 12)} {past} {half}"


def _clock(match: re.Match[str], _context: Context) -> str:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 29 or minute > 59:
        return unread(match)
    half = f"{match['half'][0].lower()} m" if match["half"] else ""
    return time_words(hour, minute, half)


_EDGE = r"(?<![\w.,:/])"
_HALF = r"(?:\s?(?P<half>[ap])\.?m\b\.?)"

rule = chain(
    replacing(rf"{_EDGE}(?P<hour>\d{{1,2}})[:.h](?P<minute>\d{{2}})(?![\d:%]){_HALF}", _clock),
    replacing(rf"{_EDGE}(?P<hour>\d{{1,2}})(?P<minute>){_HALF}", _clock),
    replacing(
        rf"{_EDGE}(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::\d{{2}})?(?P<half>)(?!\w|:\d)(?:\s?(?:hrs|hours)\b)?",
        _clock,
    ),
    replacing(rf"{_EDGE}(?P<hour>\d{{1,2}})h(?P<minute>\d{{2}})?(?P<half>)(?!\w)", _clock),
)

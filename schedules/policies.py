"""The rules of a quiet station: what outranks what, who must be silent when, and how much talk an hour may bear.

Numbers that differ between stations are data on the zone; what a category may do is this one table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from schedules.core.clock import at_local
from schedules.core.errors import UserError


@dataclass(frozen=True)
class Manners:
    """``keeps_quiet``: silent in quiet hours. ``spares_departures``: never over a departure. ``way``: the order in
    which categories give way when an hour's budget is spent, 1 first; 0 never does.
    """

    keeps_quiet: bool
    spares_departures: bool
    way: int


MANNERS = {
    "emergency": Manners(False, False, 0),
    "live": Manners(False, False, 0),
    "operational": Manners(False, False, 0),
    "safety": Manners(False, False, 0),
    "service": Manners(True, False, 3),
    "conduct": Manners(True, True, 2),
    "campaign": Manners(True, True, 1),
}

# A departure is announced and boarded in this time; conduct messages stay out of it.
DEPARTURE_GUARD = (timedelta(minutes=3), timedelta(minutes=1))

Span = tuple[float, float]  # seconds since the epoch, from (included) to (excluded)


@dataclass(frozen=True)
class ZoneRules:
    """What one zone bears: the budget in seconds per clock hour, the gap in seconds, and its quiet hours."""

    zone: str
    budget: float
    gap: float
    quiet: tuple[Span, ...] = ()


_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?")


def clock_windows(windows: Iterable[Mapping[str, Any]], day: date) -> tuple[Span, ...]:
    """The spans that daily windows such as {"from": "22:30", "to": "05:00"} cover on a local day.

    A window over midnight covers the end of this day and, begun the evening before, its start. The next day's windows
    are there for what is due before midnight and sounds, or finds room, after it.
    """
    spans = []
    for window in windows:
        start, end = clock_time(window["from"]), clock_time(window["to"])
        for first in (day - timedelta(days=1), day, day + timedelta(days=1)):
            last = first + timedelta(days=1) if end <= start else first
            spans.append((at_local(first, start).timestamp(), at_local(last, end).timestamp()))
    return tuple(sorted(spans))


def clock_time(text: Any) -> time:
    """ "22:30" as a time; UserError for anything else."""
    if not isinstance(text, str) or not _CLOCK.fullmatch(text):
        raise UserError(f"“{text}” is not a time of day.", 'Write it as "22:30", in quotes.')
    return time.fromisoformat(text)


def departure_guards(departures: Iterable[datetime]) -> tuple[Span, ...]:
    before, after = DEPARTURE_GUARD
    return tuple(sorted(((d - before).timestamp(), (d + after).timestamp()) for d in departures))


def volume_db(windows: Iterable[Mapping[str, Any]], now: datetime, day: date) -> float:
    """The gain in dB that a zone's volume table asks for at that moment; 0 outside all its windows."""
    stamp = now.timestamp()
    for window in windows:
        if any(start <= stamp < end for start, end in clock_windows([window], day)):
            return float(window["db"])
    return 0.0


def turn_of(weights: list[int], ordinal: int) -> int:
    """Whose turn it is at the ``ordinal``-th moment of a rotation group: an index into ``weights``.

    Over a cycle of as many moments as the weights add up to, each has as many turns as its weight, and none has two in
    a row as long as none is more than half of all; not even where one cycle meets the next. Pure, so that planning
    twice gives the same turns.
    """
    cycle = _cycle(tuple(weights))
    return cycle[ordinal % len(cycle)]


@lru_cache(maxsize=256)
def _cycle(weights: tuple[int, ...]) -> tuple[int, ...]:
    total, heaviest = sum(weights), weights.index(max(weights))
    if weights[heaviest] * 2 < total:
        return _smooth(weights)
    others = total - weights[heaviest]  # spread as evenly as can be among the turns of the heaviest
    if not others:
        return (heaviest,) * total
    rest = iter(_cycle(tuple(0 if i == heaviest else weight for i, weight in enumerate(weights))))
    return tuple(
        next(rest) if (slot + 1) * others // total > slot * others // total else heaviest
        for slot in range(total)
    )


def _smooth(weights: tuple[int, ...]) -> tuple[int, ...]:
    """Smooth weighted round robin: each gains its weight at every turn, the richest has it and pays the total. Only a
    turn after which the rest could still be arranged without two in a row may be taken.
    """
    total, left, credit = sum(weights), list(weights), [0] * len(weights)
    turns: list[int] = []
    while len(turns) < total:
        credit = [have + weight for have, weight in zip(credit, weights, strict=True)]
        willing = [i for i in range(len(weights)) if _can_follow(turns, i, left)]
        chosen = max(willing, key=lambda i: (credit[i], -i))
        credit[chosen] -= total
        left[chosen] -= 1
        turns.append(chosen)
    return tuple(turns)


def _can_follow(turns: Sequence[int], chosen: int, left: Sequence[int]) -> bool:
    """Could the turns that are left be arranged after this one, ending with another than the cycle begins with?"""
    if not left[chosen] or (turns and turns[-1] == chosen):
        return False
    first = turns[0] if turns else chosen
    places = sum(left) - 1
    return all(
        count - (i == chosen) <= (places + 1 - (i == chosen) - (i == first)) // 2
        for i, count in enumerate(left)
    )

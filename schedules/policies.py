"""The rules of a quiet station: what outranks what, who must be silent when, and how much talk an hour may bear.

Numbers that differ between stations are data on the zone; what a category may do is this one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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


def clock_windows(windows: Iterable[Mapping[str, Any]], day: date) -> tuple[Span, ...]:
    """The spans that daily windows such as {"from": "22:30", "to": "05:00"} cover on a local day.

    A window over midnight covers the end of this day and, begun the evening before, its start.
    """
    spans = []
    for window in windows:
        start, end = clock_time(window["from"]), clock_time(window["to"])
        for first in (day - timedelta(days=1), day):
            last = first + timedelta(days=1) if end <= start else first
            spans.append((at_local(first, start).timestamp(), at_local(last, end).timestamp()))
    return tuple(sorted(spans))


def clock_time(text: Any) -> time:
    """ "22:30" as a time; UserError for anything else."""
    try:
        return time.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise UserError(f"“{text}” is not a time of day.", 'Write it as "22:30", in quotes.') from error


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

    Smooth weighted round robin, so that a weight of three does not mean three times in a row; pure, so that planning
    twice gives the same turns.
    """
    total = sum(weights)
    credit = [0] * len(weights)
    chosen = 0
    for _ in range(ordinal % total + 1):
        credit = [have + weight for have, weight in zip(credit, weights, strict=True)]
        chosen = credit.index(max(credit))
        credit[chosen] -= total
    return chosen

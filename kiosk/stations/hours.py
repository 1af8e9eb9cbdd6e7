"""A zone's volume and quiet hours over the 24 hours of a day, as ``schedules.policies`` understands their windows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from kiosk.language.words import decimal, gettext
from schedules.core.clock import day_bounds
from schedules.policies import clock_time, clock_windows, volume_db

DAY = 24 * 3600
LOWEST, HIGHEST = -20.0, 6.0  # dB: what the bar can show; quieter is drawn as if it were the lowest
TALL, WIDE_ENOUGH = 30.0, 11.0  # pixels; percent of the day that a written volume needs

Windows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Stretch:
    """From ``start`` to ``end``, in seconds of the day, nothing changes."""

    start: int
    end: int
    db: float
    quiet: bool

    @property
    def x(self) -> float:
        return round(self.start / DAY * 100, 3)

    @property
    def width(self) -> float:
        return round((self.end - self.start) / DAY * 100, 3)

    @property
    def height(self) -> float:
        shown = min(max(self.db, LOWEST), HIGHEST)
        return round(4 + (TALL - 4) * (shown - LOWEST) / (HIGHEST - LOWEST), 1)

    @property
    def roomy(self) -> bool:
        return self.width >= WIDE_ENOUGH

    @property
    def words(self) -> str:
        quiet = gettext(", yên tĩnh") if self.quiet else ""
        return f"{_clock(self.start)}–{_clock(self.end)}: {decimal(self.db)} dB{quiet}"


def stretches(volume: Windows, quiet: Windows, day: date) -> list[Stretch]:
    """The whole day, in order."""
    midnight = day_bounds(day)[0]
    spans = clock_windows(quiet, day)
    found: list[Stretch] = []
    for start, end in pairwise(_edges([*volume, *quiet])):
        moment = midnight + timedelta(seconds=start)
        here = Stretch(start, end, volume_db(volume, moment, day), _within(spans, moment))
        if found and (found[-1].db, found[-1].quiet) == (here.db, here.quiet):
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(here)
    return found


def in_words(found: Iterable[Stretch]) -> str:
    return "; ".join(one.words for one in found)


def _edges(windows: Windows) -> list[int]:
    clocks = (clock_time(window[name]) for window in windows for name in ("from", "to"))
    return sorted({0, DAY, *map(_seconds, clocks)})


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second


def _within(spans: Iterable[tuple[float, float]], moment: datetime) -> bool:
    return any(first <= moment.timestamp() < last for first, last in spans)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"

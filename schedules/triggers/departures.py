"""Departures, and where they come from.

A source lists the departures of a station as they are known now: a delay is told by ``delay``, and what is cancelled is
left out. A timetable will be one; :class:`ListedDepartures` serves demonstrations and tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Protocol

from schedules.core.clock import day_bounds, local_date, to_local
from schedules.core.errors import UserError

LONGEST_DELAY = 24 * 60  # minutes


# A timetable's words for what a departure is, as schedules say them in Vietnamese; another one is said as it is.
KIND_WORDS = {"departure": "khởi hành", "arrival": "đến nơi"}


@dataclass(frozen=True)
class Departure:
    """``departs_at`` is aware and as timetabled, ``delay`` in minutes.

    A timetable counts a bus at half past midnight to the day before by giving that ``service_day``; otherwise it is the
    local date of ``departs_at``. ``kind`` is the timetable's word for what it is: "departure", "arrival", …
    """

    service: str
    destination: str
    departs_at: datetime
    platform: str = ""
    gate: str = ""
    delay: int = 0
    kind: str = "departure"
    service_day: date | None = None

    def __post_init__(self) -> None:
        if self.departs_at.tzinfo is None:
            raise UserError(f"The departure of {self.service} has a time without a zone.")
        if not 0 <= self.delay <= LONGEST_DELAY:
            raise UserError(
                f"The delay of {self.service} is {self.delay} minutes.", "It may be from 0 to 1440."
            )
        if self.service_day and not 0 <= (local_date(self.departs_at) - self.service_day).days <= 1:
            raise UserError(
                f"The service day of {self.service} is neither the day it departs nor the day before."
            )

    @cached_property
    def day(self) -> date:
        """Its service day."""
        return self.service_day or local_date(self.departs_at)

    @cached_property
    def expected_at(self) -> datetime:
        """Local, with the delay."""
        return to_local(self.departs_at) + timedelta(minutes=self.delay)

    @cached_property
    def values(self) -> Mapping[str, str]:
        """What fills a message's blanks. What is not known is left out, so that wording can say what is missing."""
        known = {
            "service": self.service,
            "place": self.destination,
            "time": f"{self.expected_at:%H:%M}",
            "timetabled": f"{to_local(self.departs_at):%H:%M}",
            "platform": self.platform,
            "gate": self.gate,
            "delay": str(self.delay or ""),
        }
        return {name: value for name, value in known.items() if value}


class DepartureSource(Protocol):
    def departures(self, station_key: str, start: datetime, end: datetime) -> Sequence[Departure]:
        """Those timetabled from ``start`` (included) to ``end`` (not), in order."""


class NoDepartures:
    def departures(self, station_key: str, start: datetime, end: datetime) -> Sequence[Departure]:
        return ()


class ListedDepartures:
    """The same list for every station."""

    def __init__(self, departures: Iterable[Departure]) -> None:
        self._departures = sorted(departures, key=lambda departure: departure.departs_at)

    def departures(self, station_key: str, start: datetime, end: datetime) -> Sequence[Departure]:
        return [departure for departure in self._departures if start <= departure.departs_at < end]


def departures_around(source: DepartureSource, station_key: str, day: date) -> Sequence[Departure]:
    """All that can be announced on a local day: one soon after midnight is announced before it, one delayed after it."""
    (start, _), (_, end) = day_bounds(day - timedelta(days=2)), day_bounds(day + timedelta(days=1))
    return source.departures(station_key, start, end)

"""The contract of a trigger: it turns a service day into moments.

A service day may reach into the next morning: a window 22:00–02:00 on Saturday gives moments on Sunday until two, and
they belong to Saturday. Day types are asked about the service day, so "Saturdays only" keeps that window whole, and a
window that starts on the eve of Tết is Tết's eve to its end.

``moments(day)`` gives the moments whose *service day* is ``day``, sorted and unique. :func:`moments_on` gives those that
fall on a *calendar date*, which is what the planner plans. Every moment has exactly one service day.

A trigger owns no clock and no database, and never changes once made.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self

from schedules.core.clock import LOCAL
from schedules.days.calendars import Calendar
from schedules.days.day_types import DayType
from schedules.triggers.departures import Departure


@dataclass(frozen=True, slots=True)
class Moment:
    """``at`` is aware and local. ``departure`` is what it announces, if anything."""

    at: datetime
    departure: Departure | None = None

    @property
    def values(self) -> Mapping[str, str]:
        """What fills a message's blanks."""
        return self.departure.values if self.departure else {}


class Trigger(ABC):
    kind: ClassVar[str]  # its word in data and in the registry
    names_days: ClassVar[bool] = (
        False  # whether its own words say on which days, so that "every day" would confuse
    )

    @property
    def reach(self) -> Sequence[int]:
        """Which service days can have moments on a calendar date, counted from that date."""
        return (0,)

    @abstractmethod
    def moments(self, day: date, departures: Sequence[Departure] = ()) -> list[Moment]:
        """The moments of a service day, sorted and unique. Must be quick, and at most 1440 without departures."""

    @abstractmethod
    def describe(self, language: str) -> str:
        """In words, for staff: "mỗi 20 phút, 6h–22h"."""

    @abstractmethod
    def to_data(self) -> dict[str, Any]:
        """Plain values for JSON and YAML, which ``from_data`` turns into an equal trigger."""

    @classmethod
    @abstractmethod
    def from_data(cls, data: Any) -> Self:
        """Raises UserError for an unknown field or a bad value."""


def moments_on(
    trigger: Trigger, day_type: DayType, calendar: Calendar, day: date, departures: Sequence[Departure] = ()
) -> list[Moment]:
    """The moments that fall on a calendar date, in order; each one's service day must be of the day type.

    ``departures`` are those of the days around, see :func:`~schedules.triggers.departures.departures_around`.
    """
    service_days = [day + timedelta(days=offset) for offset in trigger.reach]
    found = [
        moment
        for service_day in service_days
        if day_type.matches(service_day, calendar)
        for moment in trigger.moments(service_day, departures)
    ]
    if service_days == [day]:
        return found  # a trigger that reaches no other date
    return sorted((moment for moment in found if moment.at.date() == day), key=lambda moment: moment.at)


def at_clock(day: date, seconds: int) -> datetime:
    """That many seconds after the local midnight that starts ``day``. Hà Nội keeps no summer time."""
    return datetime.combine(day, time(), LOCAL) + timedelta(seconds=seconds)

"""When something is said: triggers turn a local day into moments. Pure: no database, no clock."""

from schedules.triggers.base import Moment, Trigger, moments_on
from schedules.triggers.clock_times import EveryMinutes, FixedTimes
from schedules.triggers.departures import (
    Departure,
    DepartureSource,
    ListedDepartures,
    NoDepartures,
    departures_around,
)
from schedules.triggers.recurrence import Recurrence
from schedules.triggers.registry import TRIGGERS, describe, trigger_from_data
from schedules.triggers.relative import RelativeToDeparture

__all__ = [
    "TRIGGERS",
    "Departure",
    "DepartureSource",
    "EveryMinutes",
    "FixedTimes",
    "ListedDepartures",
    "Moment",
    "NoDepartures",
    "Recurrence",
    "RelativeToDeparture",
    "Trigger",
    "departures_around",
    "describe",
    "moments_on",
    "trigger_from_data",
]

"""The station's language as tables."""

from schedules.models.calendars import EXCEPTION_KINDS, CalendarException
from schedules.models.messages import BLANK_TYPES, CATEGORIES, LEVELS, Message, Wording
from schedules.models.occurrences import RESULTS, Occurrence
from schedules.models.schedules import PRIORITIES, Schedule, ScheduleZone, Turn
from schedules.models.stations import Station, Zone
from schedules.models.versions import Version

__all__ = [
    "BLANK_TYPES",
    "CATEGORIES",
    "EXCEPTION_KINDS",
    "LEVELS",
    "PRIORITIES",
    "RESULTS",
    "CalendarException",
    "Message",
    "Occurrence",
    "Schedule",
    "ScheduleZone",
    "Station",
    "Turn",
    "Version",
    "Wording",
    "Zone",
]

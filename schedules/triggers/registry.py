"""Every kind of trigger, and how to make one from data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from schedules.core.errors import UserError
from schedules.triggers.base import Trigger
from schedules.triggers.clock_times import EveryMinutes, FixedTimes
from schedules.triggers.day_words import every_day
from schedules.triggers.fields import nearest
from schedules.triggers.recurrence import Recurrence
from schedules.triggers.relative import RelativeToDeparture

if TYPE_CHECKING:
    from schedules.calendars import DayType

TRIGGERS: Mapping[str, type[Trigger]] = {
    "every": EveryMinutes,
    "times": FixedTimes,
    "rrule": Recurrence,
    "departure": RelativeToDeparture,
}


def trigger_from_data(data: Any) -> Trigger:
    """The trigger that ``to_data`` described. Raises UserError with one sentence when something is wrong."""
    if not isinstance(data, Mapping) or "kind" not in data:
        raise UserError("A trigger needs a “kind”.", f"It may be {', '.join(TRIGGERS)}.")
    kind = data["kind"]
    if not isinstance(kind, str) or kind not in TRIGGERS:
        raise UserError(f"There is no trigger of kind “{kind}”.", nearest(kind, TRIGGERS))
    return TRIGGERS[kind].from_data(data)


def describe(trigger: Trigger, days: DayType, language: str) -> str:
    """ "mỗi 20 phút, 6h–22h, thứ 2–thứ 7, trừ Tết" """
    on_days = days.describe(language)
    if trigger.names_days:
        on_days = on_days.removeprefix(every_day(language)).removeprefix(", ")
    return ", ".join(filter(None, [trigger.describe(language), on_days]))

"""Every kind of trigger, and how to make one from data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schedules.core.errors import UserError
from schedules.core.fields import nearest
from schedules.days import words
from schedules.days.day_types import DayType
from schedules.triggers.base import Trigger
from schedules.triggers.clock_times import EveryMinutes, FixedTimes
from schedules.triggers.recurrence import Recurrence
from schedules.triggers.relative import RelativeToDeparture

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
    on_days = words.describe(days, language)
    if trigger.names_days:
        on_days = on_days.removeprefix(words.every_day(language)).removeprefix(", ")
    return ", ".join(filter(None, [trigger.describe(language), on_days]))

"""Why a schedule says nothing on a day: what staff look for in a plan and do not find there."""

from __future__ import annotations

from datetime import date, timedelta

from schedules.days.calendars import Calendar
from schedules.days.day_types import DayType
from schedules.days.phrases import date_phrase, pick
from schedules.days.words import why_not
from schedules.models import Schedule
from schedules.triggers import moments_on, trigger_from_data


def why_left_out(schedule: Schedule, day: date, calendar: Calendar, language: str) -> str:
    """One sentence in "vi" or "en"; empty where the schedule speaks on that local day, or may, as departures go."""
    if not schedule.enabled:
        return pick(language, "Lịch này đang tắt.", "This schedule is switched off.")
    if all(turn.message.retired for turn in schedule.turns):
        return pick(language, "Nội dung của lịch này đã thu hồi.", "What this schedule says was recalled.")
    return _not_yet_or_no_more(schedule, day, language) or _not_that_day(schedule, day, calendar, language)


def _not_yet_or_no_more(schedule: Schedule, day: date, language: str) -> str:
    if schedule.valid_from and day < schedule.valid_from:
        first = date_phrase(schedule.valid_from, language)
        return pick(language, f"Lịch này bắt đầu từ {first}.", f"This schedule begins on {first}.")
    if schedule.valid_to and day > schedule.valid_to:
        last = date_phrase(schedule.valid_to, language)
        return pick(language, f"Lịch này đã hết hạn sau {last}.", f"This schedule ended after {last}.")
    return ""


def _not_that_day(schedule: Schedule, day: date, calendar: Calendar, language: str) -> str:
    trigger, days = trigger_from_data(schedule.trigger), DayType.from_data(schedule.days)
    service_days = [day + timedelta(days=offset) for offset in trigger.reach]
    if not any(days.matches(one, calendar) for one in service_days):
        return why_not(days, day, calendar, language)
    if not trigger.names_days or moments_on(trigger, days, calendar, day):
        return ""
    named = date_phrase(day, language)
    return pick(
        language,
        f"Ngày {named} không phải lượt của lịch này: {trigger.describe(language)}.",
        f"{named} is not one of its days: {trigger.describe(language)}.",
    )

"""Day types in words: what they include, and why a day is not one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from schedules.days.calendars import Calendar, DayFacts, facts, holiday_name
from schedules.days.day_types import DayType
from schedules.days.phrases import (
    WEEKDAYS,
    date_phrase,
    joined,
    lunar_phrase,
    months_phrase,
    pick,
    weekday_phrase,
    weekdays_phrase,
)


def describe(days: DayType, language: str) -> str:
    """ "thứ 2–thứ 7, trừ Tết" """
    parts = [_weekdays(days, language)]
    if days.months:
        parts.append(months_phrase(days.months, language))
    if days.lunar:
        parts.append(lunar_phrase(days.lunar, language))
    parts += _special(days, "only", pick(language, "chỉ ", "only "), language)
    if days.weekdays and days.dates:
        parts.append(pick(language, "thêm ", "also ") + _dates(days, language))
    parts += _special(days, "never", pick(language, "trừ ", "except "), language)
    if days.except_dates:
        named = joined([date_phrase(day, language) for day in sorted(days.except_dates)], language)
        parts.append(pick(language, "trừ ", "except ") + named)
    return ", ".join(part for part in parts if part)


def _weekdays(days: DayType, language: str) -> str:
    if not days.weekdays:
        return pick(language, "chỉ ", "only on ") + _dates(days, language)
    if len(days.weekdays) < len(WEEKDAYS):
        return weekdays_phrase(days.weekdays, language)
    narrowed = days.lunar or "only" in (days.holidays, days.tet)
    return "" if narrowed else every_day(language)


def every_day(language: str) -> str:
    return pick(language, "hằng ngày", "every day")


def _dates(days: DayType, language: str) -> str:
    return joined([date_phrase(day, language) for day in sorted(days.dates)], language)


def _special(days: DayType, rule: str, before: str, language: str) -> list[str]:
    names = [pick(language, "ngày lễ", "public holidays")] if days.holidays == rule else []
    names += [pick(language, "dịp Tết" if rule == "only" else "Tết", "Tết")] if days.tet == rule else []
    return [before + joined(names, language)] if names else []


def why_not(days: DayType, day: date, calendar: Calendar, language: str) -> str:
    """One sentence, or nothing when the day is one of this type."""
    found = facts(day, calendar)
    obstacle = days.obstacle(found)
    if not obstacle:
        return ""
    told = {name: word(days, found, language) for name, word in WORDS.items()}
    return pick(language, *REASONS[obstacle]).format(**told, holiday=holiday_name(day, calendar, language))


# Vietnamese, then English.
REASONS: dict[str, tuple[str, str]] = {
    "closed": ("Nhà ga, bến đóng cửa ngày {day}{note}.", "The station is closed on {day}{note}."),
    "except": ("Lịch này trừ ngày {day}.", "This schedule leaves out {day}."),
    "weekdays": (
        "{day} là {weekday}, lịch này phát {plan}.",
        "{day} is {weekday}; this schedule runs {plan}.",
    ),
    "months": (
        "{day} không thuộc {months} của lịch này.",
        "{day} is outside this schedule's months ({months}).",
    ),
    "lunar": (
        "{day} là {lunar} âm lịch, lịch này phát {lunar_plan}.",
        "{day} is {lunar} in the lunar calendar; this schedule runs {lunar_plan}.",
    ),
    "holidays only": (
        "{day} không phải ngày lễ, lịch này chỉ phát ngày lễ.",
        "{day} is not a public holiday; this schedule runs on public holidays only.",
    ),
    "holidays never": (
        "{day} là ngày lễ ({holiday}), lịch này trừ ngày lễ.",
        "{day} is a public holiday ({holiday}); this schedule leaves public holidays out.",
    ),
    "tet only": (
        "{day} không thuộc dịp Tết, lịch này chỉ phát dịp Tết.",
        "{day} is not within Tết; this schedule runs during Tết only.",
    ),
    "tet never": (
        "{day} thuộc dịp Tết, lịch này trừ Tết.",
        "{day} is within Tết; this schedule leaves Tết out.",
    ),
}


def _weekday(days: DayType, found: DayFacts, language: str) -> str:
    name = weekday_phrase(found.day.weekday(), language, whole=True)
    if not found.swapped:
        return pick(language, name, f"a {name}")
    return pick(language, f"{name} làm bù", f"a {name} declared a working day")


def _lunar(days: DayType, found: DayFacts, language: str) -> str:
    leap = pick(language, " nhuận", " (leap month)") if found.lunar.leap else ""
    return f"{found.lunar.day}/{found.lunar.month}{leap}"


def _plan(days: DayType, found: DayFacts, language: str) -> str:
    return _weekdays(days, language)


def _note(days: DayType, found: DayFacts, language: str) -> str:
    return f" ({found.closed.note})" if found.closed and found.closed.note else ""


WORDS: dict[str, Callable[[DayType, DayFacts, str], str]] = {
    "day": lambda days, found, language: date_phrase(found.day, language),
    "weekday": _weekday,
    "plan": _plan,
    "lunar": _lunar,
    "lunar_plan": lambda days, found, language: lunar_phrase(days.lunar, language) if days.lunar else "",
    "months": lambda days, found, language: months_phrase(days.months, language) if days.months else "",
    "note": _note,
}

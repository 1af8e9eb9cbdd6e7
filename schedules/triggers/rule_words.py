"""Recurrence rules in words. What has no plain words is shown as the rule itself."""

from __future__ import annotations

from collections.abc import Sequence

from schedules.days.phrases import (
    WEEKDAYS,
    clock_phrase,
    date_phrase,
    joined,
    months_phrase,
    pick,
    weekday_phrase,
    weekdays_phrase,
)
from schedules.triggers.rules import DAILY, HOURLY, Rule

_UNITS = (
    ("năm", "year"),
    ("tháng", "month"),
    ("tuần", "week"),
    ("ngày", "day"),
    ("giờ", "hour"),
    ("phút", "minute"),
)
_PLACES_VI = {1: "đầu tiên", -1: "cuối cùng", -2: "áp chót"}
_PLACES_EN = {1: "1st", 2: "2nd", 3: "3rd", -1: "last", -2: "last but one"}
_MOST_TIMES = 6


def describe(text: str, rule: Rule, language: str) -> str:
    """ "hằng tuần, thứ 2, lúc 8h" """
    if rule["BYSETPOS"] or rule["BYWEEKNO"] or rule["BYYEARDAY"]:
        return pick(language, "theo quy tắc ", "by the rule ") + text
    parts = [_pace(rule, language), _weekdays(rule, language), _monthdays(rule["BYMONTHDAY"], language)]
    if rule["BYMONTH"]:
        parts.append(months_phrase(rule["BYMONTH"], language))
    parts.append(_times(rule, language))
    if rule.until:
        parts.append(pick(language, "đến ", "until ") + date_phrase(rule.until.date(), language))
    if rule.count:
        parts.append(pick(language, f"{rule.count} lần", f"{rule.count} times"))
    return ", ".join(part for part in parts if part)


def _pace(rule: Rule, language: str) -> str:
    vi, en = _UNITS[rule.freq]
    if rule.interval > 1:
        return pick(language, f"mỗi {rule.interval} {vi}", f"every {rule.interval} {en}s")
    return pick(language, f"{'hằng' if rule.freq <= DAILY else 'mỗi'} {vi}", f"every {en}")


def _weekdays(rule: Rule, language: str) -> str:
    if all(place == 0 for _, place in rule.byday):
        return weekdays_phrase({WEEKDAYS[number] for number, _ in rule.byday}, language) if rule.byday else ""
    return joined([_placed(number, place, language) for number, place in rule.byday], language)


def _placed(number: int, place: int, language: str) -> str:
    name = weekday_phrase(number, language)
    if not place:
        return name
    ordinal = f"{abs(place)}th{' last' if place < 0 else ''}"
    vi = _PLACES_VI.get(place, f"lần {abs(place)}{' từ cuối' if place < 0 else ''}")
    return pick(language, f"{name} {vi}", f"{_PLACES_EN.get(place, ordinal)} {name}")


def _monthdays(days: Sequence[int], language: str) -> str:
    if not days:
        return ""
    ahead = [str(day) for day in days if day > 0]
    named = [pick(language, "ngày ", "on day ") + joined(ahead, language)] if ahead else []
    return joined(named + [_from_end(-day, language) for day in reversed(days) if day < 0], language)


def _from_end(place: int, language: str) -> str:
    if place == 1:
        return pick(language, "ngày cuối tháng", "the last day of the month")
    return pick(language, f"ngày thứ {place} từ cuối tháng", f"day {place} from the end of the month")


def _times(rule: Rule, language: str) -> str:
    hours, minutes, second = rule["BYHOUR"], rule["BYMINUTE"], rule["BYSECOND"][0]
    if rule.freq < HOURLY or (hours and minutes):
        times = [(hour * 60 + minute) * 60 + second for hour in hours for minute in minutes]
        if len(times) <= _MOST_TIMES:
            return pick(language, "lúc ", "at ") + joined(
                [clock_phrase(at, language) for at in times], language
            )
    parts = []
    if hours:
        parts.append(pick(language, "trong giờ ", "in hours ") + joined(map(str, hours), language))
    if minutes:
        parts.append(pick(language, "vào phút ", "at minutes ") + joined(map(str, minutes), language))
    return ", ".join(parts)

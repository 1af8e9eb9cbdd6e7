"""How times, dates and days are named to staff, in Vietnamese ("vi") and in English (any other language)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from schedules.core.fields import DAY, clock_text

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_THU = ("thứ 2", "thứ 3", "thứ 4", "thứ 5", "thứ 6", "thứ 7", "chủ nhật")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LUNAR_MONTHS = {1: "Giêng", 12: "Chạp"}


def pick(language: str, vi: str, en: str) -> str:
    return vi if language == "vi" else en


def joined(words: Iterable[str], language: str) -> str:
    """ "a, b và c" """
    *first, last = words
    return pick(language, " và ", " and ").join([", ".join(first), last]) if first else last


def clock_phrase(seconds: int, language: str) -> str:
    late, within = divmod(seconds, DAY)
    if language != "vi":
        return clock_text(within) + " next day" * late
    minutes, rest = divmod(within, 60)
    short = (
        f"{minutes // 60}h"
        + (f"{minutes % 60:02}" if minutes % 60 or rest else "")
        + (f":{rest:02}" if rest else "")
    )
    return short + " hôm sau" * late


def date_phrase(day: date, language: str) -> str:
    return pick(
        language, f"{day.day}/{day.month}/{day.year}", f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    )


def weekday_phrase(number: int, language: str, whole: bool = False) -> str:
    return pick(language, _THU[number], _DAYS[number] if whole else _DAYS[number][:3])


def weekdays_phrase(days: Collection[str], language: str) -> str:
    """ "thứ 2–thứ 7", "Mon, Wed, Fri" """
    numbers = [number for number, name in enumerate(WEEKDAYS) if name in days]
    return ", ".join(_runs(numbers, [weekday_phrase(number, language) for number in range(7)]))


def months_phrase(months: Collection[int], language: str) -> str:
    names = [pick(language, str(month), _MONTHS[month - 1]) for month in range(1, 13)]
    return pick(language, "tháng ", "in ") + ", ".join(_runs([month - 1 for month in sorted(months)], names))


def lunar_phrase(days: Collection[tuple[int, int]], language: str) -> str:
    """Month 0 is every month: "mùng 1, rằm âm lịch", "23 tháng Chạp âm lịch"."""
    if language != "vi":
        return "on lunar " + joined(
            [f"{day}/{month}" if month else f"{day}" for month, day in sorted(days)], "en"
        )
    return joined([_lunar_day(month, day) for month, day in sorted(days)], "vi") + " âm lịch"


def _lunar_day(month: int, day: int) -> str:
    name = "rằm" if day == 15 else f"mùng {day}" if day <= 10 else f"ngày {day}"
    return f"{name} tháng {_LUNAR_MONTHS.get(month, month)}" if month else name


def _runs(numbers: Sequence[int], names: Sequence[str]) -> list[str]:
    """Three or more in a row are written as first–last."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in _run([names[number] for number in run])]


def _run(names: list[str]) -> list[str]:
    return [f"{names[0]}–{names[-1]}"] if len(names) > 2 else names

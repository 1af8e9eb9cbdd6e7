"""When something is said, as staff write it: "mỗi 20 phút, 6h–22h, thứ 2–thứ 7, trừ Tết".

:func:`read_when` understands every sentence that :func:`schedules.triggers.describe` writes in Vietnamese (a recurrence
rule is written as the rule itself), and the ways people write the same. Parts stand between commas; "và" is a comma.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schedules.core.errors import UserError
from schedules.days import words
from schedules.days.day_types import DayType
from schedules.days.phrases import WEEKDAYS
from schedules.triggers import Trigger, describe, trigger_from_data
from schedules.triggers.departures import KIND_WORDS

LONGEST = 4000  # characters; a sentence that names every date of a year
LATEST_HOUR = 30  # from here on a time of day belongs to the next service day


class NotUnderstood(UserError):
    """``part`` is what was not understood, or empty where something is missing."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part


@dataclass
class _Found:
    """What was read so far. ``going_on`` reads a part that only continues the one before it: "lúc 7h, 12h"."""

    trigger: dict[str, Any] = field(default_factory=dict)
    days: dict[str, Any] = field(default_factory=dict)
    going_on: Callable[[_Found, str], bool] = lambda found, part: False


def read_when(text: str) -> tuple[Trigger, DayType]:
    """The trigger and the days that a sentence names. Raises NotUnderstood, and UserError for a trigger that cannot be."""
    if len(text) > LONGEST:
        raise UserError(f"The sentence has {len(text)} characters; at most {LONGEST} are read.")
    found = _Found()
    for part in _parts(text):
        if not _read(found, part):
            raise NotUnderstood(part, f"“{part}” is not understood.")
    if not found.trigger:
        raise NotUnderstood("", "It does not say at which times.")
    if found.trigger.get("kind") == "every" and "from" not in found.trigger:
        found.trigger |= {"from": "00:00", "to": "24:00"}
    if "dates" in found.days and "weekdays" not in found.days and found.days.pop("only dates", False):
        found.days["weekdays"] = []
    found.days.pop("only dates", None)
    return trigger_from_data(found.trigger), DayType.from_data(found.days)


def _parts(text: str) -> list[str]:
    """Lower-case parts without the dashes and spaces that people vary in; a rule keeps its case."""
    line = " ".join(unicodedata.normalize("NFC", text).split()).strip(" .")
    line = re.sub(r"[–—−]", "-", line)
    line = re.sub(r"(?i)\bke, làn\b", "ke", line)
    rule = re.search(r"(?i)\bFREQ=[A-Z0-9=;,+\-]*[A-Z0-9]", line)
    kept = rule[0] if rule else ""
    pieces = re.split(r",|;|\bvà\b", (line.replace(kept, "\x00") if kept else line).lower())
    return [piece.strip().replace("\x00", kept) for piece in pieces if piece.strip()]


def _read(found: _Found, part: str) -> bool:
    for pattern, handle, goes_on in _RULES:
        match = re.fullmatch(pattern, part)
        if match and handle(found, *(group or "" for group in match.groups())):
            found.going_on = goes_on
            return True
    return found.going_on(found, part)


# Times


def _every(found: _Found, number: str, unit: str) -> bool:
    minutes = int(number or 1) * (60 if unit == "giờ" else 1)
    return _begin(found, {"kind": "every", "minutes": minutes})


def _window(found: _Found, first: str, last: str) -> bool:
    if found.trigger.get("kind") != "every" or "from" in found.trigger:
        return False
    start, end = _clock(first), _clock(last)
    if start is None or end is None:
        return False
    found.trigger |= {"from": start, "to": _within_a_service_day(end)}
    return True


def _within_a_service_day(end: str) -> str:
    """ "30:00" -> "06:00": an end that late is written as the time of the next day, which says the same."""
    hour, _, rest = end.partition(":")
    return f"{int(hour) - 24:02}:{rest}" if int(hour) >= LATEST_HOUR else end


def _all_day(found: _Found) -> bool:
    return _window(found, "0h", "24h")


def _times(found: _Found, first: str) -> bool:
    at = _clock(first)
    return at is not None and _begin(found, {"kind": "times", "at": [at]})


def _more_times(found: _Found, part: str) -> bool:
    at = _clock(part.removeprefix("lúc "))
    if at is None or found.trigger.get("kind") != "times":
        return False
    found.trigger["at"].append(at)
    return True


def _rule(found: _Found, rule: str, day: str, clock: str) -> bool:
    start = _date(day)
    at = _clock(clock) if clock else None
    if start is None or (clock and at is None):
        return False
    begins = f"{start.isoformat()}T{at}:00" if at else start.isoformat()
    return _begin(found, {"kind": "rrule", "rule": rule.upper(), "start": begins})


def _begin(found: _Found, trigger: dict[str, Any]) -> bool:
    if found.trigger:
        return False
    found.trigger = trigger
    return True


def _before(found: _Found, minutes: str) -> bool:
    return _departure(found, minutes, -1)


def _after(found: _Found, minutes: str) -> bool:
    return _departure(found, minutes, 1)


def _at_departure(found: _Found) -> bool:
    return _departure(found, "0", 1)


def _departure(found: _Found, minutes: str, sign: int) -> bool:
    number = re.sub(r"\s*phút$", "", minutes)
    if found.trigger.get("kind", "departure") != "departure" or not number.isdecimal():
        return False
    found.trigger.setdefault("kind", "departure")
    found.trigger.setdefault("minutes", []).append(sign * int(number))
    return True


_KINDS = {word: kind for kind, word in KIND_WORDS.items()}


def _filter(name: str) -> Callable[[_Found, str], bool]:
    def add(found: _Found, value: str) -> bool:
        if found.trigger.get("kind") != "departure" or not value:
            return False
        found.trigger.setdefault(name, []).append(
            value.upper() if name != "kinds" else _KINDS.get(value.casefold(), value)
        )
        return True

    return add


def _clock(text: str) -> str | None:
    """ "6h30 hôm sau" -> "30:30"."""
    match = re.fullmatch(
        r"(\d{1,2})\s*(?:h|:|giờ)\s*(?:(\d{1,2})(?:\s*phút)?(?::(\d{2}))?)?\s*(hôm sau)?", text.strip()
    )
    if not match:
        return None
    hour, minute, second = (int(group or 0) for group in match.groups()[:3])
    if minute > 59 or second > 59:
        return None
    hour += 24 if match[4] else 0
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")


# Days

_DAY_NAMES = {"chủ nhật": 6, "cn": 6} | {
    name: number
    for number, digit in enumerate("234567")
    for name in (f"thứ {digit}", f"t{digit}", f"thứ {('hai', 'ba', 'tư', 'năm', 'sáu', 'bảy')[number]}")
}
_DAY_NAME = "|".join(sorted(_DAY_NAMES, key=len, reverse=True))
_MONTH_NAMES = {"giêng": 1, "chạp": 12}


def _weekdays(found: _Found, first: str, last: str) -> bool:
    start = _DAY_NAMES[first]
    end = _DAY_NAMES[last] if last else start
    days = found.days.setdefault("weekdays", [])
    days += [WEEKDAYS[number % 7] for number in range(start, (end if end >= start else end + 7) + 1)]
    return True


def _weekend(found: _Found) -> bool:
    return _weekdays(found, "thứ 7", "chủ nhật")


def _working_days(found: _Found) -> bool:
    return _weekdays(found, "thứ 2", "thứ 6")


def _months(found: _Found, first: str, last: str) -> bool:
    start, end = int(first), int(last or first)
    if not (1 <= start <= 12 and 1 <= end <= 12):
        return False
    wanted = range(start, (end if end >= start else end + 12) + 1)
    found.days.setdefault("months", []).extend((month - 1) % 12 + 1 for month in wanted)
    return True


def _more_months(found: _Found, part: str) -> bool:
    match = re.fullmatch(r"(\d{1,2})(?:\s*-\s*(\d{1,2}))?", part)
    return bool(match) and _months(found, match[1], match[2] or "")  # type: ignore[index]


def _lunar(found: _Found, name: str, number: str, month: str) -> bool:
    day = 15 if name == "rằm" else int(number or 0)
    named = _MONTH_NAMES.get(month) or (int(month) if month.isdecimal() else 0)
    if not 1 <= day <= 30 or named > 12 or (month and not named):
        return False
    found.days.setdefault("lunar", []).append(f"{named}-{day}" if named else str(day))
    return True


def _special(rule: str, dates: str) -> Callable[[_Found, str], bool]:
    """What "chỉ", "trừ" or "thêm" stands before: public holidays, Tết, or a date."""

    def add(found: _Found, what: str) -> bool:
        name = {"ngày lễ": "holidays", "lễ": "holidays", "tết": "tet", "dịp tết": "tet"}.get(what)
        if name and rule and name not in found.days:
            found.days[name] = rule
            return True
        day = _date(what)
        if day is None:
            return False
        found.days.setdefault(dates, []).append(day.isoformat())
        if rule == "only":
            found.days["only dates"] = True
        return True

    return add


_only, _never, _also = _special("only", "dates"), _special("never", "except"), _special("", "dates")


def _date(text: str) -> date | None:
    match = re.fullmatch(r"(?:ngày )?(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text.strip())
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def _nothing(found: _Found, part: str) -> bool:
    return False


def _every_day(found: _Found) -> bool:
    return True


# What a part may look like, what it means, and how a part after it may go on. The first that fits is taken.
_CLOCK = r"\d{1,2}\s*(?:h|:|giờ)[^-]*?"
_RULES: tuple[tuple[str, Callable[..., bool], Callable[[_Found, str], bool]], ...] = (
    (r"(?:mỗi|cứ)(?: (\d{1,4}))? (phút|giờ)(?: một lần)?", _every, _nothing),
    (rf"(?:từ )?({_CLOCK})\s*(?:-|đến)\s*({_CLOCK})", _window, _nothing),
    (r"(?:suốt )?(?:cả )?ngày đêm", _all_day, _nothing),
    (rf"lúc ({_CLOCK})", _times, _more_times),
    (r"trước giờ (?:khởi hành|tàu chạy|xe chạy) (\d{1,3}(?: phút)?)", _before, _before),
    (r"sau giờ (?:khởi hành|tàu chạy|xe chạy) (\d{1,3}(?: phút)?)", _after, _after),
    (r"đúng giờ (?:khởi hành|tàu chạy|xe chạy)", _at_departure, _nothing),
    (r"chuyến (.+)", _filter("services"), _filter("services")),
    (r"(?:ke|làn) (.+)", _filter("platforms"), _filter("platforms")),
    (r"loại (.+)", _filter("kinds"), _filter("kinds")),
    (r"theo quy tắc (freq=\S+|FREQ=\S+) từ (\S+)(?: lúc (\S+))?", _rule, _nothing),
    (r"h[ằà]ng ngày|mỗi ngày|ngày nào cũng phát", _every_day, _nothing),
    (rf"({_DAY_NAME})(?:\s*(?:-|đến)\s*({_DAY_NAME}))?", _weekdays, _nothing),
    (r"cuối tuần", _weekend, _nothing),
    (r"ngày thường", _working_days, _nothing),
    (r"tháng (\d{1,2})(?:\s*-\s*(\d{1,2}))?", _months, _more_months),
    (r"(rằm|mùng|mồng|ngày)(?: (\d{1,2}))?(?: tháng (\S+))?(?: âm lịch)?", _lunar, _nothing),
    (r"chỉ (.+)", _only, _only),
    (r"trừ (.+)", _never, _never),
    (r"thêm (.+)", _also, _also),
)


def write_when(trigger: Trigger, days: DayType) -> str:
    """A sentence that :func:`read_when` understands."""
    data = trigger.to_data()
    if data["kind"] != "rrule":
        return describe(trigger, days, "vi")
    day, _, clock = data["start"].partition("T")
    begins = f"{date.fromisoformat(day):%d/%m/%Y}" + (f" lúc {clock[:5]}" if clock else "")
    told = words.describe(days, "vi")
    return ", ".join(filter(None, [f"theo quy tắc {data['rule']} từ {begins}", told]))

"""Reading values typed by people: each problem is one sentence and a hint.

Clock times are kept as seconds from the midnight that starts the service day, so that 25:30 is half past one in the
night after it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from schedules.core.errors import UserError

DAY = 24 * 3600
LATEST = 30 * 3600 - 1  # 29:59:59, the last second a service day may reach into the next morning
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")
_LUNAR = re.compile(r"(?:(\d{1,2})-)?(\d{1,2})")


def known_fields(data: Any, known: Sequence[str], what: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise UserError(
            f"{what} is written as names with values, not as {data!r}.", f"It may have {_list(known)}."
        )
    for name in data:
        if name not in known:
            raise UserError(f"{what} has no “{name}”.", nearest(name, known))
    return data


def required(data: Mapping[str, Any], name: str, what: str) -> Any:
    if data.get(name) is None:
        raise UserError(f"{what} needs “{name}”.", "docs/schedules.md shows one of each kind.")
    return data[name]


def nearest(word: object, known: Iterable[str]) -> str:
    names = {name.lower(): name for name in known}
    near = difflib.get_close_matches(str(word).lower(), names, n=1)
    return f"Did you mean “{names[near[0]]}”?" if near else f"It may be {_list(names.values())}."


def choice(value: Any, known: Sequence[str], name: str) -> str:
    if not isinstance(value, str) or value not in known:
        raise UserError(f"“{name}” cannot be {value!r}.", nearest(value, known))
    return value


def whole(value: Any, name: str, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise UserError(f"“{name}” is {value!r}, but it must be a whole number from {low} to {high}.")
    return value


def text(value: Any, name: str) -> str:
    """Numbers are refused: YAML reads the bus route 03 as the number 3."""
    if type(value) is int:
        raise UserError(
            f"“{name}” has the number {value}, but it must be text.",
            f'Put quotes around it: "{value}" or "0{value}".',
        )
    if not isinstance(value, str) or not value.strip():
        raise UserError(f"“{name}” is {value!r}, but it must be text.")
    return value.strip()


def listed(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise UserError(
            f"“{name}” must be a list, not {value!r}.", f"Put brackets around it: {name}: [{value}]."
        )
    return list(value)


def filled_list(value: Any, name: str) -> list[Any]:
    values = listed(value, name)
    if not values:
        raise UserError(f"“{name}” is an empty list.", "Leave it out, or name at least one.")
    return values


def day(value: Any, name: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise UserError(f"“{name}” has {value!r}, which is not a date.", "Write it as 2026-12-31.") from None


def lunar_day(value: Any) -> tuple[int, int]:
    """(month, day) of "12-23", or (0, day) of "15": that day of every lunar month."""
    found = _LUNAR.fullmatch(str(value)) if isinstance(value, str) or type(value) is int else None
    month, day = (int(found[1] or 0), int(found[2])) if found else (0, 0)
    if not 1 <= day <= 30 or month > 12 or (found and found[1] and not month):
        raise UserError(
            f"“lunar” has {value!r}, which is not a lunar day.",
            'Write "15" for every month, "12-23" for 23 tháng Chạp.',
        )
    return month, day


def clock(value: Any, name: str) -> int:
    """Seconds from midnight of "HH:MM" or "HH:MM:SS", up to 29:59:59."""
    if type(value) is int:
        # YAML 1.1 reads an unquoted 17:00 as the number 17 × 60 + 0.
        meant = f"{value // 60}:{value % 60:02}" if 0 <= value <= LATEST // 60 else "17:00"
        raise UserError(
            f"“{name}” has the number {value}, which is not a time.", f'Put quotes around it: "{meant}".'
        )
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    seconds = _seconds(*found.groups("0")) if found else -1
    if not 0 <= seconds <= LATEST:
        raise UserError(
            f"“{name}” has {value!r}, which is not a time.",
            'Write "07:30"; the night after goes up to "29:59".',
        )
    return seconds


def clock_text(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{rest:02}" if rest else "")


def _seconds(hours: str, minutes: str, seconds: str) -> int:
    return (int(hours) * 60 + int(minutes)) * 60 + int(seconds)


def _list(known: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in known)

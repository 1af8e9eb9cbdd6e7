"""Recurrence rules (RFC 5545) as checked values.

What the standard leaves to the start (the weekday of a weekly rule, the time of day, …) is filled in here, so that a
rule says all by itself and may be evaluated from any date on. Left out of the standard: seconds as a pace, several
seconds in a minute, Easter; and each part is taken only with the frequencies it makes sense with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from schedules.core.clock import LOCAL, to_local
from schedules.core.errors import UserError
from schedules.core.fields import nearest

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY")  # dateutil's numbers, 0 to 5
YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY = range(6)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 1000  # of COUNT and INTERVAL

# name: lowest, highest, whether it may count from the end, frequencies it goes with
RANGES: Mapping[str, tuple[int, int, bool, tuple[int, ...]]] = {
    "BYMONTH": (1, 12, False, tuple(range(6))),
    "BYMONTHDAY": (1, 31, True, (YEARLY, MONTHLY, DAILY, HOURLY, MINUTELY)),
    "BYYEARDAY": (1, 366, True, (YEARLY,)),
    "BYWEEKNO": (1, 53, True, (YEARLY,)),
    "BYSETPOS": (1, 366, True, (YEARLY, MONTHLY)),
    "BYHOUR": (0, 23, False, tuple(range(6))),
    "BYMINUTE": (0, 59, False, tuple(range(6))),
    "BYSECOND": (0, 59, False, tuple(range(6))),
}
NAMES = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *RANGES)
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z)?)?")


@dataclass(frozen=True)
class Rule:
    freq: int
    interval: int
    count: int | None
    until: datetime | None
    wkst: int
    byday: tuple[tuple[int, int], ...]  # weekday from 0, and which one of its month or year (0: each)
    by: tuple[tuple[str, tuple[int, ...]], ...]  # the other BY… parts

    def __getitem__(self, name: str) -> tuple[int, ...]:
        return next((values for known, values in self.by if known == name), ())


def parse_rule(rule: str, start: datetime) -> Rule:
    parts = _parts(rule)
    freq = _frequency(parts.get("FREQ"))
    byday = tuple(sorted({_weekday(value, freq) for value in parts.get("BYDAY", "").split(",") if value}))
    by = {name: _numbers(name, parts[name], freq) for name in RANGES if name in parts}
    _check_positions(by, parts)
    byday = _fill_days(by, byday, freq, start)
    _fill_times(by, freq, start)
    return Rule(
        freq=freq,
        interval=_number("INTERVAL", parts.get("INTERVAL", "1"), 1, MOST),
        count=_number("COUNT", parts["COUNT"], 1, MOST) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        wkst=_weekday(parts.get("WKST", "MO"), WEEKLY)[0],
        byday=byday,
        by=tuple(by.items()),
    )


def _parts(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in rule.upper().removeprefix("RRULE:").replace(" ", "").strip(";").split(";"):
        name, _, value = part.partition("=")
        if name not in NAMES:
            raise UserError(f"A recurrence rule has no “{name}”.", nearest(name, NAMES))
        if not value or name in parts:
            raise UserError(f"“{name}” stands {'twice' if value else 'without a value'} in the rule.")
        parts[name] = value
    if "COUNT" in parts and "UNTIL" in parts:
        raise UserError("A rule ends by COUNT or by UNTIL, not by both.")
    return parts


def _frequency(name: str | None) -> int:
    if name == "SECONDLY":
        raise UserError("A rule cannot repeat every few seconds.", "The quickest is FREQ=MINUTELY.")
    if name not in FREQUENCIES:
        raise UserError(f"FREQ is {name or 'missing'}.", f"It may be {', '.join(FREQUENCIES)}.")
    return FREQUENCIES.index(name)


def _number(name: str, value: str, low: int, high: int) -> int:
    number = int(value) if re.fullmatch(r"[+-]?\d{1,5}", value) else None
    if number is None or not low <= number <= high:
        raise UserError(f"{name} is {value}, but it must be a whole number from {low} to {high}.")
    return number


def _numbers(name: str, value: str, freq: int) -> tuple[int, ...]:
    low, high, backwards, frequencies = RANGES[name]
    if freq not in frequencies:
        raise UserError(f"{name} does not go with FREQ={FREQUENCIES[freq]}.")
    numbers = tuple(
        sorted({_number(name, one, -high if backwards else low, high) for one in value.split(",")})
    )
    if backwards and 0 in numbers:
        raise UserError(f"{name} cannot be 0.", "1 is the first, -1 the last.")
    if name == "BYSECOND" and len(numbers) > 1:
        raise UserError("A rule may name one second of the minute only.")
    return numbers


def _weekday(value: str, freq: int) -> tuple[int, int]:
    found = _BYDAY.fullmatch(value)
    if not found:
        raise UserError(
            f"“{value}” is not a weekday.", f"It may be {', '.join(WEEKDAYS)}, or 1MO, -1FR in a month."
        )
    position = int(found[1] or 0)
    if found[1] and (freq > MONTHLY or not 1 <= abs(position) <= 53):
        raise UserError(
            f"“{value}” does not go with FREQ={FREQUENCIES[freq]}.", "A number is for months and years."
        )
    return WEEKDAYS.index(found[2]), position


def _check_positions(by: Mapping[str, tuple[int, ...]], parts: Mapping[str, str]) -> None:
    """BYSETPOS picks days here. With several times a day it would pick times, which nobody expects."""
    if "BYSETPOS" not in by:
        return
    if len(by.get("BYHOUR", ())) > 1 or len(by.get("BYMINUTE", ())) > 1:
        raise UserError("BYSETPOS goes with one time of day only.", "Write one schedule for each time.")
    if not parts.keys() & {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}:
        raise UserError("BYSETPOS needs something to pick from.", "Add BYDAY, such as BYDAY=MO,TU,WE,TH,FR.")


def _fill_days(
    by: dict[str, tuple[int, ...]], byday: tuple[tuple[int, int], ...], freq: int, start: datetime
) -> tuple[tuple[int, int], ...]:
    if byday or by.keys() & {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}:
        return byday
    if freq == WEEKLY:
        return ((start.weekday(), 0),)
    if freq <= MONTHLY:
        by["BYMONTHDAY"] = (start.day,)
    if freq == YEARLY:
        by.setdefault("BYMONTH", (start.month,))
    return byday


def _fill_times(by: dict[str, tuple[int, ...]], freq: int, start: datetime) -> None:
    if freq < HOURLY:
        by.setdefault("BYHOUR", (start.hour,))
    if freq < MINUTELY:
        by.setdefault("BYMINUTE", (start.minute,))
    by.setdefault("BYSECOND", (start.second,))


def _until(value: str) -> datetime:
    """A date alone means to its end; a Z at the end is UTC."""
    found = _UNTIL.fullmatch(value)
    written = found[1] + (found[2] or "235959") + "+0000" if found else ""
    try:
        day = datetime.strptime(written, "%Y%m%d%H%M%S%z")
    except ValueError:
        raise UserError(f"UNTIL is {value}.", "Write it as 20261231 or 20261231T170000.") from None
    return to_local(day) if value.endswith("Z") else day.replace(tzinfo=LOCAL)

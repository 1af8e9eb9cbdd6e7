"""A trigger that follows a recurrence rule: FREQ=WEEKLY;BYDAY=MO;BYHOUR=8;BYMINUTE=0.

python-dateutil evaluates a rule from its start onwards, which takes the longer the further away the asked day is, and for
ever when nothing comes. So it is only asked about the single month or year, or the hours of the single day, in question:
whether that is a turn of the rule at all is arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, ClassVar

from dateutil import rrule as rfc
from dateutil.rrule import rrule

from schedules.core import fields
from schedules.core.clock import LOCAL
from schedules.core.errors import UserError
from schedules.triggers import rule_words
from schedules.triggers.base import Moment, Trigger, at_clock
from schedules.triggers.departures import Departure
from schedules.triggers.rules import DAILY, HOURLY, MONTHLY, WEEKLY, YEARLY, Rule, parse_rule

FORESIGHT = 40 * 366  # days: 29 February falls on a given weekday once in 28 years, or in 40 over 2100
ONE_ONLY = 12 * 9999  # an interval after which no date is left, so that dateutil stops after one period
_FREQUENCIES: tuple[Any, ...] = (rfc.YEARLY, rfc.MONTHLY, rfc.WEEKLY, rfc.DAILY, rfc.HOURLY, rfc.MINUTELY)
_WEEKDAYS = (rfc.MO, rfc.TU, rfc.WE, rfc.TH, rfc.FR, rfc.SA, rfc.SU)


@dataclass(frozen=True)
class Recurrence(Trigger):
    """``start`` is local and aware. It bounds the rule and sets its pace; it is not a moment unless the rule says so."""

    kind: ClassVar[str] = "rrule"
    names_days: ClassVar[bool] = True
    rule: str
    start: datetime

    def __post_init__(self) -> None:
        if self._last is None:
            raise UserError(
                f"The rule {self.rule} never comes about.", "Look at its dates, UNTIL and the start."
            )

    @cached_property
    def parsed(self) -> Rule:
        return parse_rule(self.rule, self.start)

    def moments(self, day: date, departures: Sequence[Departure] = ()) -> list[Moment]:
        last = self._last
        if not last or not self.start.date() <= day <= last.date():
            return []
        return [Moment(at) for at in self._times(day) if self.start <= at <= last]

    @cached_property
    def _last(self) -> datetime | None:
        """No moment is later than this; None when there is no moment at all."""
        until = self.parsed.until or datetime.max.replace(tzinfo=LOCAL)
        count = self.parsed.count
        found = [at for at in islice(self._all(), count or 1) if at <= until]
        if count and 0 < len(found) < count:
            raise UserError(
                f"COUNT={count} would take more than forty years.", "Leave COUNT out, or use UNTIL."
            )
        return (found[-1] if count else until) if found else None

    def _all(self) -> Iterator[datetime]:
        first = self.start.date()
        days = (first + timedelta(days=number) for number in range(min(FORESIGHT, (date.max - first).days)))
        return (at for day in days for at in self._times(day) if at >= self.start)

    def _times(self, day: date) -> Sequence[datetime]:
        rule = self.parsed
        if rule.freq <= MONTHLY:
            falls = _in_step(rule, self.start.date(), day) and day in days_of_period(rule, _period(rule, day))
        else:
            falls = _in_step(rule, self.start.date(), day) and _passes(rule, day)
        return self._clock_times(day) if falls else ()

    def _clock_times(self, day: date) -> Sequence[datetime]:
        rule, midnight = self.parsed, at_clock(day, 0)
        first = _first_turn(rule, self.start, midnight) if rule.freq >= HOURLY else midnight
        end = midnight + timedelta(days=1)
        if first >= end:
            return ()
        return _expand(
            max(rule.freq, DAILY),
            dtstart=first,
            until=end - timedelta(seconds=1),
            interval=rule.interval if rule.freq >= HOURLY else 1,
            byhour=rule["BYHOUR"] or None,
            byminute=rule["BYMINUTE"] or None,
            bysecond=rule["BYSECOND"],
        )

    def describe(self, language: str) -> str:
        return rule_words.describe(self.rule, self.parsed, language)

    def to_data(self) -> dict[str, Any]:
        whole_day = self.start.time() == time()
        start = self.start.date().isoformat() if whole_day else f"{self.start:%Y-%m-%dT%H:%M:%S}"
        return {"kind": self.kind, "rule": self.rule, "start": start}

    @classmethod
    def from_data(cls, data: Any) -> Recurrence:
        what = "A trigger of kind “rrule”"
        given = fields.known_fields(data, ("kind", "rule", "start"), what)
        rule = fields.text(fields.required(given, "rule", what), "rule").upper().removeprefix("RRULE:")
        return cls(rule, _start(fields.required(given, "start", what)))


def _start(value: Any) -> datetime:
    """A date, or a date with a time, both local."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
        if not isinstance(found, datetime):
            return at_clock(fields.day(found, "start"), 0)
    except ValueError:
        raise UserError(f"“start” is {value!r}, which is not a date.", "Write it as 2026-12-31.") from None
    if found.tzinfo:
        raise UserError("“start” has a time zone.", "Leave it out: all times are Hà Nội's.")
    return found.replace(microsecond=0, tzinfo=LOCAL)


def _in_step(rule: Rule, start: date, day: date) -> bool:
    """Is the year, month, week or day one of the rule's turns? Hours and minutes are stepped within the day."""
    if rule.freq == YEARLY:
        turns = day.year - start.year
    elif rule.freq == MONTHLY:
        turns = (day.year - start.year) * 12 + day.month - start.month
    elif rule.freq == WEEKLY:
        turns = (_week(day, rule.wkst) - _week(start, rule.wkst)).days // 7
    else:
        turns = (day - start).days if rule.freq == DAILY else 0
    return turns % rule.interval == 0


def _week(day: date, wkst: int) -> date:
    return day - timedelta(days=(day.weekday() - wkst) % 7)


def _period(rule: Rule, day: date) -> date:
    return day.replace(day=1) if rule.freq == MONTHLY else day.replace(month=1, day=1)


@lru_cache(maxsize=1024)
def days_of_period(rule: Rule, first: date) -> frozenset[date]:
    """The days of one month or year that the rule names."""
    found = _expand(
        rule.freq,
        dtstart=datetime.combine(first, time()),
        interval=ONE_ONLY,
        wkst=rule.wkst,
        byweekday=[_WEEKDAYS[number](place) if place else _WEEKDAYS[number] for number, place in rule.byday]
        or None,
        byhour=0,
        byminute=0,
        bysecond=0,
        **{
            name.lower(): values for name, values in rule.by if name not in ("BYHOUR", "BYMINUTE", "BYSECOND")
        },
    )
    return frozenset(at.date() for at in found)


def _expand(freq: int, **parts: Any) -> list[datetime]:
    """The border to dateutil. It refuses hours and minutes that the pace never meets."""
    try:
        return list(rrule(_FREQUENCIES[freq], **parts))
    except ValueError:
        return []


def _passes(rule: Rule, day: date) -> bool:
    """With weekly and quicker rules, what names days only narrows them."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (
        (not rule["BYMONTH"] or day.month in rule["BYMONTH"])
        and (not rule["BYMONTHDAY"] or bool({day.day, (day - following).days} & set(rule["BYMONTHDAY"])))
        and (not rule.byday or (day.weekday(), 0) in rule.byday)
    )


def _first_turn(rule: Rule, start: datetime, midnight: datetime) -> datetime:
    """The first hour or minute of the rule's pace that is not before ``midnight``, without counting through."""
    pace = timedelta(hours=rule.interval) if rule.freq == HOURLY else timedelta(minutes=rule.interval)
    origin = start.replace(minute=0, second=0) if rule.freq == HOURLY else start.replace(second=0)
    return origin + max(0, -((origin - midnight) // pace)) * pace

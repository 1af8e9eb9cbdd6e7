"""A week at a glance, and whether a day that comes is ready to be said."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel

from announcer.preflight import Finding
from kiosk import desk
from kiosk import station_words as words
from kiosk.accounts.roles import Right
from kiosk.api.day import PlanAsked
from kiosk.api.operation import operation
from kiosk.api.places import zones_of
from kiosk.home import readiness, weeks
from kiosk.transactions import reading
from schedules.core.clock import local_date, utcnow


class DayTold(BaseModel):
    """``minutes`` of talk in all zones together; ``gave_way`` and ``lost`` are announcements that are not said."""

    date: date
    count: int
    minutes: float
    gave_way: int
    lost: int


class WeekTold(BaseModel):
    """Monday to Sunday."""

    days: list[DayTold]


class FoundTold(BaseModel):
    """``about`` is the key of a message, schedule or zone, or "voices"."""

    about: str
    code: str
    sentence: str


class SoundPending(BaseModel):
    """``held``: the sound is there and waits for somebody's consent; otherwise it is still to be made."""

    message: str
    title: str
    sound: str
    held: bool


class CheckTold(BaseModel):
    """``sounds`` is how many different sounds the day needs, ``made`` how many of them may be aired."""

    date: date
    planned: int
    sounds: int
    made: int
    pending: list[SoundPending]
    problems: list[FoundTold]
    remarks: list[FoundTold]


@operation("GET", "/plan/week", Right.SEE, 404)
def week(query: PlanAsked) -> WeekTold:
    """What each day of a week holds, the days ahead foreseen: the week of the date."""
    now = utcnow()
    day = query.date or local_date(now)
    with reading() as session:
        keys = {zone.station.key for zone in zones_of(session, query.station)}
        found = weeks.week(session, day - timedelta(days=day.weekday()), keys, now)
        return WeekTold(
            days=[
                DayTold(
                    date=one.day, count=one.count, minutes=round(one.minutes, 1),
                    gave_way=one.gave_way, lost=one.lost,
                )
                for one in found
            ]
        )  # fmt: skip


@operation("GET", "/plan/check", Right.SEE, 404)
def check(query: PlanAsked) -> CheckTold:
    """What would go wrong on a day, and whether its sounds are made: tomorrow unless a date is given."""
    now = utcnow()
    day = query.date or local_date(now) + timedelta(days=1)
    with reading() as session:
        keys = {zone.station.key for zone in zones_of(session, query.station)}
        ready = readiness.readiness(session, desk.studio(), day, keys, now)
        return CheckTold(
            date=day, planned=ready.planned, sounds=ready.sounds, made=ready.made,
            pending=[
                SoundPending(message=one.message, title=one.title, sound=one.key, held=one.held)
                for one in ready.pending
            ],
            problems=[_found(one) for one in ready.problems],
            remarks=[_found(one) for one in ready.remarks],
        )  # fmt: skip


def _found(one: Finding) -> FoundTold:
    return FoundTold(about=one.about, code=one.code, sentence=words.finding(one.code, one.values))

"""Schedules that say nothing on a day, and why: they are not in its plan, so somebody has to say so."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from kiosk.language.chosen import language
from kiosk.language.words import named
from kiosk.remembered import Memory
from kiosk.station_words import together
from schedules.core import changes
from schedules.left_out import why_left_out
from schedules.models import Schedule, Station, Turn
from schedules.operations import calendar_of

MOST_REMEMBERED = 100  # days of one choice of stations each, some kilobytes


@dataclass(frozen=True)
class LeftOut:
    key: str
    title: str
    station: str
    reason: str


_found: Memory[tuple[LeftOut, ...]] = Memory(MOST_REMEMBERED)


def left_out(session: Session, day: date, stations: Collection[str]) -> tuple[LeftOut, ...]:
    """As the schedules are now, station by station (``stations`` are keys); in the language of the page."""
    key = session.get_bind(), day, frozenset(stations), language()
    mark = changes.number(session, changes.SCHEDULES)
    found = _found.find(key, mark)
    if found is None:
        found = tuple(_left_out(session, day, stations))
        _found.keep(key, mark, found)
    return found


def nobody_speaks(session: Session, stations: Collection[str], missing: Collection[LeftOut]) -> bool:
    """Whether ``missing``, those left out on a day, are all schedules of these stations."""
    query = select(func.count(Schedule.id)).join(Schedule.station).where(Station.key.in_(stations))
    return session.scalar(query) == len(missing)


def _left_out(session: Session, day: date, stations: Collection[str]) -> Iterator[LeftOut]:
    rows = session.scalars(
        select(Schedule)
        .join(Schedule.station)
        .where(Station.key.in_(stations))
        .options(joinedload(Schedule.station), selectinload(Schedule.turns).joinedload(Turn.message))
        .order_by(Station.name, Schedule.key)
    )
    for station, its in groupby(rows.all(), key=lambda row: row.station):
        calendar = calendar_of(session, station)
        for row in its:
            if reason := why_left_out(row, day, calendar, language()):
                titles = [turn.message.title for turn in row.turns]
                yield LeftOut(row.key, together(titles), named(station), reason)

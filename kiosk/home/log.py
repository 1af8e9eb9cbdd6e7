"""The playout log, newest first, a page at a time.

A page is found by its place in the index on time, never by counting rows, so that the hundredth thousand row costs what
the first does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import groupby, islice

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from announcer.models import Playout
from kiosk.language.words import named
from kiosk.station_words import PROBLEMS
from schedules.core.clock import day_bounds, local_date
from schedules.models import Zone
from schedules.operations import all_zones, place_by_name

PAGE = 100
AT_ONCE = 500


@dataclass(frozen=True)
class Wanted:
    """What part of the log. Empty means all; ``result`` may be "problems"; ``before`` is the id of a row.

    ``among``: nothing but these zones; None for every zone there ever was.
    """

    zone: str = ""
    result: str = ""
    day: date | None = None
    before: str = ""
    among: frozenset[str] | None = None

    @property
    def zones(self) -> frozenset[str] | None:
        """The keys of the zones that are shown; None for all."""
        if not self.zone:
            return self.among
        one = frozenset({self.zone})
        return one if self.among is None else one & self.among


@dataclass(frozen=True)
class Page:
    days: Sequence[tuple[date, Sequence[Playout]]]
    older: str  # id of the row that was logged first, when there are more


def page(session: Session, wanted: Wanted) -> Page:
    rows = list(islice(_newest_first(session, wanted, PAGE + 1), PAGE + 1))
    last = rows[PAGE - 1].id if len(rows) > PAGE else ""
    shown = sorted(rows[:PAGE], key=told_at, reverse=True)
    by_day = groupby(shown, key=lambda row: local_date(told_at(row)))
    return Page([(day, list(group)) for day, group in by_day], last)


def told_at(row: Playout) -> datetime:
    """The time that a row shows. Rows are found in the order of their ends, in which beginnings would not come in order."""
    return row.started_at or row.planned_at


def seconds_before_it_was_cut(row: Playout) -> int | None:
    """How far something got that began and was not said to its end; None for everything else."""
    if row.result == "played" or not row.started_at or not row.ended_at:
        return None
    return round((row.ended_at - row.started_at).total_seconds())


def all_rows(session: Session, wanted: Wanted) -> Iterator[Playout]:
    """Newest first, a few hundred in memory at a time."""
    return _newest_first(session, wanted)


def _newest_first(session: Session, wanted: Wanted, most: int | None = None) -> Iterator[Playout]:
    """Each result by its own place in the index on results and time; of several, the rows are merged as they come."""
    query = _query(session, wanted).limit(most).execution_options(yield_per=AT_ONCE)
    results = PROBLEMS if wanted.result == "problems" else (wanted.result,) if wanted.result else ()
    queries = [query.where(Playout.result == result) for result in results] or [query]
    found = (session.scalars(one) for one in queries)
    return merge(*found, key=lambda row: (row.logged_at, row.id), reverse=True)


def _query(session: Session, wanted: Wanted) -> Select[Playout]:
    query = select(Playout).order_by(Playout.logged_at.desc(), Playout.id.desc())
    if wanted.zones is not None:
        query = query.where(Playout.zone.in_(wanted.zones))
    if wanted.day:
        start, end = day_bounds(wanted.day)
        query = query.where(Playout.logged_at >= start, Playout.logged_at < end)
    last = session.get(Playout, wanted.before) if wanted.before else None
    if last:
        place = tuple_(Playout.logged_at, Playout.id)
        query = query.where(place < tuple_(last.logged_at, last.id), Playout.logged_at <= last.logged_at)
    return query


def zone_names(session: Session) -> Mapping[str, str]:
    """The log names zones by their keys; people know them by name and station."""
    zones = sorted(all_zones(session), key=lambda zone: place_by_name(zone.station))
    return {zone.key: f"{named(zone)}, {named(zone.station)}" for zone in zones}


def last_sounds(session: Session, since: datetime) -> dict[str, datetime | None]:
    """When each zone, by its key, was last spoken in to the end; None if not since ``since``.

    One look at the end of the index for each zone, however much it has said.
    """
    last = (
        select(Playout.logged_at)
        .where(Playout.zone == Zone.key, Playout.result == "played", Playout.logged_at > since)
        .order_by(Playout.logged_at.desc())
        .limit(1)
        .correlate(Zone)
        .scalar_subquery()
    )
    return dict(session.execute(select(Zone.key, last)).all())

"""What each zone says on a day, as it stands at this moment: a full day has thousands of entries, so they are read once and
remembered until they change.

Rows of the plan change in two ways: the plan is saved anew, which raises a number (``changes.PLAN``), and a row is settled, once
and for good, which raises the count of settled rows. Both together are a zone's mark. What depends on the clock, and
on what sounds just now, is no part of it and is laid over what is remembered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from announcer.models import Announcement
from announcer.planning import is_alive
from kiosk import station_words as words
from kiosk.remembered import Memory
from schedules.core import changes
from schedules.core.clock import day_bounds, local_date
from schedules.models import Message, Occurrence, Station
from schedules.planner import draft

SOUNDING = ("planned", "waiting", "playing", "played")  # states of what takes time of an hour
NARROWEST = 0.1  # percent of the day that a band takes, to be seen
MOST_REMEMBERED = 200  # a day of one zone each; some hundred kilobytes where it speaks all the time


class Entry(NamedTuple):
    """One line of the list and one mark on its lane; ``x`` and ``width`` in percent of the day. ``id`` is empty for what is
    foreseen.
    """

    id: str
    at: datetime
    zone_id: str
    title: str
    state: str
    code: str
    detail: str
    hour: int
    x: float
    width: float
    seconds: float

    @property
    def reason(self) -> str:
        return words.reason(self.code, self.detail)


class Strip:
    """A zone's entries of one day, in order of time, with what is drawn of them: worked out when first asked for."""

    def __init__(self, entries: tuple[Entry, ...] = ()) -> None:
        self.entries = entries

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(entry.state for entry in self.entries)

    @cached_property
    def minutes(self) -> list[float]:
        """What is said or to be said in each hour of the day."""
        minutes = [0.0] * 24
        for entry in self.entries:
            if entry.state in SOUNDING:
                minutes[entry.hour] += entry.seconds / 60
        return minutes

    @cached_property
    def bands(self) -> dict[str, str]:
        """By state, all its entries as one SVG path, as wide as the day is 100: where marks of their own would be too many."""
        paths: dict[str, list[str]] = {}
        for entry in self.entries:
            paths.setdefault(entry.state, []).append(f"M{entry.x} 0h{max(entry.width, NARROWEST)}")
        return {state: "".join(pieces) for state, pieces in paths.items()}


class _Remembered:
    """A zone's day as it is stored; the strip of the last moment is given again as long as it is the same."""

    def __init__(self, strip: Strip, open_: Collection[int]) -> None:
        """``open_``: the places of what is not settled, in order of time."""
        self._strip = strip
        self._open = {strip.entries[place].id: place for place in open_}
        self._last: tuple[frozenset[tuple[int, str]], Strip] = frozenset(), strip

    def strip(self, now: datetime, playing: Collection[str]) -> Strip:
        over = frozenset(self._over(now, playing))
        if over != self._last[0]:
            entries = list(self._strip.entries)
            for place, state in over:
                entries[place] = entries[place]._replace(state=state)
            self._last = over, Strip(tuple(entries))
        return self._last[1]

    def _over(self, now: datetime, playing: Collection[str]) -> Iterable[tuple[int, str]]:
        for id in playing:
            if id in self._open:
                yield self._open[id], "playing"
        for id, place in self._open.items():
            entry = self._strip.entries[place]
            if entry.at > now:
                break
            if entry.state == "planned" and id not in playing:
                yield place, "waiting"


_days: Memory[_Remembered] = Memory(MOST_REMEMBERED)
_foreseen: Memory[dict[str, Strip]] = Memory(MOST_REMEMBERED // 10)


def strips_of(
    session: Session, day: date, zones: Collection[str], stations: Iterable[Station], now: datetime
) -> Mapping[str, Strip]:
    """By the ids of the zones. A day ahead that is not planned yet is foreseen, and nothing of it is saved."""
    saved = _saved(session, day, zones, now)
    if day <= local_date(now) or any(strip.entries for strip in saved.values()):
        return saved
    ahead: dict[str, Strip] = {}
    for station in stations:
        ahead |= foreseen(session, station, day)
    return {zone: ahead.get(zone, Strip()) for zone in zones}


def _saved(session: Session, day: date, zones: Collection[str], now: datetime) -> dict[str, Strip]:
    bind, mark = session.get_bind(), marks(session, day, day)
    found = {zone: _days.find((bind, day, zone), mark[day, zone]) for zone in zones}
    if changed := [zone for zone, kept in found.items() if kept is None]:
        for zone, kept in _read(session, day, changed).items():
            found[zone] = kept
            _days.keep((bind, day, zone), mark[day, zone], kept)
    playing = _playing(session) if is_alive(session, now) else set()
    return {zone: kept.strip(now, playing) for zone, kept in found.items() if kept}


class Marks(dict[tuple[date, str], tuple[int, ...]]):
    """Of each day and zone what tells one state of its stored rows from another."""

    def __init__(self, of_all: tuple[int, int]) -> None:
        super().__init__()
        self.of_all = of_all

    def __missing__(self, key: tuple[date, str]) -> tuple[int, ...]:
        return *self.of_all, 0, 0


def marks(session: Session, first: date, last: date) -> Marks:
    """Read from the index alone."""
    found = Marks((changes.number(session, changes.PLAN), changes.number(session, changes.SCHEDULES)))
    query = select(Occurrence.day, Occurrence.zone_id, func.count(), func.count(Occurrence.result))
    query = query.where(Occurrence.day.between(first, last)).group_by(Occurrence.day, Occurrence.zone_id)
    for day, zone, count, settled in session.execute(query):
        found[day, zone] = *found.of_all, count, settled
    return found


def _read(session: Session, day: date, zones: Collection[str]) -> dict[str, _Remembered]:
    """Columns rather than objects, and titles from a small table rather than a join."""
    titles = dict(session.execute(select(Message.id, Message.title)).all())
    query = select(*_COLUMNS).where(Occurrence.day == day, Occurrence.zone_id.in_(zones))
    start = day_bounds(day)[0].timestamp()
    entries: dict[str, list[Entry]] = {zone: [] for zone in zones}
    unsettled: dict[str, list[int]] = {zone: [] for zone in zones}
    for id, at, zone, message, seconds, result, *why in session.execute(
        query.order_by(Occurrence.planned_at)
    ):
        if result is None:
            unsettled[zone].append(len(entries[zone]))
        state = result or ("giving_way" if why[0] else "planned")
        code, detail = why[2:] if result else why[:2]
        place = placed(at.timestamp() - start, seconds)
        entries[zone].append(Entry(id, at, zone, titles[message], state, code, detail, *place, seconds))
    return {zone: _Remembered(Strip(tuple(entries[zone])), unsettled[zone]) for zone in zones}


_COLUMNS: tuple[Any, ...] = (
    Occurrence.id, Occurrence.planned_at, Occurrence.zone_id, Occurrence.message_id, Occurrence.seconds,
    Occurrence.result, Occurrence.way_code, Occurrence.way_reason, Occurrence.reason_code, Occurrence.reason,
)  # fmt: skip


def foreseen(session: Session, station: Station, day: date) -> dict[str, Strip]:
    """What the station's schedules would do on a day that is not planned yet, by zone."""
    key = session.get_bind(), day, station.id
    mark = changes.number(session, changes.SCHEDULES)
    found = _foreseen.find(key, mark)
    if found is None:
        found = _draft(session, station, day)
        _foreseen.keep(key, mark, found)
    return found


def _draft(session: Session, station: Station, day: date) -> dict[str, Strip]:
    start, entries = day_bounds(day)[0].timestamp(), {zone.id: list[Entry]() for zone in station.zones}
    planned = draft(session, station, day).planned
    for place in sorted((one.place for one in planned), key=lambda place: place.start):
        state = "giving_way" if place.way_code else "planned"
        name = place.zone, place.wish.title, state, place.way_code, place.way_reason
        where = placed(place.start - start, place.wish.seconds)
        at = datetime.fromtimestamp(place.start, UTC)
        entries[place.zone].append(Entry("", at, *name, *where, place.wish.seconds))
    return {zone: Strip(tuple(its)) for zone, its in entries.items()}


def _playing(session: Session) -> set[str]:
    query = select(Announcement.occurrence_id).where(Announcement.state == "playing")
    return {id for id in session.scalars(query) if id}


def placed(since: float, seconds: float) -> tuple[int, float, float]:
    """Hour, place and width on the lane of what begins ``since`` the start of the day (in seconds)."""
    return min(23, max(0, int(since // 3600))), percent_of_day(since), round(seconds / 864, 3)


def percent_of_day(seconds: float) -> float:
    return round(min(100.0, max(0.0, seconds / 864)), 3)

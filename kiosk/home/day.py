"""The plan of a day, as a list and as lanes: one lane a zone, one mark an announcement."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy.orm import Session

from kiosk import station_words as words
from kiosk.home.bars import Bars, bars
from kiosk.home.strips import Entry, Strip, strips_of
from kiosk.language.words import gettext, named
from schedules.models import Station, Zone
from schedules.operations import all_stations, by_name

LEAST_BUDGET = 0.001  # minutes; a zone that may say nothing is not divided by
MOST_ROWS = 500  # a longer day is listed hour by hour, and its lanes have bands for marks

in_order = attrgetter("at", "zone_id")


@dataclass(frozen=True)
class Lane:
    zone: Zone
    station: str
    strip: Strip

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.strip.entries

    @property
    def summary(self) -> str:
        return in_words([self])

    @property
    def bars(self) -> Bars:
        """What is said or to be said in each hour of the day, against the zone's budget."""
        budget = max(self.zone.budget_minutes, LEAST_BUDGET)
        return bars([spent / budget for spent in self.strip.minutes])

    @property
    def bands(self) -> dict[str, str]:
        return self.strip.bands


def in_words(lanes: Iterable[Lane]) -> str:
    """ "12 lượt: 8 đã phát, 1 nhường, 3 sắp tới"."""
    counts = sum((lane.strip.counts for lane in lanes), Counter[str]())
    parts = [f"{counts[state]} {word}" for state, word in words.STATES.items() if counts[state]]
    return (
        gettext("%(count)s lượt: %(parts)s", count=counts.total(), parts=", ".join(parts))
        if parts
        else gettext("không có lượt nào")
    )


def lanes_of(session: Session, day: date, keys: Collection[str], now: datetime) -> list[Lane]:
    """Everything planned for a local day at these stations (by their keys). Every zone has its lane, also one that has nothing
    to say.
    """
    stations = stations_of(session, keys)
    zones = [(zone, named(station)) for station in stations for zone in station.zones]
    strips = strips_of(session, day, [zone.id for zone, _ in zones], stations, now)
    return [Lane(zone, name, strips[zone.id]) for zone, name in zones]


def stations_of(session: Session, keys: Collection[str]) -> list[Station]:
    return by_name(station for station in all_stations(session) if station.key in keys)


def entries_of(lanes: Iterable[Lane]) -> list[Entry]:
    """Of all lanes together, in order of time."""
    return sorted((entry for lane in lanes for entry in lane.entries), key=in_order)


def is_foreseen(lanes: Iterable[Lane]) -> bool:
    """Whether the day is not planned yet."""
    first = next((lane.entries[0] for lane in lanes if lane.entries), None)
    return first is not None and not first.id


def state_of(result: str | None, way_code: str, at: datetime, now: datetime) -> str:
    """A key of words.STATES, for what does not sound at this moment."""
    if result:
        return result
    if way_code:
        return "giving_way"
    return "planned" if at > now else "waiting"


def hours(lanes: Sequence[Lane], wanted: int | None, now_hour: int) -> list[tuple[int, list[Entry]]]:
    """The list, hour by hour: all of a day, one hour that was asked for, or the present hour of a very full day."""
    if wanted is None and sum(len(lane.entries) for lane in lanes) > MOST_ROWS:
        wanted = now_hour
    shown = [entry for lane in lanes for entry in lane.entries if wanted is None or entry.hour == wanted]
    return [(hour, list(rows)) for hour, rows in groupby(sorted(shown, key=in_order), attrgetter("hour"))]


def present_hour(lanes: Iterable[Lane], now: datetime) -> int:
    """The hour of the list at which the present stands: of the next entry, or else of the last one."""
    spoken = [lane.entries for lane in lanes if lane.entries]
    places = [bisect_left(entries, now, key=_at) for entries in spoken]
    ahead = [entries[place] for entries, place in zip(spoken, places, strict=True) if place < len(entries)]
    if ahead:
        return min(ahead, key=in_order).hour
    return max((entries[-1].hour for entries in spoken), default=0)


def _at(entry: Entry) -> datetime:
    return entry.at

"""Where wishes find room: the pure core of the planner.

Wishes are placed one after another, the most important first, each at its due time or as soon after as its zones are
free; the same start in all its zones, so that neighbours do not echo. What finds no room before it expires gives way,
and says to what. Afterwards each clock hour of each zone is held against its announcement budget.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schedules.policies import MANNERS, Span, ZoneRules

HOUR = 3600.0
# Budgets count clock hours of Hà Nội, which is a whole number of hours ahead of UTC: the same hours.


@dataclass(frozen=True)
class Wish:
    """One moment of one schedule. Times in seconds since the epoch; ``patience`` is how late it may begin."""

    schedule: str
    message: str
    zones: tuple[str, ...]
    due: float
    seconds: float
    patience: float
    category: str
    priority: int
    level: int
    spacing: float = 0.0  # the smallest time between two starts of this schedule
    title: str = ""
    departure: str = ""

    @property
    def importance(self) -> tuple[int, int, float, str, str]:
        return (-self.priority, self.level, self.due, self.schedule, self.departure)


@dataclass(frozen=True)
class Place:
    """What became of a wish in one zone: its start, or why it gives way there."""

    wish: Wish
    zone: str
    start: float
    way_code: str = ""
    way_reason: str = ""


@dataclass
class _Timeline:
    """What is already placed in one zone, sorted by start; nothing overlaps."""

    rules: ZoneRules
    taken: list[tuple[float, float, str]] = field(default_factory=list)
    starts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def earliest(self, start: float, seconds: float) -> float:
        """The first moment from ``start`` on with room for ``seconds`` and the gap on both sides."""
        gap = self.rules.gap
        index = bisect_left(self.taken, (start,))
        if index and self.taken[index - 1][1] + gap > start:
            start = self.taken[index - 1][1] + gap
        while index < len(self.taken) and self.taken[index][0] < start + seconds + gap:
            start = max(start, self.taken[index][1] + gap)
            index += 1
        return start

    def neighbour(self, start: float) -> str:
        """The title of what stands where a wish wanted to begin."""
        index = bisect_left(self.taken, (start + self.rules.gap,))
        return self.taken[max(0, index - 1)][2] if self.taken else ""

    def too_soon(self, wish: Wish, start: float) -> bool:
        return any(abs(start - other) < wish.spacing for other in self.starts[wish.schedule])

    def take(self, wish: Wish, start: float) -> None:
        insort(self.taken, (start, start + wish.seconds, wish.title or wish.schedule))
        if wish.spacing:
            self.starts[wish.schedule].append(start)


def place(wishes: Iterable[Wish], rules: Mapping[str, ZoneRules], guards: Sequence[Span] = ()) -> list[Place]:
    """Give every wish its place in every zone. Same inputs, same plan; the result is sorted by time and zone."""
    timelines = {zone: _Timeline(rule) for zone, rule in rules.items()}
    places: list[Place] = []
    for wish in sorted(wishes, key=lambda wish: wish.importance):
        places += _place_one(wish, timelines, guards)
    kept_to_budget = [
        place for zone in _by_zone(places) for place in _spend(zone, rules[zone[0].zone].budget)
    ]
    return sorted(
        kept_to_budget,
        key=lambda place: (place.wish.due, place.zone, place.wish.schedule, place.wish.departure),
    )


def _place_one(wish: Wish, timelines: Mapping[str, _Timeline], guards: Sequence[Span]) -> list[Place]:
    manners = MANNERS[wish.category]
    guards = guards if manners.spares_departures else ()
    silent = [zone for zone in wish.zones if manners.keeps_quiet and _quiet(timelines[zone], wish, wish.due)]
    places = [Place(wish, zone, wish.due, "quiet-hours", "quiet hours in this zone") for zone in silent]
    open_zones = [zone for zone in wish.zones if zone not in silent]
    together = _start(wish, [timelines[zone] for zone in open_zones], guards)
    for zone in open_zones:
        timeline = timelines[zone]
        start = together if together <= wish.due + wish.patience else _start(wish, [timeline], guards)
        refused = _refusal(wish, timeline, start, guards)
        if not refused:
            timeline.take(wish, start)
        places.append(Place(wish, zone, wish.due if refused else start, *refused))
    return places


def _start(wish: Wish, timelines: Sequence[_Timeline], guards: Sequence[Span]) -> float:
    """The first start from the due time on that suits all these zones and keeps clear of departures."""
    start, before = wish.due, -1.0
    while start != before and start <= wish.due + wish.patience:
        before = start
        for timeline in timelines:
            start = timeline.earliest(start, wish.seconds)
        start = _clear_of(guards, start, wish.seconds)
    return start


def _clear_of(spans: Sequence[Span], start: float, seconds: float) -> float:
    for first, last in spans:
        if first < start + seconds and start < last:
            start = last
    return start


def _refusal(wish: Wish, timeline: _Timeline, start: float, guards: Sequence[Span]) -> tuple[str, ...]:
    if start > wish.due + wish.patience:
        if _clear_of(guards, wish.due, wish.seconds) != wish.due:
            return "departure", "a departure is being announced and boarded"
        return "no-room", f"no room before it expires, behind “{timeline.neighbour(wish.due)}”"
    if MANNERS[wish.category].keeps_quiet and _quiet(timeline, wish, start):
        return "quiet-hours", "quiet hours begin before it could be said"
    if timeline.too_soon(wish, start):
        return "too-soon", "the same schedule was said too short a time before"
    return ()


def _quiet(timeline: _Timeline, wish: Wish, start: float) -> bool:
    return any(first < start + wish.seconds and start < last for first, last in timeline.rules.quiet)


def _by_zone(places: Iterable[Place]) -> list[list[Place]]:
    zones: dict[str, list[Place]] = defaultdict(list)
    for entry in places:
        zones[entry.zone].append(entry)
    return [zones[zone] for zone in sorted(zones)]


def _spend(places: list[Place], budget: float) -> list[Place]:
    """Hold one zone's places against the budget, hour by hour; what is too much gives way."""
    hours: dict[int, list[Place]] = defaultdict(list)
    for entry in places:
        hours[int(entry.start // HOUR) if not entry.way_code else -1].append(entry)
    refused = hours.pop(-1, [])
    return refused + [entry for hour in sorted(hours) for entry in _spend_hour(hours[hour], budget)]


def _spend_hour(places: list[Place], budget: float) -> list[Place]:
    """Campaigns give way first, then conduct, then service; among equals what is said most often, then the latest."""
    spent = sum(entry.wish.seconds for entry in places)
    said = Counter(entry.wish.schedule for entry in places)
    kept, gone = list(places), []
    while spent > budget:
        willing = [entry for entry in kept if MANNERS[entry.wish.category].way]
        if not willing:
            break
        entry = min(willing, key=lambda e: (MANNERS[e.wish.category].way, -said[e.wish.schedule], -e.start))
        kept.remove(entry)
        said[entry.wish.schedule] -= 1
        reason = f"the hour's announcement budget of {budget / 60:g} minutes is spent ({spent / 60:.1f} were asked for)"
        gone.append(Place(entry.wish, entry.zone, entry.wish.due, "budget", reason))
        spent -= entry.wish.seconds
    return kept + gone

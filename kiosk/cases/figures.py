"""What the feedback of a period comes to: how many of what, how soon, and how satisfied. Nothing anybody wrote is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kiosk.accounts.signing_in import Person
from kiosk.cases.access import stations, visible
from kiosk.cases.inbox import Clocks
from kiosk.cases.timing import ASKED, ENDED, Limits, pauses
from kiosk.feedback.kinds import URGENT
from kiosk.feedback.models import UNDER_WAY, Feedback, Step
from schedules.core.clock import day_bounds, local_date
from schedules.models import Station

# What is counted of each: whole rows would hold what people wrote, and take four times as long.
COLUMNS = (
    Feedback.id, Feedback.station_id, Feedback.received_at, Feedback.accepted_at, Feedback.answered_at, Feedback.mood, Feedback.kind,
    Feedback.topic, Feedback.rule, Feedback.state, Feedback.satisfied,
)  # fmt: skip


class Counted(NamedTuple):
    """The columns above, with the station itself, and when the traveller was asked and replied."""

    steps: Sequence[tuple[str, datetime]]
    station: Station
    received_at: datetime
    accepted_at: datetime | None
    answered_at: datetime | None
    mood: str
    kind: str
    topic: str
    rule: str
    state: str
    satisfied: bool | None


class Timed(NamedTuple):
    """How long it took until it was accepted, and answered, and how long it might: working time; None where it was not."""

    row: Counted
    accepted: tuple[timedelta, timedelta] | None
    answered: tuple[timedelta, timedelta] | None

    @classmethod
    def of(cls, row: Counted, clocks: Clocks, limits: Limits) -> Timed:
        accepted, answered = (row.accepted_at, row.answered_at) if row.kind else (None, None)
        return cls(
            row,
            _took(row, accepted, "accept", clocks, limits) if accepted else None,
            _took(row, answered, "answer", clocks, limits) if answered else None,
        )


@dataclass(frozen=True)
class Speed:
    """Of those that were accepted, or answered: how many, the median of working hours, and how many in time."""

    count: int
    median_hours: float | None
    in_time: int

    @classmethod
    def of(cls, times: Sequence[tuple[timedelta, timedelta]]) -> Speed:
        """Of (what it took, what was allowed)."""
        hours = [took / timedelta(hours=1) for took, _ in times]
        in_time = sum(took <= allowed for took, allowed in times)
        return cls(len(times), median(hours) if hours else None, in_time)


@dataclass(frozen=True)
class Line:
    """One row of the table: of one station, or of all."""

    name: str
    total: int
    moods: Mapping[str, int]
    kinds: Mapping[str, int]
    open: int
    accepted: Speed
    answered: Speed
    satisfied: int
    unsatisfied: int


@dataclass(frozen=True)
class Figures:
    first: date
    last: date
    total: Line
    stations: Sequence[Line]
    topics: Mapping[str, int]
    rules: Mapping[str, int]
    days: Mapping[date, int]


def figures(
    session: Session, person: Person, first: date, last: date, limits: Limits, at: str = ""
) -> Figures:
    """Of feedback received from ``first`` to ``last``, both included, as far as ``person`` may see it; ``at`` is a station's key."""
    query = visible(select(Feedback), session, person).where(
        Feedback.received_at >= day_bounds(first)[0], Feedback.received_at < day_bounds(last)[1]
    )
    if at:
        query = query.where(Feedback.station.has(Station.key == at))
    places = {one.id: one for one in stations(session, person)}
    steps = _asked(session, query)
    rows = [
        Counted(steps.get(id, ()), places[place], *rest)
        for id, place, *rest in session.execute(query.with_only_columns(*COLUMNS))
    ]
    clocks = Clocks(session, limits)
    timed = [Timed.of(row, clocks, limits) for row in rows]  # once, for the lines of the stations and of all
    by_station: dict[str, list[Timed]] = {}
    for one in timed:
        by_station.setdefault(one.row.station.name, []).append(one)
    days = Counter(local_date(row.received_at) for row in rows)
    return Figures(
        first,
        last,
        _line("", timed),
        [_line(name, its) for name, its in sorted(by_station.items())],
        Counter(row.topic for row in rows if row.topic),
        dict(Counter(row.rule for row in rows if row.rule).most_common(20)),
        {day: days[day] for day in _days(first, last)},
    )


def _line(name: str, timed: Sequence[Timed]) -> Line:
    cases = [one.row for one in timed if one.row.kind]
    return Line(
        name,
        len(timed),
        Counter(one.row.mood for one in timed if one.row.mood),
        Counter(row.kind for row in cases),
        sum(row.state in UNDER_WAY for row in cases),
        Speed.of([one.accepted for one in timed if one.accepted]),
        Speed.of([one.answered for one in timed if one.answered]),
        sum(row.satisfied is True for row in cases),
        sum(row.satisfied is False for row in cases),
    )


def _took(
    row: Counted, at: datetime, what: str, clocks: Clocks, limits: Limits
) -> tuple[timedelta, timedelta]:
    """Working time from receipt to that moment without what the traveller was waited for; and how much there may be."""
    clock = clocks.of(row.station)
    waited = sum((clock.worked(start, min(end, at)) for start, end in pauses(row.steps, at)), timedelta())
    return clock.worked(row.received_at, at) - waited, limits.of_what(what, row.kind == URGENT)


def _asked(session: Session, query: Select[Feedback]) -> dict[str, list[tuple[str, datetime]]]:
    """By feedback, the steps between which its clock stood still."""
    found: dict[str, list[tuple[str, datetime]]] = {}
    ids = query.with_only_columns(Feedback.id).where(Feedback.steps.any(Step.act == ASKED))
    steps = select(Step.feedback_id, Step.act, Step.at).where(
        Step.feedback_id.in_(ids), Step.act.in_((ASKED, *ENDED))
    )
    for id, act, at in session.execute(steps.order_by(Step.id)):
        found.setdefault(id, []).append((act, at))
    return found


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))

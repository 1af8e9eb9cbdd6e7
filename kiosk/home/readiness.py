"""Before a day comes: whether its sounds are made and understood, and what would go wrong on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from announcer.models import Sound
from announcer.preflight import Finding, Look, day_findings, worked_out
from announcer.studio import Chosen, Studio
from kiosk.home.remembered import Memory
from kiosk.language.words import gettext, named
from schedules.core import changes
from schedules.core.errors import UserError
from schedules.models import Message, Occurrence, Schedule, Station, Zone
from schedules.planner import Planned

MOST_REMEMBERED = 12  # days of one station each, some megabytes where it speaks all the time


@dataclass(frozen=True)
class Pending:
    """A message whose sound is not there, or is there and not to be aired; ``key`` names the sound."""

    message: str
    title: str
    key: str
    held: bool


@dataclass(frozen=True)
class Readiness:
    """``sounds`` is how many different sounds the day needs, ``made`` how many of them may be aired."""

    planned: int
    sounds: int
    made: int
    pending: tuple[Pending, ...]
    problems: tuple[Finding, ...]
    remarks: tuple[Finding, ...]


def readiness(
    session: Session, studio: Studio, day: date, stations: Collection[str], now: datetime
) -> Readiness:
    rows = _planned(session, day, stations)
    scripts = dict(_scripts(studio, rows))
    pending = tuple(_pending(session, scripts))
    found = day_findings(Look(session, studio, day, now, frozenset(stations), _plan))
    return Readiness(
        planned=sum(row[-1] for row in rows),
        sounds=len(scripts),
        made=len(scripts) - len(pending),
        pending=pending,
        problems=tuple(one for one in found if one.problem),
        remarks=tuple(one for one in found if not one.problem),
    )


_plans: Memory[Sequence[Planned]] = Memory(MOST_REMEMBERED)


def _plan(session: Session, station: Station, day: date) -> Sequence[Planned]:
    """Worked out anew when a schedule, a message, a zone or the calendar has changed."""
    key, mark = (session.get_bind(), station.id, day), changes.number(session, changes.SCHEDULES)
    found = _plans.find(key, mark)
    if found is None:
        found = worked_out(session, station, day)
        _plans.keep(key, mark, found)
    return found


def names(session: Session) -> dict[str, str]:
    """What people call the messages, schedules and zones that findings name by their keys."""
    told = {row.key: row.title for row in session.execute(select(Message.key, Message.title))}
    told |= {key: gettext("lịch %(key)s", key=key) for key in session.scalars(select(Schedule.key))}
    told |= {row.key: named(row) for row in session.execute(select(Zone.key, Zone.name, Zone.name_en))}
    return told | {"voices": gettext("Giọng đọc")}


Row = tuple[Message, dict[str, object], int, str, int]


def _planned(session: Session, day: date, stations: Collection[str]) -> list[Row]:
    """(message, values, repeats, mastering, how often) of what is planned and will be said."""
    query = (
        select(Occurrence.message_id, Occurrence.values, Schedule.repeats, Zone.mastering)
        .join(Schedule, Schedule.id == Occurrence.schedule_id)
        .join(Zone, Zone.id == Occurrence.zone_id)
        .join(Station, Station.id == Zone.station_id)
        .where(Occurrence.day == day, Occurrence.way_code == "", Station.key.in_(stations))
    )
    counts: dict[tuple[object, ...], Row] = {}
    messages = {
        row.id: row for row in session.scalars(select(Message).options(selectinload(Message.wordings)))
    }
    for message, values, repeats, mastering in session.execute(query):
        key = (message, tuple(sorted(values.items())), repeats, mastering)
        count = counts[key][-1] if key in counts else 0
        counts[key] = (messages[message], values, repeats, mastering, count + 1)
    return list(counts.values())


def _scripts(studio: Studio, rows: list[Row]) -> Iterator[tuple[str, Message]]:
    """By the key of the sound. What cannot be turned into words is among the findings."""
    chosen: Chosen = {}
    for message, values, repeats, mastering, _ in rows:
        try:
            script = studio.script_of(message, values, repeats, mastering)
        except UserError:
            continue
        yield studio.key(script, chosen), message


def _pending(session: Session, scripts: dict[str, Message]) -> Iterator[Pending]:
    sounds = {row.key: row for row in session.scalars(select(Sound).where(Sound.key.in_(scripts)))}
    for key, message in scripts.items():
        sound = sounds.get(key)
        if sound is None or sound.held:
            yield Pending(message.key, message.title, key, sound is not None)

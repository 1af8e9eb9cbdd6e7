"""Before a day comes: whether its sounds are made and understood, and what would go wrong on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from announcer.models import Sound
from announcer.preflight import Finding, Look, day_findings
from announcer.studio import Chosen, Studio
from kiosk.language.words import gettext, named
from kiosk.remembered import Memory
from schedules.core import changes
from schedules.core.errors import UserError
from schedules.models import Message, Occurrence, Schedule, Station, Zone

MOST_REMEMBERED = 30  # days of one choice of stations each, some dozen kilobytes


@dataclass(frozen=True)
class Pending:
    """A message whose sound is not there, or is there and not to be aired; ``key`` names the sound."""

    message: str
    title: str
    key: str
    held: bool


@dataclass(frozen=True)
class Readiness:
    """``sounds`` is how many different sounds the day needs, ``made`` how many of them may be aired.

    ``planned`` and ``giving_way`` are announcements of the plan as it is saved; neither is there before it is.
    """

    planned: int
    giving_way: int
    sounds: int
    made: int
    pending: tuple[Pending, ...]
    problems: tuple[Finding, ...]
    remarks: tuple[Finding, ...]


def readiness(
    session: Session, studio: Studio, day: date, stations: Collection[str], now: datetime
) -> Readiness:
    found = _remembered(session, studio, day, frozenset(stations), now)
    pending = tuple(_pending(session, found.sounds))
    return Readiness(
        planned=found.planned,
        giving_way=found.giving_way,
        sounds=len(found.sounds),
        made=len(found.sounds) - len(pending),
        pending=pending,
        problems=tuple(one for one in found.findings if one.problem),
        remarks=tuple(one for one in found.findings if not one.problem),
    )


@dataclass(frozen=True)
class Needs:
    """What a day needs, whatever of it is there: ``sounds`` by their keys, with (key, title) of the message."""

    planned: int
    giving_way: int
    sounds: Mapping[str, tuple[str, str]]
    findings: tuple[Finding, ...]


_needs: Memory[Needs] = Memory(MOST_REMEMBERED)


def _remembered(
    session: Session, studio: Studio, day: date, stations: frozenset[str], now: datetime
) -> Needs:
    """Worked out anew when the plan or what it is made from has changed, the staff's words, or the voices that can speak."""
    key = session.get_bind(), studio, day, stations
    numbers = (changes.number(session, topic) for topic in (changes.SCHEDULES, changes.PLAN))
    mark = (*numbers, studio.lexicon_seen, studio.voices.speaking())
    found = _needs.find(key, mark)
    if found is None:
        rows = _planned(session, day, stations)
        findings = tuple(day_findings(Look(session, studio, day, now, stations)))
        planned = sum(row[-1] for row in rows)
        found = Needs(planned, _giving_way(session, day, stations), dict(_sounds(studio, rows)), findings)
        _needs.keep(key, mark, found)
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


def _giving_way(session: Session, day: date, stations: Collection[str]) -> int:
    query = select(func.count(Occurrence.id)).join(Zone, Zone.id == Occurrence.zone_id).join(Zone.station)
    query = query.where(Occurrence.day == day, Occurrence.way_code != "", Station.key.in_(stations))
    return session.scalar(query) or 0


def _sounds(studio: Studio, rows: list[Row]) -> Iterator[tuple[str, tuple[str, str]]]:
    """By the key of the sound. What cannot be turned into words is among the findings."""
    chosen: Chosen = {}
    for message, values, repeats, mastering, _ in rows:
        try:
            script = studio.script_of(message, values, repeats, mastering)
        except UserError:
            continue
        yield studio.key(script, chosen), (message.key, message.title)


def _pending(session: Session, needed: Mapping[str, tuple[str, str]]) -> Iterator[Pending]:
    made = {row.key: row for row in session.scalars(select(Sound).where(Sound.key.in_(needed)))}
    for key, (message, title) in needed.items():
        if key not in made or made[key].held:
            yield Pending(message, title, key, key in made)

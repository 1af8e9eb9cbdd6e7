"""Before a day comes: whether its sounds are made and understood, and what would go wrong on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only, selectinload

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


@dataclass(frozen=True)
class Needs:
    """What the plan of a day needs, whatever of it is there: ``sounds`` by their keys, with (key, title) of the message."""

    planned: int
    giving_way: int
    sounds: Mapping[str, tuple[str, str]]


_needs: Memory[Needs] = Memory(MOST_REMEMBERED)
_findings: Memory[tuple[Finding, ...]] = Memory(MOST_REMEMBERED)


def readiness(
    session: Session, studio: Studio, day: date, stations: Collection[str], now: datetime
) -> Readiness:
    needs = _needs_of(session, studio, day, frozenset(stations))
    findings = _found(session, studio, day, frozenset(stations), now)
    pending = tuple(_pending(session, needs.sounds))
    return Readiness(
        planned=needs.planned,
        giving_way=needs.giving_way,
        sounds=len(needs.sounds),
        made=len(needs.sounds) - len(pending),
        pending=pending,
        problems=tuple(one for one in findings if one.problem),
        remarks=tuple(one for one in findings if not one.problem),
    )


def sounds_made(session: Session, studio: Studio, day: date, stations: Collection[str]) -> tuple[int, int]:
    """How many of the sounds that the plan of a day needs may be aired, and how many it needs; no plan is worked out."""
    sounds = _needs_of(session, studio, day, frozenset(stations)).sounds
    return len(sounds) - sum(1 for _ in _pending(session, sounds)), len(sounds)


def _needs_of(session: Session, studio: Studio, day: date, stations: frozenset[str]) -> Needs:
    key, mark = (session.get_bind(), studio, day, stations), _mark(session, studio)
    needs = _needs.find(key, mark)
    if needs is None:
        rows = _planned(session, day, stations)
        planned, giving_way = sum(row[-1] for row in rows), _giving_way(session, day, stations)
        needs = Needs(planned, giving_way, dict(_sounds(studio, rows)))
        _needs.keep(key, mark, needs)
    return needs


def _found(
    session: Session, studio: Studio, day: date, stations: frozenset[str], now: datetime
) -> tuple[Finding, ...]:
    key, mark = (session.get_bind(), studio, day, stations), _mark(session, studio)
    findings = _findings.find(key, mark)
    if findings is None:
        findings = tuple(day_findings(Look(session, studio, day, now, stations)))
        _findings.keep(key, mark, findings)
    return findings


def _mark(session: Session, studio: Studio) -> tuple[object, ...]:
    """Another one when the plan or what it is made from has changed, the staff's words, or the voices that can speak."""
    numbers = (changes.number(session, topic) for topic in (changes.SCHEDULES, changes.PLAN))
    return (*numbers, studio.lexicon_seen, studio.voices.speaking())


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
    query = select(Sound).where(Sound.key.in_(needed)).options(load_only(Sound.readback, Sound.approved_at))
    made = {row.key: row for row in session.scalars(query)}
    for key, (message, title) in needed.items():
        if key not in made or made[key].held:
            yield Pending(message, title, key, key in made)

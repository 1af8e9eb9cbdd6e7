"""Content in and out as YAML: what :mod:`schedules.document` describes, to and from the tables.

Importing twice changes nothing the second time. Entries are matched by key; what a file does not name, entry or
field, stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from schedules import versions
from schedules.core import changes
from schedules.core.errors import FileRefused
from schedules.document import (
    Document,
    MessageEntry,
    ScheduleEntry,
    StationEntry,
    ZoneEntry,
    nearest,
    plain,
    read_document,
)
from schedules.models import CalendarException, Message, Schedule, Station, Turn, Wording, Zone

CONTENT = Path(__file__).parent / "content"
DEMO = (CONTENT / "messages.yaml", *sorted((CONTENT / "stations").glob("*.yaml")))


Place = Callable[..., str]  # "content.yaml, line 12" of what stands there in an entry


@dataclass
class ImportCounts:
    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def count(self, new: bool, dirty: bool) -> None:
        name = "added" if new else "changed" if dirty else "unchanged"
        setattr(self, name, getattr(self, name) + 1)


def import_files(session: Session, paths: Iterable[Path], now: datetime) -> ImportCounts:
    """Check every file first, then bring all of them in. Raises FileRefused; the caller's rollback undoes the rest."""
    documents = [(path, read_document(path)) for path in paths]
    counts = ImportCounts()
    for path, document in documents:
        _import_nouns(session, document, now, counts, path)
    for path, document in documents:  # a schedule may name what another of the files brings
        _import_schedules(session, document, now, counts, path)
    if counts.added or counts.changed:
        changes.touch(session, changes.SCHEDULES)
    return counts


def import_document(
    session: Session, document: Document, now: datetime, counts: ImportCounts, path: Path
) -> None:
    _import_nouns(session, document, now, counts, path)
    _import_schedules(session, document, now, counts, path)


def apply_message(session: Session, entry: MessageEntry) -> Message:
    """Bring one message into the tables, as a file would. Raises FileRefused."""
    message, _, _ = _import_message(session, entry, _nowhere)
    return message


def apply_schedule(session: Session, entry: ScheduleEntry, now: datetime) -> Schedule:
    """Bring one schedule into the tables, as a file would. Raises FileRefused."""
    schedule, _, _ = _import_schedule(session, entry, now, _nowhere)
    return schedule


def _nowhere(*where: object) -> str:
    return "this draft"


def _import_nouns(
    session: Session, document: Document, now: datetime, counts: ImportCounts, path: Path
) -> None:
    for i, station in enumerate(document.stations):
        _import_station(session, station, counts, partial(document.place, path, "stations", i))
    for i, entry in enumerate(document.messages):
        message, new, dirty = _import_message(session, entry, partial(document.place, path, "messages", i))
        counts.count(new, dirty)
        if new or dirty:
            versions.record_approved(session, "message", plain(message_data(message)), now)


def _import_schedules(
    session: Session, document: Document, now: datetime, counts: ImportCounts, path: Path
) -> None:
    for i, schedule in enumerate(document.schedules):
        place = partial(document.place, path, "schedules", i)
        stored, new, dirty = _import_schedule(session, schedule, now, place)
        counts.count(new, dirty)
        if new or dirty:
            versions.record_approved(session, "schedule", plain(schedule_data(stored)), now)


def _import_station(session: Session, entry: StationEntry, counts: ImportCounts, place: Place) -> None:
    station = session.scalar(select(Station).where(Station.key == entry.key))
    twin = session.scalar(select(Station).where(Station.kind == entry.kind, Station.name == entry.name))
    if twin is not None and twin is not station:
        raise FileRefused(
            f"{place('name')}: “{entry.name}” of kind {entry.kind} is already here as “{twin.key}”.",
            "Use that key, or another name.",
        )
    new = station is None
    station = station or Station(key=entry.key)
    session.add(station)
    dirty = _assign(station, _given(entry, new, exclude={"key", "zones", "calendar"}))
    session.flush()
    if "calendar" in entry.model_fields_set:
        dirty |= _import_calendar(session, station, entry)
    counts.count(new, dirty)
    for i, zone in enumerate(entry.zones):
        counts.count(*_import_zone(session, station, zone, place("zones", i, "key")))


def _import_calendar(session: Session, station: Station, entry: StationEntry) -> bool:
    stored = session.scalars(
        select(CalendarException).where(CalendarException.station_id == station.id)
    ).all()
    wanted = [item.model_dump() for item in entry.calendar]
    if sorted(map(str, wanted)) == sorted(str(_calendar_data(row)) for row in stored):
        return False
    for row in stored:
        session.delete(row)
    session.add_all(CalendarException(station_id=station.id, **data) for data in wanted)
    return True


def _import_zone(session: Session, station: Station, entry: ZoneEntry, place: str) -> tuple[bool, bool]:
    zone = session.scalar(select(Zone).where(Zone.key == entry.key))
    if zone is not None and zone.station_id != station.id:
        raise FileRefused(
            f"{place}: the zone “{entry.key}” belongs to another station.", "Zone keys are unique."
        )
    new = zone is None
    zone = zone or Zone(key=entry.key, station_id=station.id)
    session.add(zone)
    return new, _assign(zone, _given(entry, new, exclude={"key"}))


def _import_message(session: Session, entry: MessageEntry, place: Place) -> tuple[Message, bool, bool]:
    message = session.scalar(
        select(Message).where(Message.key == entry.key).options(selectinload(Message.wordings))
    )
    new = message is None
    message = message or Message(key=entry.key, wordings=[])
    session.add(message)
    dirty = _assign(message, _given(entry, new, exclude={"key", "station", "wordings"}))
    if "station" in entry.model_fields_set:
        own = _named(session, Station, entry.station, place("station")) if entry.station else None
        dirty |= _assign(message, {"station": own})
    stored = [(w.language, w.text, w.spoken, w.clip) for w in message.wordings]
    wanted = [(language, w.text, w.spoken, w.clip) for language, w in entry.wordings.items()]
    if stored != wanted:
        message.wordings.clear()
        session.flush()
        message.wordings.extend(
            Wording(language=language, text=text, spoken=spoken, clip=clip, position=i)
            for i, (language, text, spoken, clip) in enumerate(wanted)
        )
        dirty = True
    session.flush()
    return message, new, dirty


def _import_schedule(
    session: Session, entry: ScheduleEntry, now: datetime, place: Place
) -> tuple[Schedule, bool, bool]:
    schedule = session.scalar(select(Schedule).where(Schedule.key == entry.key))
    station = _named(session, Station, entry.station, place("station"))
    zones = [_named(session, Zone, key, place("zones", i)) for i, key in enumerate(entry.zones)]
    for i, zone in enumerate(zones):
        if zone.station_id != station.id:
            raise FileRefused(f"{place('zones', i)}: “{zone.key}” is a zone of another station.")
    messages = [
        _named(session, Message, turn.message, place("rotation" if entry.rotation else "message", i))
        for i, turn in enumerate(entry.turns)
    ]
    for message in messages:
        if message.station_id not in (None, station.id):
            raise FileRefused(f"{place('message')}: “{message.key}” is another station's own message.")
    new = schedule is None
    schedule = schedule or Schedule(key=entry.key, station=station, since=now)
    session.add(schedule)
    given = _given(entry, new, exclude={"key", "station", "zones", "message", "rotation"})
    dirty = _assign(schedule, given | {"station_id": station.id})
    dirty |= _set_turns(session, schedule, messages, [turn.weight for turn in entry.turns])
    if {zone.id for zone in schedule.zones} != {zone.id for zone in zones}:
        schedule.zones = sorted(zones, key=lambda zone: zone.key)
        dirty = True
    if dirty:
        schedule.since = now
    session.flush()
    return schedule, new, dirty


def _set_turns(
    session: Session, schedule: Schedule, messages: Sequence[Message], weights: Sequence[int]
) -> bool:
    wanted = [(message.id, weight) for message, weight in zip(messages, weights, strict=True)]
    if [(turn.message_id, turn.weight) for turn in schedule.turns] == wanted:
        return False
    schedule.turns.clear()
    session.flush()
    schedule.turns.extend(
        Turn(position=i, message_id=m, weight=weight) for i, (m, weight) in enumerate(wanted)
    )
    return True


def _named(session: Session, model: Any, key: str, place: str) -> Any:
    found = session.scalar(select(model).where(model.key == key))
    if found is None:
        what = model.__name__.lower()
        known = session.scalars(select(model.key)).all()
        raise FileRefused(f"{place}: there is no {what} “{key}”.", nearest(key, known))
    return found


def _given(entry: BaseModel, new: bool, exclude: set[str]) -> dict[str, Any]:
    """The columns that the file gives: for a new row with all defaults, else only what stands in the file."""
    return entry.model_dump(by_alias=True, exclude=exclude, exclude_unset=not new)


def _assign(row: Any, values: dict[str, Any]) -> bool:
    """Set what differs; tells whether anything did."""
    dirty = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            dirty = True
    return dirty


def export_data(session: Session) -> dict[str, Any]:
    """Everything an import can bring in, in a stable order."""
    stations = session.scalars(select(Station).options(selectinload(Station.zones)).order_by(Station.key))
    messages = session.scalars(select(Message).options(selectinload(Message.wordings)).order_by(Message.key))
    schedules = session.scalars(select(Schedule).order_by(Schedule.key))
    return {
        "stations": [_station_data(session, station) for station in stations],
        "messages": [message_data(message) for message in messages],
        "schedules": [schedule_data(schedule) for schedule in schedules],
    }


def export_yaml(session: Session) -> str:
    return yaml.dump(export_data(session), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


class _Dumper(yaml.SafeDumper):
    """Writes a value that stands in two places twice, and no anchors, which nobody wants to edit."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _plain(row: Any, names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names.split()}


def _calendar_data(row: CalendarException) -> dict[str, Any]:
    return _plain(row, "first last kind note")


def _station_data(session: Session, station: Station) -> dict[str, Any]:
    query = select(CalendarException).where(CalendarException.station_id == station.id)
    calendar = session.scalars(
        query.order_by(
            CalendarException.first, CalendarException.last, CalendarException.kind, CalendarException.note
        )
    )
    return _plain(station, "key kind name name_en") | {
        "zones": [
            _plain(zone, "key name name_en sink mastering volume quiet budget_minutes gap_seconds")
            for zone in station.zones
        ],
        "calendar": [_calendar_data(row) for row in calendar],
    }


def message_data(message: Message) -> dict[str, Any]:
    """As a content file has it."""
    wordings = {w.language: _wording_data(w) for w in message.wordings}
    own = {"station": message.station.key} if message.station else {}
    return (
        {"key": message.key}
        | own
        | _plain(message, "category topic title chime rule blanks")
        | {"wordings": wordings, "retired": message.retired}
    )


def _wording_data(wording: Wording) -> str | dict[str, str]:
    """The text alone where there is nothing else."""
    more = {name: value for name in ("spoken", "clip") if (value := getattr(wording, name))}
    return {"text": wording.text} | more if more else wording.text


def schedule_data(schedule: Schedule) -> dict[str, Any]:
    """As a content file has it, with dates as dates."""
    turns = [{"message": turn.message.key, "weight": turn.weight} for turn in schedule.turns]
    single = len(turns) == 1
    said = {"message": turns[0]["message"]} if single and turns[0]["weight"] == 1 else {"rotation": turns}
    rest = "trigger days values priority valid_from valid_to expires_minutes repeats gap_minutes enabled"
    return (
        {"key": schedule.key, "station": schedule.station.key, "zones": [zone.key for zone in schedule.zones]}
        | said
        | _plain(schedule, rest)
    )

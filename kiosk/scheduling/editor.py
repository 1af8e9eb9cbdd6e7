"""The editor of schedules: a sentence, and at once what it would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from kiosk import decisions, drafts
from kiosk.accounts.guard import needs, require, someone
from kiosk.accounts.roles import Right
from kiosk.announcements.wishes import Unclear
from kiosk.announcements.words import BLANKS
from kiosk.drafts import Entry
from kiosk.language.words import gettext, named
from kiosk.scheduling import shown, typed, words
from kiosk.scheduling.operations import KIND
from kiosk.scheduling.typed import Typed
from kiosk.transactions import reading, writing
from schedules import foresight, publishing, versions
from schedules.core.clock import utcnow
from schedules.document import ScheduleEntry
from schedules.foresight import Foresight
from schedules.models import Message, Schedule, Station, Turn
from schedules.operations import all_messages, all_stations, get_station

schedule_editor = Blueprint("schedule_editor", __name__, template_folder="templates")


@dataclass(frozen=True)
class Preview:
    when: str
    foresight: Foresight
    by_departure: bool


@schedule_editor.get("/schedules/new")
@needs(Right.DRAFT)
def begin() -> str:
    with reading() as session:
        mine = [one for one in all_stations(session) if someone().may(Right.DRAFT, one.key)]
        wanted = request.args.get("station", mine[0].key if mine else "")
        station = next((one for one in mine if one.key == wanted), None) or abort(404)
        zones = tuple(zone.key for zone in station.zones) if len(station.zones) == 1 else ()
        message = request.args.get("message", "")
        given = Typed(station.key, turns=((message, "1"),) if message else (), zones=zones)
        return _editor(session, given, stations=mine)


@schedule_editor.post("/schedules/new")
@needs(Right.DRAFT)
def create() -> str | Response | tuple[str, int]:
    return _sent("", request.form.get("station", ""))


@schedule_editor.get("/schedules/<key>/edit")
@needs(Right.DRAFT)
def edit(key: str) -> str:
    """The draft, or what is in force; ``from`` begins with an older version."""
    with reading() as session:
        entry = _editable(session, key)
        draft = versions.draft_of(session, KIND, key)
        older = request.args.get("from", type=int)
        row = next((row for row in versions.history(session, KIND, key) if row.number == older), None)
        given = typed.of_entry(row.entry if row else entry, draft.mark if draft else "")
        return _editor(session, given, key)


@schedule_editor.post("/schedules/<key>/edit")
@needs(Right.DRAFT)
def keep(key: str) -> str | Response | tuple[str, int]:
    with reading() as session:
        station = _editable(session, key)["station"]
    return _sent(key, station)


@schedule_editor.post("/schedules/preview")
@needs(Right.DRAFT)
def preview() -> str:
    """The preview alone, for the script that keeps it fresh while somebody types."""
    station = request.form.get("station", "")
    require(Right.DRAFT, station)
    given = typed.read(request.form, station)
    with reading() as session:
        place = get_station(session, station)
        messages = usable(session, place)
        found, unclear = None, ""
        try:
            entry = typed.entry_of(given, request.form.get("key") or "moi", messages, _zone_keys(place))
            found = preview_of(session, entry)
        except Unclear as error:
            unclear = str(error)
        return render_template(
            "scheduling/preview.html",
            given=given,
            preview=found,
            unclear=unclear,
            blanks=BLANKS,
            wanted=typed.blanks_of(given, messages),
            zone_names={zone.key: named(zone) for zone in place.zones},
        )


def _sent(key: str, station: str) -> str | Response | tuple[str, int]:
    """The editor's form: previewed, or kept as the draft."""
    require(Right.DRAFT, station)
    given = typed.read(request.form, station)
    with reading() as session:
        place = get_station(session, station)
        messages = usable(session, place)
        try:
            title = messages[given.turns[0][0]].title if given.turns and given.turns[0][0] in messages else ""
            new_key = key or drafts.free_key(session, KIND, f"{station} {title}", "lich")
            entry = typed.entry_of(given, new_key, messages, _zone_keys(place))
        except Unclear as unclear:
            return _editor(session, given, key, mistake=str(unclear)), 400
        if request.form.get("act") != "save":
            return _editor(session, given, key, preview_of(session, entry))
    try:
        with writing() as session:
            drafts.save(session, KIND, entry, someone().name, utcnow(), given.seen)
    except versions.Outdated:
        return _overtaken(given, entry["key"]), 409
    flash(gettext("Đã lưu bản nháp. Lịch chưa có hiệu lực: còn chờ trưởng ga, trưởng bến duyệt."))
    return redirect(url_for("scheduling.one", key=entry["key"]), 303)


def _overtaken(given: Typed, key: str) -> str:
    with reading() as session:
        draft = versions.draft_of(session, KIND, key)
        given = replace(given, seen=draft.mark if draft else "")
        return _editor(session, given, key, mistake=decisions.overtaken(draft))


def _editor(
    session: Session,
    given: Typed,
    key: str = "",
    preview: Preview | None = None,
    mistake: str = "",
    stations: list[Station] | None = None,
) -> str:
    place = get_station(session, given.station)
    messages = usable(session, place)
    return render_template(
        "scheduling/edit.html",
        page="schedules",
        key=key,
        given=given,
        preview=preview,
        mistake=mistake,
        station=place,
        stations=stations or [],
        messages=messages,
        words=words,
        blanks=BLANKS,
        wanted=typed.blanks_of(given, messages),
        zone_names={zone.key: named(zone) for zone in place.zones},
    )


def usable(session: Session, station: Station) -> dict[str, Message]:
    """The messages that a schedule of this station may name, by key, in the order of their titles."""
    found = [one for one in all_messages(session) if one.station_id in (None, station.id)]
    return {one.key: one for one in sorted(found, key=lambda one: one.title)}


def preview_of(session: Session, entry: Entry) -> Preview:
    schedule = _as_schedule(session, entry)
    by_departure = entry["trigger"]["kind"] == "departure"
    return Preview(shown.when(entry), foresight.foresee(session, schedule, utcnow()), by_departure)


def _as_schedule(session: Session, entry: Entry) -> Schedule:
    """The schedule it would be, in no table; it has the id of the one whose place it takes."""
    checked = ScheduleEntry.model_validate(entry)
    station = get_station(session, checked.station)
    plain = checked.model_dump(exclude={"station", "zones", "message", "rotation"})
    messages = _by_key(session, [turn.message for turn in checked.turns])
    present = session.scalar(select(Schedule.id).where(Schedule.key == checked.key))
    return Schedule(
        id=present or "draft",
        station=station,
        zones=[zone for zone in station.zones if zone.key in checked.zones],
        turns=[
            Turn(message=messages[turn.message], weight=turn.weight)
            for turn in checked.turns
            if turn.message in messages
        ],
        **plain,
    )


def _by_key(session: Session, keys: list[str]) -> Mapping[str, Message]:
    return {one.key: one for one in session.scalars(select(Message).where(Message.key.in_(keys)))}


def _editable(session: Session, key: str) -> Entry:
    draft = versions.draft_of(session, KIND, key)
    entry = draft.entry if draft else publishing.current(session, KIND, key) or abort(404)
    if not someone().may(Right.SEE, entry["station"]):
        abort(404)
    require(Right.DRAFT, entry["station"])
    return entry


def _zone_keys(station: Station) -> list[str]:
    return [zone.key for zone in station.zones]

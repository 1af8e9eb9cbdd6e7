"""The pages of schedules: all of a station's, one with its history and foresight, and the decisions of the head of station."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from werkzeug.wrappers import Response

from kiosk import decisions
from kiosk import versions as pages
from kiosk.accounts.guard import needs, require, someone
from kiosk.accounts.roles import Right
from kiosk.drafts import Entry
from kiosk.history import version_of, version_page
from kiosk.language.words import gettext, named
from kiosk.scheduling import operations
from kiosk.scheduling.access import demand
from kiosk.scheduling.editor import preview_of
from kiosk.scheduling.operations import KIND
from kiosk.scheduling.shown import Names, shown, title, when
from kiosk.scheduling.words import PRIORITIES
from kiosk.transactions import reading, writing
from schedules import exchange, publishing, versions
from schedules.core.clock import utcnow
from schedules.document import plain
from schedules.models import Message, Schedule, Turn, Zone
from schedules.operations import all_stations

scheduling = Blueprint("scheduling", __name__, template_folder="templates")


@dataclass(frozen=True)
class Row:
    """A schedule in the list. ``draft``: somebody wrote a version that waits for approval."""

    key: str
    title: str
    when: str
    zones: str
    priority: str
    enabled: bool
    draft: bool


@scheduling.get("/schedules")
@needs(Right.SEE)
def all_of_them() -> str:
    with reading() as session:
        mine = [one for one in all_stations(session) if someone().may(Right.SEE, one.key)]
        wanted = request.args.get("station", mine[0].key if mine else "")
        station = next((one for one in mine if one.key == wanted), None) or abort(404)
        messages, zones = _messages(session), {zone.key: named(zone) for zone in station.zones}
        drafts = {
            one.key: one.entry for one in versions.drafts(session, KIND) if one.entry["station"] == wanted
        }
        query = select(Schedule).where(Schedule.station_id == station.id).order_by(Schedule.key)
        query = query.options(
            selectinload(Schedule.zones), selectinload(Schedule.turns).joinedload(Turn.message)
        )
        entries = {row.key: plain(exchange.schedule_data(row)) for row in session.scalars(query)}
        rows = [
            _row(key, entries.get(key) or drafts[key], key in entries, key in drafts, messages, zones)
            for key in dict.fromkeys([*drafts, *entries])
        ]
        return render_template(
            "scheduling/all.html", page="schedules", station=station, stations=mine, rows=rows
        )


@scheduling.get("/schedules/<key>")
@needs(Right.SEE)
def one(key: str) -> str:
    with reading() as session:
        in_force, draft = publishing.current(session, KIND, key), versions.draft_of(session, KIND, key)
        entry = _seen(in_force or (draft.entry if draft else None))
        messages, zones = _messages(session), _zones(session)
        old = shown(in_force, messages, zones) if in_force else {}
        return render_template(
            "scheduling/one.html",
            page="schedules",
            key=key,
            entry=entry,
            title=title(entry, messages),
            station=next(one for one in all_stations(session) if one.key == entry["station"]),
            fields=old,
            off=bool(in_force) and not entry["enabled"],
            draft=draft,
            others=decisions.others_to_approve(session, draft),
            changes=pages.changes(old, shown(draft.entry, messages, zones)) if draft else [],
            preview=preview_of(session, draft.entry if draft else entry | {"enabled": True}),
            zone_names=zones,
            history=versions.history(session, KIND, key),
            states=pages.STATES,
        )


@scheduling.get("/schedules/<key>/versions/<int:number>")
@needs(Right.SEE)
def version(key: str, number: int) -> str:
    with reading() as session:
        row = version_of(session, KIND, key, number)
        _seen(row.entry)
        messages, zones = _messages(session), _zones(session)
        return version_page(
            session,
            row,
            lambda entry: shown(entry, messages, zones),
            page="schedules",
            title=title(row.entry, messages),
            back=url_for("scheduling.one", key=key),
            edit=f"{url_for('schedule_editor.edit', key=key)}?from={number}",
        )


@scheduling.post("/schedules/<key>/approve")
@needs(Right.APPROVE)
def approve(key: str) -> Response:
    decisions.approve(KIND, key, demand)
    return _back(key)


@scheduling.post("/schedules/<key>/discard")
@needs(Right.DRAFT)
def discard(key: str) -> Response:
    decisions.discard(KIND, key, demand)
    return _back(key)


@scheduling.post("/schedules/<key>/recall")
@needs(Right.APPROVE)
def recall(key: str) -> Response:
    """Switch it off: what waits in the queue for it is not said any more."""
    with writing() as session:
        in_force = publishing.current(session, KIND, key) or abort(404)
        require(Right.APPROVE, in_force["station"])
        operations.recall(session, key, someone().name, utcnow())
    flash(gettext("Đã tắt lịch này. Các lượt đang chờ của nó không phát nữa."))
    return _back(key)


def _row(key: str, entry: Entry, stored: bool, draft: bool, messages: Names, zones: Names) -> Row:
    where = ", ".join(zones.get(zone, zone) for zone in entry["zones"])
    priority = PRIORITIES[entry["priority"]] if entry["priority"] != "normal" else ""
    enabled = stored and entry["enabled"]
    return Row(key, title(entry, messages), when(entry), where, priority, enabled, draft)


def _seen(entry: Entry | None) -> Entry:
    """Only what belongs to a station that one may see is there at all."""
    if entry is None or not someone().may(Right.SEE, entry["station"]):
        abort(404)
    return entry


def _messages(session: Session) -> dict[str, str]:
    return {row.key: row.title for row in session.execute(select(Message.key, Message.title))}


def _zones(session: Session) -> dict[str, str]:
    return {row.key: named(row) for row in session.execute(select(Zone.key, Zone.name, Zone.name_en))}


def _back(key: str) -> Response:
    """To its page; to the station's list where it has none any more."""
    entry, there = decisions.last_seen(KIND, key)
    station = _seen(entry)["station"]
    if not there:
        return redirect(url_for("scheduling.all_of_them", station=station), 303)
    return redirect(url_for("scheduling.one", key=key), 303)

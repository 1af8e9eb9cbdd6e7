"""Speaking live: the browser sends what the microphone hears, a tenth of a second at a time, and is told how each zone takes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask import Blueprint, abort, current_app, jsonify, render_template, request, session, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from announcer import paging as calls
from announcer import planning
from announcer.models import Announcement
from announcer.settings import PAGING_SECONDS
from announcer.sources import before_live
from audio.live import BYTES
from audio.pcm import RATE
from kiosk import desk
from kiosk.accounts import reach
from kiosk.accounts.guard import needs, someone
from kiosk.accounts.kept import never_kept
from kiosk.accounts.roles import Right
from kiosk.announcements import operations
from kiosk.announcements.asking import titled
from kiosk.announcements.recording import with_microphone
from kiosk.announcements.wishes import Unclear
from kiosk.language.words import gettext, named
from kiosk.station_words import reason, waits
from kiosk.transactions import reading, writing
from schedules.core.clock import utcnow
from schedules.core.ids import new_id
from schedules.core.settings import Settings
from schedules.models import Zone

paging = Blueprint("paging", __name__, template_folder="templates")

MOST_BYTES = 4 * RATE * BYTES  # at once: four seconds, after a network that stuttered
CALL = "call"  # in the session: the call that its browser may add to


@paging.get("/speak/live")
@needs(Right.SPEAK)
def page() -> Response:
    with reading() as database:
        zones = reach.zones(database, Right.SPEAK)
        chosen = [zone.key for zone in zones] if len(zones) == 1 else []
        html = render_template(
            "announcements/live.html", page="speak", zones=zones, chosen=chosen, longest=_longest()
        )
    return with_microphone(html)


@paging.post("/speak/live")
@needs(Right.SPEAK)
@never_kept
def begin() -> tuple[Response, int]:
    id, now = new_id(), utcnow()
    title, by = titled(request.form.get("text", ""), "Lời nói trực tiếp của"), someone().name
    studio = desk.studio()
    try:
        with writing() as database:
            zones = _zones(database, now)
            calls.take_over(database, zones, by, now)
            call = calls.request_of(id, zones, title, by, _longest())
            operations.say(database, studio, call, now)
    except Unclear as unclear:
        return jsonify(mistake=str(unclear)), 400
    session[CALL] = id
    return jsonify(
        id=id,
        sound=url_for("paging.add", id=id),
        end=url_for("paging.end", id=id),
        story=url_for("stories.request_", id=id),
    ), 201


@paging.post("/speak/live/<uuid:id>/sound")
@needs(Right.SPEAK)
def add(id: UUID) -> Response:
    """What was said since the last time: 16 bit, little endian, mono, 48 kHz."""
    _own(id)
    data = request.get_data(cache=False)
    if not data or len(data) > MOST_BYTES or len(data) % BYTES:
        abort(400)
    going_on = calls.add(_home(), str(id), data, _longest() * RATE * BYTES)
    return _told(id, over=not going_on)


@paging.post("/speak/live/<uuid:id>/end")
@needs(Right.SPEAK)
@never_kept
def end(id: UUID) -> Response:
    _own(id)
    with writing() as database:
        calls.end(database, _home(), str(id), someone().name, utcnow())
    return _told(id, over=True)


def _zones(database: Session, now: datetime) -> Sequence[Zone]:
    """Where it will sound. Raises Unclear where nothing can."""
    form = request.form
    zones = reach.chosen(database, form.getlist("zone"), Right.SPEAK, form.getlist("station"))
    if not zones:
        raise Unclear(gettext("Hãy chọn ít nhất một khu vực loa."))
    if not planning.is_alive(database, now):
        raise Unclear(gettext("Bộ phát thanh chưa chạy nên chưa nói trực tiếp được. Chưa có gì được phát."))
    return zones


def _own(id: UUID) -> None:
    """Only the browser that began a call may add to it; to others it does not exist."""
    if session.get(CALL) != str(id):
        abort(404)


def _told(id: UUID, over: bool) -> Response:
    now = utcnow()
    query = select(Announcement, Zone).join(Zone).where(Announcement.request_id == str(id))
    with reading() as database:
        zones = [{"name": named(zone), **_state(row, now)} for row, zone in database.execute(query)]
    return jsonify(zones=zones, over=over or all(zone["state"] == "over" for zone in zones))


def _state(row: Announcement, now: datetime) -> dict[str, str]:
    if row.state == "playing":
        speaks = now >= (row.started_at or now) + timedelta(seconds=len(before_live()) / RATE)
        state = "speaking" if speaks else "chime"
        return {
            "state": state,
            "words": gettext("Đang nghe lời nói") if speaks else gettext("Đang đổ chuông"),
        }
    if row.state == "ended":
        why = reason(row.reason_code, row.reason) or gettext("Đã nói xong")
        return {"state": "over", "words": why}
    return {"state": "waiting", "words": waits(row.state, row.reason_code, row.reason)}


def _longest() -> int:
    return int(_settings().get(PAGING_SECONDS))


def _home() -> Path:
    return _settings().home


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found

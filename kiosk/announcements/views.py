"""Speak now, stop, mute: what a person at the desk does with the loudspeakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from announcer import planning, queue
from announcer.script import Script
from announcer.settings import LIVE_EXPIRES
from announcer.studio import Studio
from kiosk import desk
from kiosk.accounts.guard import confirmed, needs, someone
from kiosk.accounts.roles import Right
from kiosk.announcements import operations, words
from kiosk.announcements.wishes import (
    MOST_REPEATS,
    Preview,
    Unclear,
    Wish,
    about_seconds,
    first_wish,
    id_of,
    read,
    script_of,
    title_of,
)
from kiosk.stories.addresses import address
from kiosk.transactions import reading, writing
from schedules.core.clock import utcnow
from schedules.core.errors import NotFound
from schedules.core.ids import new_id
from schedules.models import CATEGORIES, Message, Zone
from schedules.operations import all_messages, all_zones, get_message

announcements = Blueprint("announcements", __name__, template_folder="templates")

EVERYWHERE = "all"
MUTE_MINUTES = 30


@announcements.get("/speak")
@needs(Right.SPEAK)
def choose() -> str:
    with reading() as session:
        messages = all_messages(session)
        zones = _zones(session, Right.SPEAK)
        by_category = {
            words.CATEGORIES[category]: list(found)
            for category, found in groupby(
                sorted(messages, key=lambda one: CATEGORIES.index(one.category)), key=lambda one: one.category
            )
            if category != "emergency"
        }
        emergencies = [one for one in messages if one.category == "emergency"]
        stations = [(station, list(its)) for station, its in groupby(zones, key=lambda zone: zone.station)]
        return render_template(
            "announcements/choose.html",
            page="speak",
            by_category=by_category,
            emergencies=emergencies,
            stations=stations,
            new_id=new_id,
        )


@announcements.get("/speak/text")
@announcements.get("/speak/message/<key>")
@needs(Right.SPEAK)
def compose(key: str = "") -> str:
    with reading() as session:
        message = _message(session, key)
        return _page(message, first_wish(message, _zones(session, Right.SPEAK)), session)


@announcements.post("/speak/text")
@announcements.post("/speak/message/<key>")
@needs(Right.SPEAK)
def speak(key: str = "") -> str | Response | tuple[str, int]:
    studio = desk.studio()
    with reading() as session:  # words are worked out before the write lock is taken
        message = _message(session, key)
        wish = read(request.form, message)
        zones = _chosen(session, wish.zones, Right.SPEAK)
        try:
            script = script_of(studio, wish, message)
            if request.form.get("act") != "speak":
                return _page(message, wish, session, _preview(session, studio, script, zones))
            ready = _request(wish, script, zones, message)
            if not operations.was_said(session, ready.id):  # a second tap has no second code
                _require_code(wish)
        except Unclear as unclear:
            return _page(message, wish, session, mistake=str(unclear)), 400
    return _said(ready, studio)


@announcements.post("/control")
@needs(Right.STOP)
def control() -> Response:
    """One of ``stop``, ``mute`` and ``unmute`` with a zone's key, or "all" for every zone one may stop; or ``cancel`` with
    the id of one announcement or request.
    """
    if named := request.form.get("cancel"):
        return _cancelled(named)
    kind = next((kind for kind in operations.DONE if kind in request.form), None) or abort(400)
    wanted, now = request.form[kind], utcnow()
    with writing() as session:
        if wanted == EVERYWHERE:
            zones = _zones(session, Right.STOP)
        else:
            zones = _chosen(session, [wanted], Right.STOP)
        operations.command(session, kind, zones, someone().name, now, MUTE_MINUTES)
    told = {
        "stop": "Đã cho dừng",
        "mute": f"Đã tắt tiếng {MUTE_MINUTES} phút",
        "unmute": "Đã cho phát trở lại",
    }
    flash(f"{told[kind]}: {_names(zones)}.")
    return redirect(url_for("home.on_air"), 303)


def _cancelled(named: str) -> Response:
    with writing() as session:
        rows = operations.named(session, named, _zones(session, Right.STOP))
        first = rows[0] if rows else abort(403)
        count = operations.cancel(session, rows, someone().name, utcnow())
    flash(f"{'Đã hủy' if count else 'Không còn gì để hủy, đã kết thúc từ trước'}: “{first.title}”.")
    return redirect(address(first) if "story" in request.form else url_for("home.on_air"), 303)


def _said(ready: queue.Request, studio: Studio) -> Response:
    now = utcnow()
    with writing() as session:
        added = operations.say(session, studio, ready, now)
        alive = planning.is_alive(session, now)
    first = "Đã nhận" if added else "Lời này đã được nhận từ trước, không phát thêm"
    flash(f"{first}: “{ready.title}” ở {_names(ready.zones)}.")
    if not alive:
        minutes = round(ready.expires_minutes)
        flash(f"Bộ phát thanh chưa chạy. Lời này chờ {minutes} phút rồi thôi.", "bad")
    return redirect(url_for("stories.request_", id=ready.id), 303)


def _page(
    message: Message | None, wish: Wish, session: Session, preview: Preview | None = None, mistake: str = ""
) -> str:
    return render_template(
        "announcements/speak.html",
        page="speak",
        message=message,
        wish=wish,
        zones=_zones(session, Right.SPEAK),
        preview=preview,
        mistake=mistake,
        words=words,
        most_repeats=MOST_REPEATS,
        second_step=someone().second_step,
    )


def _preview(session: Session, studio: Studio, script: Script, zones: list[Zone]) -> Preview:
    """How long it lasts is measured where a zone's sound is there, and else reckoned from the words."""
    found = [studio.sound(session, studio.key(one)) for one in _mastered(script, zones)]
    lengths = [sound[0].seconds for sound in found if sound]
    return Preview(script, max(lengths, default=about_seconds(script)), bool(found) and all(found))


def _mastered(script: Script, zones: list[Zone]) -> list[Script]:
    return [replace(script, mastering=name) for name in {zone.mastering for zone in zones}]


def _request(wish: Wish, script: Script, zones: list[Zone], message: Message | None) -> queue.Request:
    """Raises Unclear."""
    if not zones:
        raise Unclear("Hãy chọn ít nhất một khu vực loa.")
    return queue.Request(
        script=script,
        title=title_of(script, message),
        zones=zones,
        priority=wish.priority,
        requested_by=someone().name,
        expires_minutes=current_app.extensions["settings"].get(LIVE_EXPIRES),
        id=id_of(wish),
    )


def _require_code(wish: Wish) -> None:
    """The second step again, for what interrupts everything. Raises Unclear."""
    if wish.priority == "urgent" and not confirmed(wish.code):
        raise Unclear("Lời khẩn cấp cần mã 6 số của ứng dụng xác thực; mã chưa đúng hoặc đã dùng rồi.")


def _zones(session: Session, right: Right) -> list[Zone]:
    """Those at whose station one has the right, station by station."""
    person = someone()
    found = [zone for zone in all_zones(session) if person.may(right, zone.station.key)]
    return sorted(found, key=lambda zone: (zone.station.name, zone.station.key))


def _chosen(session: Session, keys: Sequence[str], right: Right) -> list[Zone]:
    """Zones by their keys; one that is not one's own is refused like one that does not exist."""
    own = {zone.key: zone for zone in _zones(session, right)}
    return [own.get(key) or abort(403) for key in keys]


def _message(session: Session, key: str) -> Message | None:
    if not key:
        return None
    try:
        return get_message(session, key)
    except NotFound:
        abort(404)


def _names(zones: Sequence[Zone]) -> str:
    return ", ".join(f"{zone.name} ({zone.station.name})" for zone in zones)

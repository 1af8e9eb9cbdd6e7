"""What every way of speaking asks and tells: where one may, whether it is urgent, what was taken."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, current_app, flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from announcer import planning, queue
from announcer.script import Script
from announcer.settings import LIVE_EXPIRES
from announcer.studio import Studio
from kiosk.accounts.guard import confirmed, someone
from kiosk.accounts.roles import Right
from kiosk.announcements import operations
from kiosk.announcements.wishes import Unclear, Wish, id_of
from kiosk.transactions import writing
from schedules.core.clock import utcnow
from schedules.models import Zone
from schedules.operations import all_zones


def said(ready: queue.Request, studio: Studio) -> Response:
    now = utcnow()
    with writing() as session:
        added = operations.say(session, studio, ready, now)
        alive = planning.is_alive(session, now)
    first = "Đã nhận" if added else "Lời này đã được nhận từ trước, không phát thêm"
    flash(f"{first}: “{ready.title}” ở {names(ready.zones)}.")
    if not alive:
        minutes = round(ready.expires_minutes)
        flash(f"Bộ phát thanh chưa chạy. Lời này chờ {minutes} phút rồi thôi.", "bad")
    return redirect(url_for("stories.request_", id=ready.id), 303)


def request_of(wish: Wish, script: Script, zones: list[Zone], title: str) -> queue.Request:
    """Raises Unclear."""
    if not zones:
        raise Unclear("Hãy chọn ít nhất một khu vực loa.")
    return queue.Request(
        script=script,
        title=title,
        zones=zones,
        priority=wish.priority,
        requested_by=someone().name,
        expires_minutes=current_app.extensions["settings"].get(LIVE_EXPIRES),
        id=id_of(wish),
    )


def require_code(wish: Wish) -> None:
    """The second step again, for what interrupts everything. Raises Unclear."""
    if wish.priority == "urgent" and not confirmed(wish.code):
        raise Unclear("Lời khẩn cấp cần mã 6 số của ứng dụng xác thực; mã chưa đúng hoặc đã dùng rồi.")


def zones_of(session: Session, right: Right) -> list[Zone]:
    """Those at whose station one has the right, station by station."""
    person = someone()
    found = [zone for zone in all_zones(session) if person.may(right, zone.station.key)]
    return sorted(found, key=lambda zone: (zone.station.name, zone.station.key))


def chosen(session: Session, keys: Sequence[str], right: Right) -> list[Zone]:
    """Zones by their keys; one that is not one's own is refused like one that does not exist."""
    own = {zone.key: zone for zone in zones_of(session, right)}
    return [own.get(key) or abort(403) for key in keys]


def names(zones: Sequence[Zone]) -> str:
    return ", ".join(f"{zone.name} ({zone.station.name})" for zone in zones)

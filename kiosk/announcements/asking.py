"""What every way of speaking asks and tells: where one may, whether it is urgent, what was taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from flask import current_app, flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from announcer import planning, queue
from announcer.script import Script
from announcer.settings import LIVE_EXPIRES
from announcer.studio import Studio
from kiosk import typing
from kiosk.accounts import reach
from kiosk.accounts.guard import someone, unconfirmed
from kiosk.accounts.roles import Right
from kiosk.announcements import operations, wishes
from kiosk.announcements.wishes import Unclear, Wish
from kiosk.language.words import gettext, named
from kiosk.transactions import writing
from schedules.core.clock import utcnow
from schedules.models import Message, Station, Zone


def said(ready: queue.Request, studio: Studio) -> Response:
    now = utcnow()
    with writing() as session:
        added = operations.say(session, studio, ready, now)
        alive = planning.is_alive(session, now)
    where = {"title": ready.title, "zones": names(ready.zones)}
    if added:
        flash(gettext("Đã nhận: “%(title)s” ở %(zones)s.", **where))
    else:
        flash(gettext("Lời này đã được nhận từ trước, không phát thêm: “%(title)s” ở %(zones)s.", **where))
    if not alive:
        minutes = round(ready.expires_minutes)
        flash(
            gettext("Bộ phát thanh chưa chạy. Lời này chờ %(minutes)s phút rồi thôi.", minutes=minutes), "bad"
        )
    return redirect(url_for("stories.request_", id=ready.id), 303)


def request_of(
    wish: Wish, script: Script, zones: Sequence[Zone], title: str, message: Message | None = None
) -> queue.Request:
    """Raises Unclear."""
    expires = current_app.extensions["settings"].get(LIVE_EXPIRES)
    return replace(wishes.request_of(wish, script, zones, message, someone().name, expires), title=title)


def require_held(wish: Wish) -> None:
    """What interrupts everything is not sent by a slip of the finger. Raises Unclear."""
    if wish.priority == "urgent" and not wish.held:
        raise Unclear(gettext("Chưa phát. Lời khẩn cấp thì nhấn giữ nút Phát ngay một giây."))


def placed(session: Session, wish: Wish) -> tuple[Wish, list[Zone]]:
    """The wish with each zone it is for, also of the stations that were ticked as a whole; and those zones."""
    zones = reach.chosen(session, wish.zones, Right.SPEAK, wish.stations)
    return replace(wish, zones=[zone.key for zone in zones], stations=()), zones


def by_station(zones: Iterable[Zone]) -> list[tuple[Station, list[Zone]]]:
    """Zones that come station by station, with their stations."""
    return [(station, list(its)) for station, its in groupby(zones, attrgetter("station"))]


def require_code(wish: Wish) -> None:
    """The second step again, for what interrupts everything. Raises Unclear."""
    if wish.priority == "urgent" and unconfirmed(wish.code):
        raise Unclear(
            gettext("Lời khẩn cấp cần mã 6 số của ứng dụng xác thực; mã chưa đúng hoặc đã dùng rồi.")
        )


def titled(typed: str, otherwise: str) -> str:
    """What the log calls what a person says: what was typed, or at least who spoke."""
    return (typing.line(typed) or f"{otherwise} {someone().full_name}")[: wishes.TITLE_LENGTH]


def names(zones: Sequence[Zone]) -> str:
    return ", ".join(f"{named(zone)} ({named(zone.station)})" for zone in zones)

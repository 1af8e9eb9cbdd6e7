"""Speak now, stop, mute: what a person at the desk does with the loudspeakers."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from announcer import planning
from kiosk import desk
from kiosk.accounts import reach
from kiosk.accounts.guard import needs, someone
from kiosk.accounts.kept import sent_on_with
from kiosk.accounts.roles import Right
from kiosk.announcements import operations, words
from kiosk.announcements.asking import by_station, names, placed, request_of, require_code, require_held, said
from kiosk.announcements.wishes import (
    MOST_REPEATS,
    Preview,
    Unclear,
    Wish,
    first_wish,
    preview_of,
    read,
    script_of,
    title_of,
)
from kiosk.language.words import gettext
from kiosk.stories.addresses import address
from kiosk.transactions import reading, writing
from kiosk.typing import folded, line
from schedules.core.clock import utcnow
from schedules.core.errors import NotFound
from schedules.core.ids import new_id
from schedules.models import CATEGORIES, Message

announcements = Blueprint("announcements", __name__, template_folder="templates")
announcements.add_app_template_filter(words.blank_name)
announcements.add_app_template_filter(words.blank_label)

announcements.add_app_template_filter(by_station)

EVERYWHERE = "all"
MUTE_MINUTES = 30


@announcements.app_context_processor
def _who_speaks() -> dict[str, Any]:
    return {"announcer_silent": _silent}


def _silent() -> bool:
    """Whether nobody is there to say anything; asked only by the pages that tell."""
    with reading() as session:
        return not planning.is_alive(session, utcnow())


@announcements.get("/speak")
@needs(Right.SPEAK)
def choose() -> str:
    """``q`` narrows the choice; what is urgent is always there."""
    wanted = folded(line(request.args.get("q", "")))
    with reading() as session:
        messages = sorted(
            reach.messages(session, Right.SPEAK, wordings=False),
            key=lambda one: (CATEGORIES.index(one.category), folded(one.title)),
        )
        chosen_from = [one for one in messages if one.category != "emergency" and wanted in folded(one.title)]
        zones = reach.zones(session, Right.SPEAK)
        by_category = {
            words.CATEGORIES[category]: list(found)
            for category, found in groupby(chosen_from, key=lambda one: one.category)
        }
        emergencies = [one for one in messages if one.category == "emergency"]
        return render_template(
            "announcements/choose.html",
            page="speak",
            q=request.args.get("q", ""),
            by_category=by_category,
            emergencies=emergencies,
            stations=by_station(zones),
            new_id=new_id,
        )


@announcements.get("/speak/text")
@announcements.get("/speak/message/<key>")
@needs(Right.SPEAK)
def compose(key: str = "") -> str:
    with reading() as session:
        message = _message(session, key)
        return _page(message, first_wish(message, reach.zones(session, Right.SPEAK)), session)


@announcements.post("/speak/text")
@announcements.post("/speak/message/<key>")
@needs(Right.SPEAK)
@sent_on_with(act="preview")
def speak(key: str = "") -> str | Response | tuple[str, int]:
    studio = desk.studio()
    with reading() as session:  # words are worked out before the write lock is taken
        message = _message(session, key)
        wish, zones = placed(session, read(request.form, message))
        try:
            script = script_of(studio, wish, message)
            if request.form.get("act") != "speak":
                return _page(message, wish, session, preview_of(session, studio, script, zones))
            ready = request_of(wish, script, zones, title_of(script, message), message)
            if not operations.was_said(session, ready.id):  # a second tap has no second code
                require_held(wish)
                require_code(wish)
        except Unclear as unclear:
            return _page(message, wish, session, mistake=str(unclear)), 400
    return said(ready, studio)


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
            zones = reach.zones(session, Right.STOP)
        else:
            zones = reach.chosen(session, [wanted], Right.STOP)
        until = now + timedelta(minutes=MUTE_MINUTES) if kind == "mute" else None
        operations.command(session, kind, zones, someone().name, now, until)
    told = {
        "stop": gettext("Đã cho dừng"),
        "mute": gettext("Đã tắt tiếng %(minutes)s phút", minutes=MUTE_MINUTES),
        "unmute": gettext("Đã cho phát trở lại"),
    }
    flash(f"{told[kind]}: {names(zones)}.")
    return redirect(url_for("home.on_air"), 303)


def _cancelled(named: str) -> Response:
    with writing() as session:
        rows = operations.named(session, named, reach.zones(session, Right.STOP))
        first = rows[0] if rows else abort(403)
        count = operations.cancel(session, rows, someone().name, utcnow())
    flash(
        gettext("Đã hủy: “%(title)s”.", title=first.title)
        if count
        else gettext("Không còn gì để hủy, đã kết thúc từ trước: “%(title)s”.", title=first.title)
    )
    return redirect(address(first) if "story" in request.form else url_for("home.on_air"), 303)


def _page(
    message: Message | None, wish: Wish, session: Session, preview: Preview | None = None, mistake: str = ""
) -> str:
    return render_template(
        "announcements/speak.html",
        page="speak",
        message=message,
        wish=wish,
        zones=reach.zones(session, Right.SPEAK),
        preview=preview,
        mistake=mistake,
        words=words,
        most_repeats=MOST_REPEATS,
        second_step=someone().second_step,
    )


def _message(session: Session, key: str) -> Message | None:
    if not key:
        return None
    try:
        return reach.message(session, Right.SPEAK, key)
    except NotFound:
        abort(404)

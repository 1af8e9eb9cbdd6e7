"""One sound: waited for, heard, and consented to where read-back found it bad."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from announcer import planning
from announcer.auditions import Audition
from announcer.models import Playout, Sound
from kiosk import desk
from kiosk.accounts import reach
from kiosk.accounts.guard import needs, someone
from kiosk.accounts.roles import Right
from kiosk.language.words import gettext, said
from kiosk.sounds import operations, words
from kiosk.sounds.owners import may_consent, may_hear, to_consent
from kiosk.transactions import reading, writing
from schedules.core.clock import utcnow
from schedules.core.errors import LoagaError

GONE = "Tiếng của lượt này không còn được giữ. Lời và giọng đọc vẫn ghi trong nhật ký."

sounds = Blueprint("sounds", __name__, template_folder="templates")


@sounds.get("/sounds/<key>")
@needs(Right.SEE)
def one(key: str) -> str:
    """The page of a sound, or with ``?part`` what changes on it, for the script that waits."""
    with reading() as session:
        found = desk.studio().sound(session, key)
        asked = session.get(Audition, key)
        if not (found or asked) or not may_hear(session, key):
            abort(404)
        return render_template(
            "sounds/part.html" if "part" in request.args else "sounds/one.html",
            page="sounds",
            key=key,
            sound=found[0] if found else None,
            asked=asked,
            alive=planning.is_alive(session, utcnow()),
            verdict=words.verdict(found[0].readback) if found else None,
            may_consent=may_consent(session, key),
        )


@sounds.get("/sounds/<key>.wav")
@needs(Right.SEE)
def samples(key: str) -> Response:
    with reading() as session:
        found = desk.studio().sound(session, key)
        if found is None or not may_hear(session, key):
            abort(404)
    return send_file(found[1], mimetype="audio/wav", conditional=True)


@sounds.get("/log/<id>/sound")
@needs(Right.SEE)
def of_the_log(id: str) -> str | Response:
    """What sounded for a row of the log, as long as it is kept."""
    with reading() as session:
        row = session.get(Playout, id) or abort(404)
        among = reach.log_zones(session, Right.SEE)
        if among is not None and row.zone not in among:
            abort(404)
        heard = Sound.sha256 == row.sound_sha256
        keys = session.scalars(select(Sound.key).where(heard)).all() if row.sound_sha256 else ()
        key = next((key for key in keys if desk.studio().sound(session, key)), None)
    if key is None:
        return render_template("error.html", sentence=said(GONE))
    return redirect(url_for("sounds.one", key=key))


@sounds.post("/sounds/<key>/consent")
@needs(Right.APPROVE)
def agree(key: str) -> Response:
    with writing() as session:
        sound = to_consent(session, key)
        try:
            operations.consent(session, sound, someone().name, utcnow())
        except LoagaError:
            flash(gettext("Tiếng này không cần ai đồng ý nữa."))
        else:
            flash(gettext("Đã đồng ý cho phát tiếng này."))
    return redirect(url_for("sounds.one", key=key), 303)

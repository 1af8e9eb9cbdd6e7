"""Following feedback by its code, at any kiosk or telephone: where it stands, the answer, a reply, one's own data."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    json,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as cookie
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from kiosk.accounts.guard import public
from kiosk.feedback import codes, operations, own_data, words
from kiosk.feedback.attachments import served
from kiosk.feedback.guesses import Guesses
from kiosk.feedback.models import Feedback, File
from kiosk.feedback.operations import Unclear
from kiosk.feedback.photos import NoPhoto
from kiosk.transactions import reading, writing
from kiosk.travellers import said
from kiosk.travellers.places import place
from schedules.core.clock import utcnow

following = Blueprint("following", __name__, template_folder="templates")

FOLLOWED = "followed"
PREFIX = "/kiosk/<station>/follow"


@following.get("/g/<code>")
@public
def scanned(code: str) -> WerkzeugResponse:
    """Where a QR code leads. The code goes from the address into the cookie, so that the screen does not show it."""
    with reading() as session:
        row = _of(session, code)
        if isinstance(row, str):
            abort(404)
        cookie[FOLLOWED] = row.id
        station = row.station.key
    return redirect(url_for("following.one", station=station))


@following.get(PREFIX)
@public
def ask(station: str) -> str:
    return _asking(station)


@following.post(PREFIX)
@public
def find(station: str) -> WerkzeugResponse | tuple[str, int]:
    typed = request.form.get("code", "")
    with reading() as session:
        row = _of(session, typed)
    if isinstance(row, str):
        return _asking(station, words.MISTAKES[row], typed), 429 if row == "guessing" else 400
    cookie[FOLLOWED] = row.id
    return redirect(url_for("following.one", station=station), 303)


@following.get(f"{PREFIX}/one")
@public
def one(station: str) -> WerkzeugResponse:
    return _page(station)


@following.post(f"{PREFIX}/reply")
@public
def reply(station: str) -> WerkzeugResponse:
    now, typed, photo = utcnow(), request.form.get("words", ""), request.files.get("photo")
    try:
        with writing() as session:
            row = _followed(session)
            if row is None:
                return _again(station)
            operations.reply(session, row, typed, photo.read() if photo else b"", now)
    except (Unclear, NoPhoto) as error:
        return _page(station, words.MISTAKES[error.code], typed)
    return redirect(url_for("following.one", station=station), 303)


@following.post(f"{PREFIX}/rate")
@public
def rate(station: str) -> WerkzeugResponse:
    with writing() as session:
        row = _followed(session)
        if row is None:
            return _again(station)
        try:
            operations.rate(session, row, request.form.get("satisfied") == "yes", utcnow())
        except Unclear:
            session.rollback()  # the answer was taken back meanwhile; the page shows how it stands
    return redirect(url_for("following.one", station=station), 303)


@following.get(f"{PREFIX}/files/<id>")
@public
def file(station: str, id: str) -> Response:
    """A photo, or the proof of an answer, of the feedback that is followed, and of no other."""
    with reading() as session:
        row, found = _followed(session), session.get(File, id)
        if row is None or found is None or found not in own_data.files(row):
            abort(404)
        return served(found)


@following.get(f"{PREFIX}/data")
@public
def data(station: str) -> WerkzeugResponse:
    """What is kept of whoever wrote it, and for how long."""
    return _page(station, template="following/data.html")


@following.get(f"{PREFIX}/data.json")
@public
def export(station: str) -> WerkzeugResponse:
    with reading() as session:
        row = _followed(session)
        if row is None:
            return _again(station)
        told = own_data.exported(_home(), row)
    response = Response(json.dumps(told, ensure_ascii=False, indent=1), mimetype="application/json")
    response.headers["Content-Disposition"] = f"attachment; filename=gop-y-{codes.written(row.code)}.json"
    return response


@following.post(f"{PREFIX}/data")
@public
def change_data(station: str) -> WerkzeugResponse:
    """A consent is withdrawn, or everything is deleted for good."""
    act, now = request.form.get("act", ""), utcnow()
    with writing() as session:
        row = _followed(session)
        if row is None:
            return _again(station)
        if act == "delete":
            own_data.delete(session, row, now)
            cookie.pop(FOLLOWED, None)
            return redirect(url_for("following.deleted", station=station), 303)
        operations.withdraw(session, row, [act], now)
    return redirect(url_for("following.data", station=station), 303)


@following.get(f"{PREFIX}/deleted")
@public
def deleted(station: str) -> str:
    with reading() as session:
        here = place(session, station)
        return render_template(
            "following/deleted.html", place=here, sounding=said.sounding(session, here, utcnow())
        )


def _of(session: Session, typed: str) -> Feedback | str:
    """The feedback of a code, or the key of the mistake."""
    guesses: Guesses = current_app.extensions.setdefault("guesses", Guesses())
    who, now = request.remote_addr or "", utcnow()
    if guesses.too_many(who, now):
        return "guessing"
    code = codes.read(typed)
    if code is None:
        return "code"
    row = operations.of_code(session, code)
    if row is None:
        guesses.wrong(who, now)
    return row or "unknown-code"


def _followed(session: Session) -> Feedback | None:
    return session.get(Feedback, str(cookie.get(FOLLOWED, "")))


def _asking(station: str, mistake: str = "", typed: str = "") -> str:
    with reading() as session:
        here = place(session, station)
        sounding = said.sounding(session, here, utcnow())
        return render_template(
            "following/ask.html", place=here, sounding=sounding, mistake=mistake, typed=typed[:40]
        )


def _page(
    station: str, mistake: str = "", typed: str = "", template: str = "following/one.html"
) -> WerkzeugResponse:
    with reading() as session:
        here, row = place(session, station), _followed(session)
        if row is None:
            return _again(station)
        shown: dict[str, Any] = {
            "states": words.STATES, "acts": words.ACTS, "kinds": words.KINDS, "topics": words.TOPICS,
            "purposes": words.PURPOSES, "standing": operations.standing(row),
            "photos": operations.photos_of(row), "reach": own_data.reach(_home(), row),
        }  # fmt: skip
        html = render_template(
            template,
            place=here,
            sounding=said.sounding(session, here, utcnow()),
            row=row,
            mistake=mistake,
            typed=typed,
            longest=operations.LONGEST_WORDS,
            **shown,
        )
        return make_response(html, 400 if mistake else 200)


def _home() -> Any:
    return current_app.extensions["settings"].home


def _again(station: str) -> WerkzeugResponse:
    return redirect(url_for("following.ask", station=station), 303)

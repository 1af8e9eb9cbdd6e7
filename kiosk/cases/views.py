"""The pages on which staff deal with feedback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from kiosk.accounts.guard import needs, present, someone
from kiosk.accounts.roles import Right
from kiosk.cases import access, inbox, likeness, operations, replies, words
from kiosk.cases.calls import urgent_calls
from kiosk.cases.documents import LARGEST_PDF, proof
from kiosk.cases.operations import Unclear
from kiosk.cases.timing import Limits, due
from kiosk.feedback import codes, own_data
from kiosk.feedback import words as said
from kiosk.feedback.attachments import served
from kiosk.feedback.models import Feedback, File
from kiosk.feedback.operations import of_code, photos_of
from kiosk.feedback.photos import LARGEST_BYTES, NoPhoto
from kiosk.language.words import gettext
from kiosk.transactions import reading, writing
from schedules.core.clock import utcnow

cases = Blueprint("cases", __name__, template_folder="templates")
cases.add_app_template_global(urgent_calls)

Act = Callable[[Session, Feedback, str, datetime], None]


@cases.url_value_preprocessor
def _large(endpoint: str | None, values: object) -> None:
    """Whoever may answer may send the proof of it."""
    person = present() if endpoint == "cases.act" else None
    if person and person.may(Right.HANDLE):
        request.max_content_length = max(LARGEST_BYTES, LARGEST_PDF) + 100_000


@cases.get("/cases")
@needs(Right.HANDLE)
def all_of_them() -> str:
    now, person = utcnow(), someone()
    shelf = request.args.get("shelf", "open")
    wanted = inbox.Wanted(
        shelf=shelf if shelf in inbox.SHELVES else "open",
        station=request.args.get("station", ""),
        kind=request.args.get("kind", ""),
        mine=person.name if "mine" in request.args else "",
    )
    with reading() as session:
        return render_template(
            "cases/inbox.html",
            page="cases",
            wanted=wanted,
            names=access.full_names(session),
            items=inbox.items(session, person, wanted, _limits(), now),
            stations=access.stations(session, person),
            most=inbox.MOST if shelf in inbox.OPEN_SHELVES else inbox.MOST_OVER,
            **_words(),
        )


@cases.get("/cases/find")
@needs(Right.HANDLE)
def find() -> WerkzeugResponse:
    """By the code that a traveller reads out."""
    code = codes.read(request.args.get("code", ""))
    with reading() as session:
        row = of_code(session, code) if code else None
        if row is None or not access.may_see(session, row.id, someone()):
            flash(gettext("Không có góp ý nào mang mã này ở những nơi quý vị phụ trách."), "bad")
            return redirect(url_for("cases.all_of_them"))
        return redirect(url_for("cases.one", id=row.id))


@cases.get("/cases/<id>")
@needs(Right.HANDLE)
def one(id: str) -> Response:
    with reading() as session:
        return _page(session, access.case(session, id))


@cases.post("/cases/<id>")
@needs(Right.HANDLE)
def act(id: str) -> WerkzeugResponse:
    """What the form asks for, by its ``act``; a mistake loses nothing that was typed."""
    name, now, by = request.form.get("act", ""), utcnow(), someone().name
    verb = ACTS.get(name) or abort(400)
    try:
        with writing() as session:
            verb(session, access.case(session, id), by, now)
    except (Unclear, NoPhoto) as error:
        with reading() as session:
            return _page(session, access.case(session, id), words.MISTAKES[error.code], request.form)
    flash(gettext("Đã ghi nhận."))
    gone = name == "sort" and not _still_visible(id)
    return redirect(url_for("cases.all_of_them") if gone else url_for("cases.one", id=id), 303)


@cases.post("/cases/<id>/contact")
@needs(Right.HANDLE)
def contact(id: str) -> Response:
    """How the traveller may be reached; who looks is on record."""
    now = utcnow()
    with writing() as session:
        row = access.case(session, id)
        if row.contact is None:
            abort(404)
        operations.saw_contact(session, row, someone().name, now)
    with reading() as session:
        row = access.case(session, id)
        return _page(session, row, reach=own_data.reach(current_app.extensions["settings"].home, row))


@cases.get("/cases/<id>/files/<file>")
@needs(Right.HANDLE)
def attached(id: str, file: str) -> Response:
    with reading() as session:
        row, found = access.case(session, id), session.get(File, file)
        if found is None or found.feedback_id != row.id:
            abort(404)
        return served(found)


@cases.get("/cases/replies")
@needs(Right.HANDLE)
def reply_templates() -> str:
    with reading() as session:
        return render_template("cases/replies.html", page="cases", replies=replies.replies(session))


@cases.post("/cases/replies")
@needs(Right.HANDLE)
def change_replies() -> WerkzeugResponse:
    form, by, now = request.form, someone().name, utcnow()
    try:
        with writing() as session:
            if gone := form.get("remove"):
                replies.remove(session, gone, by, now)
            else:
                replies.write(session, form.get("title", ""), form.get("text", ""), by, now)
    except replies.Unclear:
        flash(words.MISTAKES["reply"], "bad")
    return redirect(url_for("cases.reply_templates"), 303)


def _assign(session: Session, row: Feedback, by: str, now: datetime) -> None:
    to = request.form.get("to", "")
    if to not in {one.name for one in access.who_could(session, row)}:
        raise Unclear("nobody")
    operations.assign(session, row, to, by, now)


def _answer(session: Session, row: Feedback, by: str, now: datetime) -> None:
    sent = request.files.get("proof")
    data = sent.read() if sent else b""
    found = proof(data, (sent.filename or "") if sent else "") if data else None
    operations.answer(session, row, request.form.get("text", ""), found, by, now)


def _merge(session: Session, row: Feedback, by: str, now: datetime) -> None:
    operations.merge(session, row, access.case(session, request.form.get("into", "")), by, now)


def _black_photo(session: Session, row: Feedback, by: str, now: datetime) -> None:
    """``box``: left, top, right and bottom in parts of the photo, each between 0 and 1."""
    file = session.get(File, request.form.get("file", ""))
    if file is None:
        raise Unclear("not-there")
    boxes = [_box(text) for text in request.form.getlist("box")[:50]]
    operations.black_photo(session, row, file, boxes, request.form.get("reason", ""), by, now)


def _box(text: str) -> operations.Box:
    try:
        left, top, right, bottom = (min(1.0, max(0.0, float(part))) for part in text.split(","))
    except ValueError as error:
        raise Unclear("not-there") from error
    return left, top, right, bottom


def _with_text(verb: Callable[[Session, Feedback, str, str, datetime], None]) -> Act:
    return lambda session, row, by, now: verb(session, row, request.form.get("text", ""), by, now)


ACTS: dict[str, Act] = {
    "accept": operations.accept,
    "sort": lambda session, row, by, now: operations.sort(
        session, row, request.form.get("kind", ""), request.form.get("topic", ""), by, now
    ),
    "assign": _assign,
    "forward": _with_text(operations.forward),
    "note": _with_text(operations.note),
    "ask": _with_text(operations.ask),
    "answer": _answer,
    "merge": _merge,
    "escalate": _with_text(operations.escalate),
    "aside": _with_text(operations.set_aside),
    "black-words": lambda session, row, by, now: operations.black_words(
        session, row, request.form.get("piece", ""), request.form.get("reason", ""), by, now
    ),
    "black-photo": _black_photo,
}


def _still_visible(id: str) -> bool:
    with reading() as session:
        return access.may_see(session, id, someone())


def _page(
    session: Session, row: Feedback, mistake: str = "", typed: Any = None, reach: Any = None
) -> Response:
    now, limits = utcnow(), _limits()
    clock = inbox.Clocks(session, limits).of(row.station)
    html = render_template(
        "cases/one.html",
        page="cases",
        row=row,
        due=due(row, limits, clock, now),
        photos=photos_of(row),
        likely=likeness.likely(session, row),
        could=access.who_could(session, row),
        names=access.full_names(session),
        replies=replies.replies(session),
        mistake=mistake,
        typed=typed or {},
        reach=reach,
        under_way=row.state in ("open", "accepted", "waiting"),
        **_words(),
    )
    return make_response(html, 400 if mistake else 200)


def _words() -> dict[str, Any]:
    return {
        "shelves": words.SHELVES, "states": words.STATES, "acts": words.ACTS, "flags": words.FLAGS, "due_in_words": words.due_in_words,
        "kinds": said.KINDS, "topics": said.TOPICS, "moods": said.MOODS, "purposes": said.PURPOSES,
    }  # fmt: skip


def _limits() -> Limits:
    return Limits.of(current_app.extensions["settings"])

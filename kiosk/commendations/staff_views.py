"""The pages on which staff write good examples, and heads publish them."""

from __future__ import annotations

from collections.abc import Mapping

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from werkzeug.wrappers import Response as WerkzeugResponse

from kiosk.accounts.guard import needs, require, someone
from kiosk.accounts.roles import Right
from kiosk.cases import access
from kiosk.commendations import operations, words
from kiosk.commendations.models import GoodExample
from kiosk.commendations.operations import Unclear
from kiosk.language.times import day
from kiosk.language.words import gettext
from kiosk.transactions import reading, writing
from schedules.core.clock import local_date, utcnow
from schedules.models import Station

good_examples = Blueprint("good_examples", __name__, template_folder="templates")


@good_examples.get("/good-examples")
@needs(Right.HANDLE)
def all_of_them() -> str:
    with reading() as session:
        own = access.stations(session, someone())
        query = select(GoodExample).where(GoodExample.station_id.in_([one.id for one in own]))
        rows = session.scalars(query.options(joinedload(GoodExample.station)).order_by(GoodExample.id.desc()))
        return render_template(
            "commendations/list.html", page="cases", examples=rows.all(), forms=words.FORMS
        )


@good_examples.get("/good-examples/new")
@needs(Right.HANDLE)
def begin() -> Response:
    """An empty one, or begun with what a traveller told (``feedback``)."""
    with reading() as session:
        case = access.case(session, request.args["feedback"]) if "feedback" in request.args else None
        typed = {
            "story": case.words if case else "",
            "honoured_on": day(local_date(utcnow())),
            "form": "praise",
        }
        return _form(session, None, typed, case.station.key if case else "")


@good_examples.post("/good-examples/new")
@needs(Right.HANDLE)
def create() -> WerkzeugResponse:
    try:
        with writing() as session:
            station = _station(session, request.form.get("station", ""))
            case = access.case(session, request.args["feedback"]) if "feedback" in request.args else None
            row = operations.write(
                session, None, station, request.form, someone().name, utcnow(), case.id if case else None
            )
    except Unclear as error:
        with reading() as session:
            return _form(
                session, None, request.form, request.form.get("station", ""), words.MISTAKES[error.code]
            )
    return redirect(url_for("good_examples.one", id=row.id), 303)


@good_examples.get("/good-examples/<id>")
@needs(Right.HANDLE)
def one(id: str) -> Response:
    with reading() as session:
        row = _example(session, id)
        return _form(session, row, _typed(row), row.station.key)


@good_examples.post("/good-examples/<id>")
@needs(Right.HANDLE)
def change(id: str) -> WerkzeugResponse:
    """Saved, published or taken back, by ``act``."""
    act, by, now = request.form.get("act", ""), someone().name, utcnow()
    try:
        with writing() as session:
            row = _example(session, id)
            if act == "save":
                operations.write(session, row, row.station, request.form, by, now)
            elif act in DECISIONS:
                require(Right.APPROVE, row.station.key)
                DECISIONS[act](session, row, by, now)
            else:
                abort(400)
    except Unclear as error:
        with reading() as session:
            row = _example(session, id)
            typed = request.form if act == "save" else _typed(row)
            return _form(session, row, typed, row.station.key, words.MISTAKES[error.code])
    flash(gettext("Đã ghi nhận."))
    return redirect(url_for("good_examples.one", id=id), 303)


DECISIONS = {"publish": operations.publish, "take-back": operations.take_back}


def _example(session: Session, id: str) -> GoodExample:
    row = session.get(GoodExample, id)
    if row is None or not someone().may(Right.HANDLE, row.station.key):
        abort(404)
    return row


def _station(session: Session, key: str) -> Station:
    own = {one.key: one for one in access.stations(session, someone())}
    return own.get(key) or abort(404)


def _typed(row: GoodExample) -> dict[str, str]:
    kept = {name: getattr(row, name) for name in ("person", "title", "story", "form", "issuer")}
    return kept | {"honoured_on": day(row.honoured_on)} | ({"agreed": "on"} if row.agreed else {})


def _form(
    session: Session, row: GoodExample | None, typed: Mapping[str, str], station: str, mistake: str = ""
) -> Response:
    html = render_template(
        "commendations/edit.html",
        page="cases",
        row=row,
        typed=typed,
        station=station,
        stations=access.stations(session, someone()),
        forms=words.FORMS,
        mistake=mistake,
        may_publish=row is not None and someone().may(Right.APPROVE, row.station.key),
    )
    return make_response(html, 400 if mistake else 200)

"""Good examples as travellers read them; whoever knows another one puts it forward as feedback about a good deed."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from kiosk.accounts.guard import public
from kiosk.commendations import operations
from kiosk.commendations.models import GoodExample
from kiosk.commendations.words import FORMS
from kiosk.transactions import reading
from kiosk.travellers import said
from kiosk.travellers.places import place
from schedules.core.clock import utcnow

commendations = Blueprint(
    "commendations", __name__, template_folder="templates", url_prefix="/kiosk/<station>/good-examples"
)


@commendations.get("")
@public
def all_of_them(station: str) -> str:
    with reading() as session:
        here = place(session, station)
        return render_template(
            "commendations/all.html",
            place=here,
            examples=operations.shown(session, here),
            forms=FORMS,
            sounding=said.sounding(session, here, utcnow()),
        )


@commendations.get("/<id>")
@public
def one(station: str, id: str) -> str:
    with reading() as session:
        here, row = place(session, station), session.get(GoodExample, id)
        if row is None or row.published_at is None or row.station_id != here.id:
            abort(404)
        return render_template(
            "commendations/one.html",
            place=here,
            example=row,
            forms=FORMS,
            sounding=said.sounding(session, here, utcnow()),
        )

"""Which station a screen belongs to, the screen that waits, and the choice of what to read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from kiosk.accounts.guard import public
from kiosk.commendations import operations as commendations
from kiosk.rules import editions
from kiosk.transactions import reading
from kiosk.travellers import said
from kiosk.travellers.places import place
from kiosk.waiting.slides import campaigns_of, slides
from schedules.core.clock import local_date, utcnow
from schedules.models import Station
from schedules.operations import all_stations

waiting = Blueprint("waiting", __name__, template_folder="templates", url_prefix="/kiosk")


@waiting.get("/")
@public
def choose() -> str | WerkzeugResponse:
    """Which station this screen belongs to; there is nothing to choose where there is one."""
    with reading() as session:
        stations = all_stations(session)
    if len(stations) == 1:
        return redirect(url_for("waiting.idle", station=stations[0].key))
    return render_template("waiting/choose.html", stations=stations)


@waiting.get("/<station>/")
@public
def idle(station: str) -> str:
    """The screen that waits for somebody."""
    now = utcnow()
    with reading() as session:
        here = place(session, station)
        today = local_date(now)
        examples = commendations.shown(session, here)
        campaigns = campaigns_of(session, here, today)
        shown = slides(editions.in_force(session, today), examples, campaigns, here.kind, today)
        return render_template("waiting/idle.html", place=here, slides=shown, **_now(session, here, now))


@waiting.get("/<station>/start")
@public
def start(station: str) -> str:
    now = utcnow()
    with reading() as session:
        here = place(session, station)
        codes = editions.in_force(session, local_date(now))
        return render_template("waiting/start.html", place=here, codes=codes, **_now(session, here, now))


def _now(session: Session, here: Station, now: datetime) -> dict[str, Any]:
    return {"sounding": said.sounding(session, here, now), "coming": said.coming(session, here, now)}

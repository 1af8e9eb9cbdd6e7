"""The screens that travellers share, on the kiosk and on their own phones. Nobody signs in, nothing is kept about anybody."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from kiosk.accounts.guard import public
from kiosk.home.live import fresh
from kiosk.language.chosen import language
from kiosk.returning import own_page
from kiosk.settings import IDLE
from kiosk.transactions import reading
from kiosk.travellers import comfort, said
from kiosk.travellers.places import name_of, place
from schedules.core.clock import utcnow

PAGES = ("/kiosk/", "/g/")

travellers = Blueprint("travellers", __name__, template_folder="templates", url_prefix="/kiosk")


@travellers.app_context_processor
def _frame() -> dict[str, Any]:
    return {"comfort": comfort, "idle_seconds": current_app.extensions["settings"].get(IDLE)}


@travellers.app_template_global()
def name_of_place(station: Any) -> str:
    return name_of(station, language())


@travellers.after_app_request
def _not_kept(response: Response) -> Response:
    """No browser keeps what one traveller saw: the next one goes back to nothing. What only changes with the loudspeakers may be
    asked for again by its mark.
    """
    if request.path.startswith(PAGES) and "ETag" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


@travellers.get("/<station>/said")
@public
def just_said(station: str) -> str:
    """What was said in the last hour."""
    now = utcnow()
    with reading() as session:
        here = place(session, station)
        heard = said.lately(session, here, now)
        return render_template("travellers/said.html", place=here, lately=heard, **_now(session, here, now))


@travellers.get("/<station>/now")
@public
def now_saying(station: str) -> Response:
    """What the loudspeakers say now, alone: for the script that keeps it fresh on every screen."""
    with reading() as session:
        here = place(session, station)
        return fresh(render_template("travellers/now.html", place=here, **_now(session, here, utcnow())))


@travellers.get("/<station>/comfort/<name>")
@public
def switch(station: str, name: str) -> WerkzeugResponse:
    """Larger text, more contrast or low reach, on or off, for this browser; then the same page again."""
    if name not in comfort.CHOICES:
        abort(404)
    comfort.switch(name)
    return redirect(own_page(request.args.get("next", "")))


@travellers.get("/<station>/again")
@public
def again(station: str) -> WerkzeugResponse:
    """The screen is handed back: what this browser kept of the traveller goes."""
    response = redirect(url_for("waiting.idle", station=station))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _now(session: Any, here: Any, now: Any) -> dict[str, Any]:
    return {"sounding": said.sounding(session, here, now)}

"""The pages of the station at a glance."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request

from kiosk.home import figures
from schedules.core.clock import LOCAL, local_date, utcnow
from schedules.core.database import Database

home = Blueprint("home", __name__, template_folder="templates")


def database() -> Database:
    found: Database = current_app.extensions["database"]
    return found


@home.app_template_filter("clock")
def clock(moment: Any) -> str:
    return "" if moment is None else moment.astimezone(LOCAL).strftime("%H:%M:%S")


@home.get("/")
def on_air() -> str:
    now = utcnow()
    with database().read() as session:
        zones = figures.zones_now(session, now)
        alive = figures.announcer_alive(session, now)
    return render_template("home/on_air.html", zones=zones, alive=alive, now=now, page="on_air")


@home.get("/plan")
def plan() -> str:
    day = _day(request.args.get("date"))
    with database().read() as session:
        rows = figures.day_plan(session, day)
    return render_template(
        "home/plan.html", rows=rows, day=day, now=utcnow(), page="plan", words=figures.RESULT_WORDS
    )


@home.get("/log")
def log() -> str:
    with database().read() as session:
        rows = figures.latest_playouts(session, 200)
    return render_template("home/log.html", rows=rows, now=utcnow(), page="log", words=figures.RESULT_WORDS)


@home.get("/healthz")
def healthz() -> tuple[dict[str, Any], int]:
    with database().read() as session:
        alive = figures.announcer_alive(session, utcnow())
    return {"announcer": "alive" if alive else "silent"}, 200 if alive else 503


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else local_date(utcnow())
    except ValueError:
        abort(404)

"""A station's calendar: public holidays, days on which it is closed, and what the city declared."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.accounts.guard import needs, require
from kiosk.accounts.roles import Right
from kiosk.announcements.wishes import Unclear
from kiosk.language.words import gettext
from kiosk.stations import effects, operations, words, year
from kiosk.stations.finding import own_stations, station_of
from kiosk.stations.wishes import DAYS, Typed, days_entry, read_days
from kiosk.transactions import reading, writing
from schedules.core.clock import local_date, utcnow
from schedules.core.errors import NotFound
from schedules.operations import calendar_of

calendar = Blueprint("calendar", __name__, template_folder="templates")

EMPTY: Typed = dict.fromkeys(DAYS, "") | {"kind": "closed"}


@calendar.get("/stations/<station>/calendar")
@needs(Right.SEE)
def page(station: str) -> str:
    require(Right.SEE, station)
    return _page(station, EMPTY)


@calendar.post("/stations/<station>/calendar")
@needs(Right.CONFIGURE)
def add(station: str) -> str | Response | tuple[str, int]:
    by, now = require(Right.CONFIGURE, station).name, utcnow()
    wish, today = read_days(request.form), local_date(now)
    try:
        entry = days_entry(wish, today)
        if request.form.get("act") != "save":
            with reading() as session:
                here = station_of(session, station)
                operations.check_days(session, here, entry)
                effect = effects.of_days(session, here, entry, today)
            return _page(station, wish, effect)
        with writing() as session:
            operations.add_days(session, station_of(session, station), entry, by, now)
    except Unclear as unclear:
        return _page(station, wish, mistake=str(unclear)), 400
    flash(
        gettext(
            "Đã thêm: %(kind)s, %(days)s.",
            kind=words.KINDS[entry.kind].name,
            days=words.days(entry.first, entry.last),
        )
    )
    return redirect(url_for("calendar.page", station=station, year=max(entry.first, today).year), 303)


@calendar.post("/stations/<station>/calendar/remove")
@needs(Right.CONFIGURE)
def remove(station: str) -> Response:
    by, now = require(Right.CONFIGURE, station).name, utcnow()
    with writing() as session:
        here = station_of(session, station)
        try:
            gone = operations.remove_days(session, here, request.form.get("id", ""), by, now)
        except NotFound:
            abort(404)
    flash(
        gettext(
            "Đã bỏ: %(kind)s, %(days)s.",
            kind=words.KINDS[gone.kind].name,
            days=words.days(gone.first, gone.last),
        )
    )
    return redirect(url_for("calendar.page", station=station), 303)


def _page(station: str, wish: Typed, effect: effects.Effect | None = None, mistake: str = "") -> str:
    today = local_date(utcnow())
    years = (today.year, today.year + 1)
    shown = request.args.get("year", type=int)
    shown = shown if shown in years else years[0]
    with reading() as session:
        here = station_of(session, station)
        return render_template(
            "stations/calendar.html",
            page="stations",
            station=here,
            own=own_stations(session),
            today=today,
            year=shown,
            years=years,
            months=year.months(shown, calendar_of(session, here)),
            holidays=year.public_holidays(shown),
            source=year.source(),
            exceptions=operations.exceptions_of(session, here),
            kinds=words.KINDS,
            days=words.days,
            wish=wish,
            effect=effect,
            mistake=mistake,
        )

"""The pages of the station at a glance."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    render_template,
    request,
    stream_with_context,
)
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from announcer import planning
from kiosk import desk, four_eyes
from kiosk import station_words as words
from kiosk.accounts import reach
from kiosk.accounts.guard import needs, present, public
from kiosk.accounts.roles import Right
from kiosk.home import asides as aside
from kiosk.home import day as days
from kiosk.home import export, figures, readiness, strips, weeks
from kiosk.home import log as logs
from kiosk.home.left_out import LeftOut, left_out, nobody_speaks
from kiosk.home.live import Live, fresh
from kiosk.language.times import day_from
from kiosk.language.words import gettext, named
from kiosk.transactions import reading
from schedules.core.clock import day_bounds, iso_local, local_date, to_local, utcnow
from schedules.models import Station
from schedules.operations import by_name

home = Blueprint("home", __name__, template_folder="templates")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


class NotThere(NotFound):
    """An address that names something that does not exist, with the sentence that says so."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


for _filter in (
    words.reason,
    words.sink,
    words.waits,
    words.priority_name,
    iso_local,
    logs.told_at,
    logs.seconds_before_it_was_cut,
):
    home.add_app_template_filter(_filter)


@home.app_context_processor
def _shell() -> dict[str, Any]:
    """What every page's frame needs."""
    return {"now": utcnow(), "states": dict(words.STATES)}


@home.get("/")
@public
def on_air() -> str:
    who = present()
    with reading() as session:
        drafts = four_eyes.waiting(session, who) if who else []
    return render_template("home/on_air.html", page="on_air", drafts=drafts, **_now())


@home.get("/on-air")
@public
def on_air_now() -> Response:
    """The living part of the page alone, for the script that keeps it fresh; 304 while nothing has changed."""
    return fresh(render_template("home/now.html", **_now()))


@home.get("/events")
@public
def events() -> Response:
    """A stream that says when to fetch the living part again; none where there are as many as there may be."""
    live: Live = current_app.extensions["live"]
    stream = live.listen()
    if stream is None:
        return Response(status=204)  # a browser does not then ask again by itself
    response = Response(stream, mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"  # a proxy must not collect what is to be told at once
    return response


def _now() -> dict[str, Any]:
    who = present()
    with reading() as session:
        among = reach.log_zones(session, Right.SEE) if who else None
        station = figures.station_now(session, utcnow(), among)
    places = figures.by_station(station.zones, who.own_stations if who else ())
    mine = [place for place in places if who and who.may(Right.STOP, place[0].key)]
    return {"station": station, "places": places, "mine": mine}


@home.get("/plan")
@needs(Right.SEE)
def plan() -> str:
    now = utcnow()
    today = local_date(now)
    day = _day(request.args.get("date")) or today
    hour = request.args.get("hour", type=int)
    hour = hour if hour in range(24) else None
    with reading() as session:
        stations, key, keys = _stations(session)
        lanes = days.lanes_of(session, day, keys, now)
        missing, silent = _missing(session, day, keys, today)
        besides = aside.asides(session, day, [lane.zone.key for lane in lanes]) if day <= today else []
        made, needed = readiness.sounds_made(session, desk.studio(), day, keys) if day >= today else (0, 0)
    return render_template(
        "home/plan.html",
        page="plan",
        day=day,
        today=today,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        stations=stations,
        station=key,
        lanes=lanes,
        names={
            id: (named(lane.zone), lane.station) for lane in lanes for id in (lane.zone.id, lane.zone.key)
        },
        asides=besides,
        heard=_by_zone(one for one in besides if one.width),
        most_asides=aside.MOST,
        made=made,
        needed=needed,
        summary=days.in_words(lanes),
        foreseen=days.is_foreseen(lanes),
        hours=days.hours(lanes, hour, to_local(now).hour),
        hour=hour,
        present=days.present_hour(lanes, now),
        total=sum(len(lane.entries) for lane in lanes),
        most=days.MOST_ROWS,
        here=_here(day, now),
        left_out=missing,
        silent=silent,
    )


@home.get("/plan/week")
@needs(Right.SEE)
def week() -> str:
    now = utcnow()
    day = _day(request.args.get("date")) or local_date(now)
    monday = day - timedelta(days=day.weekday())
    with reading() as session:
        stations, key, keys = _stations(session)
        found = weeks.week(session, monday, keys, now)
    return render_template(
        "home/week.html",
        page="plan",
        days=found,
        monday=monday,
        today=local_date(now),
        week=timedelta(days=7),
        stations=stations,
        station=key,
    )


@home.get("/plan/check")
@needs(Right.SEE)
def check() -> str:
    """Before a day comes: what would go wrong on it, and whether its sounds are made."""
    now = utcnow()
    day = _day(request.args.get("date")) or local_date(now) + timedelta(days=1)
    with reading() as session:
        stations, key, keys = _stations(session)
        ready = readiness.readiness(session, desk.studio(), day, keys, now)
        names = readiness.names(session)
        missing, silent = _missing(session, day, keys, local_date(now))
    return render_template(
        "home/check.html",
        page="plan",
        day=day,
        ready=ready,
        names=names,
        stations=stations,
        station=key,
        told=words.finding,
        left_out=missing,
        silent=silent,
    )


def _by_zone(asides: Iterable[aside.Aside]) -> dict[str, list[aside.Aside]]:
    found: dict[str, list[aside.Aside]] = {}
    for one in asides:
        found.setdefault(one.zone, []).append(one)
    return found


def _missing(session: Session, day: date, keys: set[str], today: date) -> tuple[Sequence[LeftOut], bool]:
    """The schedules that say nothing on the day, and whether these are all. What they were like on a day that is over is
    not known.
    """
    if day < today:
        return (), False
    missing = left_out(session, day, keys)
    return missing, nobody_speaks(session, keys, missing)


def _stations(session: Session) -> tuple[list[Station], str, set[str]]:
    """One's own stations, the key that was chosen among them (or ""), and the keys to look at."""
    own = reach.stations(session, Right.SEE)
    keys = {station.key for station in own}
    key = request.args.get("station", "")
    if key and key not in keys:
        raise NotThere(gettext("Không có nhà ga, bến xe nào mang mã này."))
    return by_name(own), key, {key} if key else keys


def _here(day: date, now: datetime) -> float | None:
    """Where the present stands on the day's lanes, in percent; None on another day."""
    start, end = day_bounds(day)
    return strips.percent_of_day((now - start).total_seconds()) if start <= now < end else None


@home.get("/log")
@needs(Right.SEE)
def log() -> str:
    with reading() as session:
        wanted = _wanted(session)
        page = logs.page(session, wanted)
        zones = {
            key: name
            for key, name in logs.zone_names(session).items()
            if wanted.among is None or key in wanted.among
        }
        counts = figures.counts_of(session, wanted.day or local_date(utcnow()), wanted.zones)
    return render_template(
        "home/log.html", page="log", wanted=wanted, rows=page, zones=zones, counts=counts, words=words
    )


@home.get("/log.csv")
@needs(Right.SEE)
def log_as_csv() -> Response:
    with reading() as session:
        wanted = _wanted(session)

    def pieces() -> Iterator[str]:
        with reading() as session:
            yield from export.as_csv(logs.all_rows(session, wanted), logs.zone_names(session))

    response = Response(stream_with_context(pieces()), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={_file_name(wanted)}.csv"
    return response


@home.get("/log.xlsx")
@needs(Right.SEE)
def log_as_xlsx() -> Response:
    with tempfile.TemporaryFile() as file:
        with reading() as session:
            wanted = _wanted(session)
            export.write_xlsx(file, logs.all_rows(session, wanted), logs.zone_names(session))
        file.seek(0)
        response = make_response(file.read())
    response.mimetype = XLSX
    response.headers["Content-Disposition"] = f"attachment; filename={_file_name(wanted)}.xlsx"
    return response


def _wanted(session: Session) -> logs.Wanted:
    return logs.Wanted(
        zone=request.args.get("zone", ""),
        result=request.args.get("result", ""),
        day=_day(request.args.get("date")),
        before=request.args.get("before", ""),
        among=reach.log_zones(session, Right.SEE),
    )


def _file_name(wanted: logs.Wanted) -> str:
    return f"nhat-ky-{wanted.day or local_date(utcnow())}"


@home.get("/healthz")
@public
def healthz() -> tuple[dict[str, Any], int]:
    with reading() as session:
        alive = planning.is_alive(session, utcnow())
    return {"announcer": "alive" if alive else "silent"}, 200 if alive else 503


def _day(text: str | None) -> date | None:
    if not text:
        return None
    day = day_from(text)
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise NotThere(gettext("Không có ngày nào như vậy. Hãy ghi ngày, tháng, năm, ví dụ 24/11/2026."))
    return day

"""A station's zones: what each bears and how it is, quiet for a while, a test, and the form that changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from announcer import planning
from kiosk import desk
from kiosk.accounts.guard import needs, require
from kiosk.accounts.roles import Right
from kiosk.announcements import operations as saying
from kiosk.announcements.wishes import Unclear, Wish, id_of
from kiosk.language.times import to_the_minute
from kiosk.language.words import decimal, gettext, named
from kiosk.stations import effects, hours, operations, trial, words
from kiosk.stations.finding import own_stations, station_of, zone_of
from kiosk.stations.sounding import heard
from kiosk.stations.wishes import MOST_WINDOWS, Typed, ZoneWish, mute_until, read_zone, zone_entry
from kiosk.transactions import reading, writing
from schedules.core.clock import local_date, utcnow
from schedules.core.ids import new_id
from schedules.document import ZoneEntry
from schedules.models import Zone

stations = Blueprint("stations", __name__, template_folder="templates")

EMPTY_ROWS = 2  # for windows still to be typed; more appear when these are saved


@dataclass(frozen=True)
class Mistaken:
    """What was typed as the end of a zone's mute, and why it is none."""

    zone: str
    typed: str
    sentence: str


@stations.get("/stations")
@needs(Right.SEE)
def choose() -> str | Response:
    """On to the station that was picked, or the first of one's own."""
    with reading() as session:
        own = own_stations(session)
    if not own:
        return render_template("stations/none.html", page="stations")
    keys = [station.key for station in own]
    picked = request.args.get("station", "")
    return redirect(url_for("stations.zones", station=picked if picked in keys else keys[0]))


@stations.get("/stations/<station>")
@needs(Right.SEE)
def zones(station: str) -> str:
    require(Right.SEE, station)
    return _zones(station)


@stations.get("/stations/<station>/zones/<zone>")
@needs(Right.CONFIGURE)
def zone(station: str, zone: str) -> str:
    require(Right.CONFIGURE, station)
    with reading() as session:
        found = zone_of(session, station, zone)
        return _form(found, _as_typed(found))


@stations.post("/stations/<station>/zones/<zone>")
@needs(Right.CONFIGURE)
def change(station: str, zone: str) -> str | Response | tuple[str, int]:
    by, now = require(Right.CONFIGURE, station).name, utcnow()
    wish = read_zone(request.form)
    with reading() as session:
        found = zone_of(session, station, zone)
        try:
            entry = zone_entry(wish, found)
        except Unclear as unclear:
            return _form(found, wish, mistake=str(unclear)), 400
        if request.form.get("act") != "save":
            tomorrow = local_date(now) + timedelta(days=1)
            wanted = operations.wanted_of(entry)
            return _form(found, wish, entry, effects.of_zone(session, found, wanted, tomorrow))
    with writing() as session:
        found = zone_of(session, station, zone)
        try:
            changed = operations.change_zone(session, found, entry, wish.seen, by, now)
        except Unclear as unclear:
            return _form(found, wish, mistake=str(unclear)), 400
    flash(
        gettext("Đã lưu khu vực %(name)s.", name=named(found))
        if changed
        else gettext("Không có gì thay đổi.")
    )
    return redirect(url_for("stations.zones", station=station), 303)


@stations.post("/stations/<station>/zones/<zone>/mute")
@needs(Right.STOP)
def mute(station: str, zone: str) -> Response | tuple[str, int]:
    by, now = require(Right.STOP, station).name, utcnow()
    kind = "unmute" if "unmute" in request.form else "mute"
    try:
        until = mute_until(request.form, now) if kind == "mute" else None
    except Unclear as unclear:
        return _zones(station, Mistaken(zone, request.form.get("until", ""), str(unclear))), 400
    with writing() as session:
        found = zone_of(session, station, zone)
        saying.command(session, kind, [found], by, now, until)
    flash(
        gettext("Đã tắt tiếng %(name)s đến %(until)s.", name=named(found), until=to_the_minute(until, now))
        if until
        else gettext("Đã cho %(name)s phát trở lại.", name=named(found))
    )
    return redirect(url_for("stations.zones", station=station), 303)


@stations.post("/stations/<station>/zones/<zone>/test")
@needs(Right.SPEAK)
def test(station: str, zone: str) -> Response:
    """A short sentence through the ordinary queue; a second tap on the same button adds nothing."""
    by, now, studio = require(Right.SPEAK, station).name, utcnow(), desk.studio()
    try:
        given = id_of(Wish(id=request.form.get("id", "")))
    except Unclear:
        abort(400)
    with writing() as session:
        found = zone_of(session, station, zone)
        saying.say(session, studio, trial.request_of(studio, found, by, given), now)
        alive = planning.is_alive(session, now)
    flash(*_told_of_test(found, alive, now))
    return redirect(url_for("stations.zones", station=station), 303)


def _told_of_test(zone: Zone, alive: bool, now: datetime) -> tuple[str, str]:
    if not alive:
        return gettext(
            "Bộ phát thanh chưa chạy, nên %(name)s chưa nói được tiếng thử.", name=named(zone)
        ), "bad"
    if zone.muted_until and zone.muted_until > now:
        return gettext("%(name)s đang tắt tiếng, nên tiếng thử sẽ không vang lên.", name=named(zone)), "bad"
    return gettext(
        "%(name)s sẽ nói “%(words)s” trong giây lát.", name=named(zone), words=trial.WORDS
    ), "message"


def _zones(station: str, mistaken: Mistaken | None = None) -> str:
    now = utcnow()
    with reading() as session:
        here = station_of(session, station)
        if mistaken:
            zone_of(session, station, mistaken.zone)
        return render_template(
            "stations/zones.html",
            page="stations",
            station=here,
            own=own_stations(session),
            heard=heard(session, here, now),
            hours={
                zone.key: hours.stretches(zone.volume, zone.quiet, local_date(now)) for zone in here.zones
            },
            in_words=hours.in_words,
            profiles=words.PROFILES,
            new_id=new_id,
            mistaken=mistaken,
        )


def _as_typed(zone: Zone) -> ZoneWish:
    """The form filled with what is so now."""
    windows = {
        name: [
            {key: decimal(value) if key == "db" else value for key, value in window.items()}
            for window in getattr(zone, name)
        ]
        for name in ("volume", "quiet")
    }
    plain = {
        "name": zone.name,
        "name_en": zone.name_en,
        "mastering": zone.mastering,
        "budget_minutes": decimal(zone.budget_minutes),
        "gap_seconds": decimal(zone.gap_seconds),
    }
    return ZoneWish(plain, windows["volume"], windows["quiet"], operations.edition(zone))


def _form(
    zone: Zone,
    wish: ZoneWish,
    entry: ZoneEntry | None = None,
    effect: effects.Effect | None = None,
    mistake: str = "",
) -> str:
    shown = operations.wanted_of(entry) if entry else operations.settings_of(zone)
    return render_template(
        "stations/zone.html",
        page="stations",
        zone=zone,
        wish=replace(wish, volume=_with_empty(wish.volume), quiet=_with_empty(wish.quiet)),
        effect=effect,
        mistake=mistake,
        hours=hours.stretches(shown["volume"], shown["quiet"], local_date(utcnow())),
        in_words=hours.in_words,
        profiles=words.PROFILES,
    )


def _with_empty(rows: Sequence[Typed]) -> list[Typed]:
    return [*rows, *({} for _ in range(max(0, min(EMPTY_ROWS, MOST_WINDOWS - len(rows)))))]

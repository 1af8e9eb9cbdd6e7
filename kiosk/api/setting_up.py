"""What a zone bears, and on which days a station's calendar is another: read and changed, with the checks of the forms."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from flask import abort
from pydantic import BaseModel, Field

from kiosk.accounts.guard import require
from kiosk.accounts.roles import Right
from kiosk.api.errors import Refused
from kiosk.api.fields import Day, Moment
from kiosk.api.operation import Given, operation
from kiosk.decisions import CHANGED
from kiosk.stations import effects, operations
from kiosk.stations.finding import station_of, zone_of
from kiosk.stations.wishes import MOST_WINDOWS, ZoneWish, days_entry, zone_entry
from kiosk.transactions import reading, writing
from schedules.core.clock import local_date, utcnow
from schedules.core.errors import NotFound
from schedules.document import ExceptionEntry
from schedules.models import CalendarException, Zone

Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="A time of day, 22:30.")]
Name = Annotated[str, Field(max_length=200)]
Number = Annotated[float, Field(ge=-100, le=10_000)]


class WindowGiven(Given):
    from_: Clock = Field(alias="from")
    to: Clock


class VolumeGiven(WindowGiven):
    db: Number


class ZoneGiven(Given):
    """``seen`` is the edition that was seen."""

    name: Name
    name_en: Name = ""
    mastering: Name
    budget_minutes: Number
    gap_seconds: Number
    volume: list[VolumeGiven] = Field(default_factory=list, max_length=MOST_WINDOWS)
    quiet: list[WindowGiven] = Field(default_factory=list, max_length=MOST_WINDOWS)
    seen: Annotated[str, Field(max_length=200)]


class ZoneSettings(BaseModel):
    """``edition`` names these settings; ``volume`` and ``quiet`` are windows of the day."""

    key: str
    edition: str
    name: str
    name_en: str
    mastering: str
    budget_minutes: float
    gap_seconds: float
    volume: list[dict[str, Any]]
    quiet: list[dict[str, Any]]

    @classmethod
    def of(cls, zone: Zone) -> ZoneSettings:
        return cls(key=zone.key, edition=operations.edition(zone), **operations.settings_of(zone))


class DaysGiven(Given):
    """``last`` is the same day unless given."""

    kind: Literal["closed", "holiday", "working"]
    first: Day
    last: Day | None = None
    note: Annotated[str, Field(max_length=200)] = ""


class DaysTold(BaseModel):
    id: str
    kind: str
    first: date
    last: date
    note: str

    @classmethod
    def of(cls, row: CalendarException) -> DaysTold:
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class CalendarTold(BaseModel):
    """Days that differ from the ordinary calendar; public holidays are known without them."""

    days: list[DaysTold]


class LostTold(BaseModel):
    at: Moment
    title: str
    reason_code: str


class EffectTold(BaseModel):
    """Announcements said on ``day`` before and after, those giving way, and the first of those that newly would (``lost``
    of ``losses``).
    """

    day: date
    said_before: int
    said_after: int
    giving_way_before: int
    giving_way_after: int
    lost: list[LostTold]
    losses: int

    @classmethod
    def of(cls, effect: effects.Effect) -> EffectTold:
        return cls(
            day=effect.day,
            said_before=effect.before.said, said_after=effect.after.said,
            giving_way_before=effect.before.giving_way, giving_way_after=effect.after.giving_way,
            lost=[LostTold(at=one.at, title=one.title, reason_code=one.code) for one in effect.lost],
            losses=effect.losses,
        )  # fmt: skip


@operation("GET", "/stations/<station>/zones/<zone>", Right.CONFIGURE, 404)
def zone_settings(station: str, zone: str) -> ZoneSettings:
    """What a zone bears."""
    require(Right.CONFIGURE, station)
    with reading() as session:
        return ZoneSettings.of(zone_of(session, station, zone))


@operation("PUT", "/stations/<station>/zones/<zone>", Right.CONFIGURE, 404, 409)
def set_up_zone(station: str, zone: str, body: ZoneGiven) -> ZoneSettings:
    """Change what a zone bears; the announcer plans again."""
    by = require(Right.CONFIGURE, station).name
    with writing() as session:
        found = zone_of(session, station, zone)
        entry = zone_entry(_as_typed(body), found)
        if body.seen != operations.edition(found):
            raise Refused(HTTPStatus.CONFLICT, CHANGED, "outdated")
        operations.change_zone(session, found, entry, body.seen, by, utcnow())
        return ZoneSettings.of(found)


@operation("POST", "/stations/<station>/zones/<zone>/effect", Right.CONFIGURE, 404)
def effect_of_zone(station: str, zone: str, body: ZoneGiven) -> EffectTold:
    """What settings would do to tomorrow's plan of the zone. Nothing is saved."""
    require(Right.CONFIGURE, station)
    with reading() as session:
        found = zone_of(session, station, zone)
        wanted = operations.wanted_of(zone_entry(_as_typed(body), found))
        return EffectTold.of(
            effects.of_zone(session, found, wanted, local_date(utcnow()) + timedelta(days=1))
        )


@operation("GET", "/stations/<station>/calendar", Right.SEE, 404)
def calendar_days(station: str) -> CalendarTold:
    """The days on which a station is closed, and those the city declared."""
    require(Right.SEE, station)
    with reading() as session:
        found = operations.exceptions_of(session, station_of(session, station))
        return CalendarTold(days=[DaysTold.of(row) for row in found])


@operation("POST", "/stations/<station>/calendar", Right.CONFIGURE, 404)
def add_days(station: str, body: DaysGiven) -> CalendarTold:
    """Add days; the announcer plans again."""
    by, now = require(Right.CONFIGURE, station).name, utcnow()
    with writing() as session:
        here = station_of(session, station)
        entry = _days(body, local_date(now))
        operations.add_days(session, here, entry, by, now)
        session.flush()
        return CalendarTold(days=[DaysTold.of(row) for row in operations.exceptions_of(session, here)])


@operation("POST", "/stations/<station>/calendar/effect", Right.CONFIGURE, 404)
def effect_of_days(station: str, body: DaysGiven) -> EffectTold:
    """What days would do to the plan of the first of them that is ahead. Nothing is saved."""
    require(Right.CONFIGURE, station)
    today = local_date(utcnow())
    with reading() as session:
        here = station_of(session, station)
        entry = _days(body, today)
        operations.check_days(session, here, entry)
        return EffectTold.of(effects.of_days(session, here, entry, today))


@operation("DELETE", "/stations/<station>/calendar/<uuid:id>", Right.CONFIGURE, 404)
def remove_days(station: str, id: UUID) -> CalendarTold:
    """Remove days; the announcer plans again."""
    by = require(Right.CONFIGURE, station).name
    with writing() as session:
        here = station_of(session, station)
        try:
            operations.remove_days(session, here, str(id), by, utcnow())
        except NotFound:
            abort(HTTPStatus.NOT_FOUND)
        session.flush()
        return CalendarTold(days=[DaysTold.of(row) for row in operations.exceptions_of(session, here)])


def _days(body: DaysGiven, today: date) -> ExceptionEntry:
    """As the form would have them."""
    first, last = (f"{day:%d/%m/%Y}" for day in (body.first, body.last or body.first))
    return days_entry({"kind": body.kind, "first": first, "last": last, "note": body.note}, today)


def _as_typed(body: ZoneGiven) -> ZoneWish:
    """As the form has it, so that it meets the same checks."""
    plain = {
        "name": body.name, "name_en": body.name_en, "mastering": body.mastering,
        "budget_minutes": f"{body.budget_minutes:g}", "gap_seconds": f"{body.gap_seconds:g}",
    }  # fmt: skip
    volume = [{"from": one.from_, "to": one.to, "db": f"{one.db:g}"} for one in body.volume]
    quiet = [{"from": one.from_, "to": one.to} for one in body.quiet]
    return ZoneWish(plain, volume, quiet, body.seen)

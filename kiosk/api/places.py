"""Where is spoken, and what may be said there."""

from __future__ import annotations

from datetime import datetime

from flask import abort
from pydantic import BaseModel
from sqlalchemy.orm import Session

from kiosk.accounts import reach
from kiosk.accounts.roles import Right
from kiosk.api.fields import Moment
from kiosk.api.operation import operation
from kiosk.transactions import reading
from schedules.core.clock import utcnow
from schedules.core.errors import NotFound
from schedules.models import Message, Station, Zone


class ZoneTold(BaseModel):
    key: str
    name: str
    name_en: str
    muted_until: Moment | None

    @classmethod
    def of(cls, zone: Zone, now: datetime) -> ZoneTold:
        muted = zone.muted_until if zone.muted_until and zone.muted_until > now else None
        return cls(key=zone.key, name=zone.name, name_en=zone.name_en, muted_until=muted)


class StationTold(BaseModel):
    key: str
    kind: str
    name: str
    name_en: str
    zones: list[ZoneTold]

    @classmethod
    def of(cls, station: Station, now: datetime) -> StationTold:
        zones = [ZoneTold.of(zone, now) for zone in station.zones]
        return cls(
            key=station.key, kind=station.kind, name=station.name, name_en=station.name_en, zones=zones
        )


class Stations(BaseModel):
    stations: list[StationTold]


class WordingTold(BaseModel):
    """``text`` has its blanks in braces; ``spoken`` is how staff want it read, or empty."""

    language: str
    text: str
    spoken: str


class MessageTold(BaseModel):
    """``blanks``: what each takes, by its name: time, date, number, money, platform, service, place or text."""

    key: str
    category: str
    topic: str
    title: str
    chime: str
    blanks: dict[str, str]
    wordings: list[WordingTold]

    @classmethod
    def of(cls, message: Message) -> MessageTold:
        return cls(
            key=message.key, category=message.category, topic=message.topic, title=message.title,
            chime=message.chime, blanks=message.blanks,
            wordings=[
                WordingTold(language=one.language, text=one.text, spoken=one.spoken)
                for one in message.wordings
            ],
        )  # fmt: skip


class Messages(BaseModel):
    messages: list[MessageTold]


def zones_of(session: Session, station: str | None) -> list[Zone]:
    """One's own, or those of one station of one's own."""
    zones = reach.zones(session, Right.SEE)
    if station is None:
        return zones
    if station not in {one.key for one in reach.stations(session, Right.SEE)}:
        abort(404)
    return [zone for zone in zones if zone.station.key == station]


@operation("GET", "/stations", Right.SEE)
def stations() -> Stations:
    """The stations that the token may see, with their zones, and until when a zone is mute."""
    now = utcnow()
    with reading() as session:
        found = reach.stations(session, Right.SEE)
        return Stations(stations=[StationTold.of(station, now) for station in found])


@operation("GET", "/messages", Right.SEE)
def messages() -> Messages:
    """The messages in use, with their words and blanks."""
    with reading() as session:
        return Messages(messages=[MessageTold.of(message) for message in reach.messages(session, Right.SEE)])


@operation("GET", "/messages/<key>", Right.SEE, 404)
def message(key: str) -> MessageTold:
    """One message in use."""
    with reading() as session:
        try:
            return MessageTold.of(reach.message(session, Right.SEE, key))
        except NotFound:
            abort(404)

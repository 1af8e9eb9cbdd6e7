"""The story of one request or occurrence, from the queue, the plan and the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Announcement, Playout
from announcer.planning import is_alive
from announcer.script import Part, Script
from kiosk import station_words as words
from kiosk.home.day import state_of
from kiosk.language.words import gettext
from schedules.models import PRIORITIES, Message, Occurrence, Schedule, Zone

STILL = ("planned", "giving_way", "waiting", "playing")


@dataclass(frozen=True)
class Moment:
    """Something that happened. ``detail`` is the log's own sentence, in English."""

    at: datetime
    what: str
    why: str = ""
    detail: str = ""


@dataclass(frozen=True)
class InZone:
    """``state`` is a key of words.STATES; ``why`` tells what keeps it, or why it was not said."""

    zone: Zone
    state: str
    why: str
    expires_at: datetime | None  # while it waits
    cancel: str  # the id to cancel it by, while it has not ended and for who may
    moments: Sequence[Moment]


@dataclass(frozen=True)
class Story:
    title: str
    parts: Sequence[Part]
    priority: int
    requested_by: str
    since: datetime  # accepted, or planned
    zones: Sequence[InZone]
    schedule: str = ""  # the key of the one that asked for it

    @property
    def open(self) -> bool:
        return any(one.state in STILL for one in self.zones)


def of_request(session: Session, id: str, now: datetime) -> Story | None:
    """None where there is no such request."""
    rows = session.scalars(
        select(Announcement).where(Announcement.request_id == id).order_by(Announcement.zone_id)
    ).all()
    if not rows:
        return None
    alive = is_alive(session, now)
    log = _log(session, Playout.request_id == id)
    zones = [
        _in_zone(
            session.get_one(Zone, row.zone_id), row, log, alive, [Moment(row.accepted_at, gettext("Đã nhận"))]
        )
        for row in rows
    ]
    first = rows[0]
    parts = Script.from_data(first.script).parts
    return Story(first.title, parts, first.priority, first.requested_by, first.accepted_at, zones)


def of_occurrence(session: Session, id: str, now: datetime) -> Story | None:
    """None where there is no such occurrence."""
    planned = session.get(Occurrence, id)
    if planned is None:
        return None
    row = session.scalar(select(Announcement).where(Announcement.occurrence_id == id))
    zone = session.get_one(Zone, planned.zone_id)
    log = _log(session, Playout.occurrence_id == id)
    begin = [Moment(planned.planned_at, gettext("Giờ dự kiến"))]
    if row:
        begin.insert(0, Moment(row.accepted_at, gettext("Vào hàng chờ")))
        told = _in_zone(zone, row, log, is_alive(session, now), begin)
    else:
        told = _not_queued(zone, planned, log, begin, now)
    schedule = session.get_one(Schedule, planned.schedule_id)
    return Story(
        session.get_one(Message, planned.message_id).title,
        Script.from_data(row.script).parts if row else (),
        PRIORITIES[schedule.priority],
        "",
        planned.planned_at,
        [told],
        schedule.key,
    )


def _log(session: Session, whose: object) -> Sequence[Playout]:
    query = select(Playout).where(whose).order_by(Playout.logged_at, Playout.id)  # type: ignore[arg-type]
    return session.scalars(query).all()


def _in_zone(
    zone: Zone, row: Announcement, log: Iterable[Playout], alive: bool, begin: Sequence[Moment]
) -> InZone:
    attempts = [one for one in log if one.zone == zone.key]
    moments = sorted([*begin, *_attempted(attempts)], key=lambda moment: moment.at)
    if row.state == "ended":
        why = words.reason(row.reason_code, row.reason)
        final = next((one.result for one in attempts if one.final), row.result or "")
        return InZone(zone, final, why, None, "", moments)
    if row.state == "playing" and alive and row.started_at:
        return InZone(
            zone, "playing", "", None, row.id, [*moments, Moment(row.started_at, gettext("Bắt đầu phát"))]
        )
    why = words.waits(row.state, row.reason_code, row.reason)
    return InZone(zone, "waiting", why, row.expires_at, row.id, moments)


def _not_queued(
    zone: Zone, planned: Occurrence, log: Sequence[Playout], begin: Sequence[Moment], now: datetime
) -> InZone:
    state = state_of(planned.result, planned.way_code, planned.planned_at, now)
    ended = planned.result is not None
    code = planned.reason_code if ended else planned.way_code
    why = words.reason(code, planned.reason if ended else planned.way_reason)
    return InZone(zone, state, why, None, "", [*begin, *_attempted(log)])


def _attempted(log: Iterable[Playout]) -> Iterator[Moment]:
    for row in log:
        if row.started_at:
            yield Moment(row.started_at, gettext("Bắt đầu phát"))
        why = words.reason(row.reason_code, row.reason)
        yield Moment(
            row.ended_at or row.logged_at,
            words.STATES[row.result].capitalize(),
            why,
            words.further(row.reason_code, row.reason),
        )

"""Into the queue: live requests, and the occurrences whose time is near. Commands to stop and mute.

Everything here is a committed row before anybody acts on it; the dispatcher does the rest.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session, selectinload

from announcer import history
from announcer.models import Announcement, ZoneCommand
from announcer.script import Script
from announcer.studio import Studio
from schedules.core.errors import UserError
from schedules.core.ids import new_id
from schedules.models import LEVELS, PRIORITIES, Message, Occurrence, Schedule, Zone

log = logging.getLogger(__name__)

TOO_LATE_TO_TAKE_BACK = timedelta(seconds=5)
LEAD = timedelta(seconds=120)  # how long before its moment an occurrence enters the queue


@dataclass(frozen=True)
class Live:
    """The sound of a request that is not made of its script but still being spoken: its key, and how long it is at most."""

    sound: str
    seconds: float


@dataclass(frozen=True)
class Request:
    """A live request: what, where, how urgent, who asked. ``id`` makes it safe to send twice."""

    script: Script
    title: str
    zones: Sequence[Zone]
    priority: str = "normal"
    category: str = "live"
    requested_by: str = ""
    expires_minutes: float = 10.0
    id: str = ""
    message_id: str | None = None
    live: Live | None = None


def submit(session: Session, studio: Studio, request: Request, now: datetime) -> str:
    """Put a live request into the queue of each of its zones; returns its id. The same id again adds nothing."""
    request_id = request.id or new_id()
    known = set(session.scalars(select(Announcement.zone_id).where(Announcement.request_id == request_id)))
    common = {
        "request_id": request_id,
        "requested_by": request.requested_by,
        "message_id": request.message_id,
        "title": request.title,
        "category": request.category,
        "priority": PRIORITIES[request.priority],
        "level": LEVELS["emergency" if request.priority == "urgent" else "live"],
        "accepted_at": now,
        "due_at": now,
        "not_before": now,
        "expires_at": now + timedelta(minutes=request.expires_minutes),
    }
    priority = PRIORITIES[request.priority]
    rows = [
        common
        | {"id": new_id(), "zone_id": zone.id}
        | (
            _speaking(request.script, request.live)
            if request.live
            else _sounding(session, studio, request.script, zone, priority)
        )
        for zone in request.zones
        if zone.id not in known
    ]
    if rows:
        session.execute(insert(Announcement), rows)
    return request_id


def _sounding(session: Session, studio: Studio, script: Script, zone: Zone, priority: int) -> dict[str, Any]:
    """The columns about the sound: mastered for the zone, and ready if it has been prepared and may be aired."""
    script = replace(script, mastering=zone.mastering)
    key = studio.key(script)
    prepared = studio.sound(session, key)
    return {
        "script": script.to_data(),
        "sound": key,
        "state": "ready" if prepared and prepared[0].airs_at(priority) else "waiting",
        "seconds": prepared[0].seconds if prepared else 0.0,
        "starts": 0,
    }


def _speaking(script: Script, live: Live) -> dict[str, Any]:
    """The same of what is still being spoken: it is ready at once."""
    return {
        "script": script.to_data(),
        "sound": live.sound,
        "state": "ready",
        "seconds": live.seconds,
        "starts": 0,
    }


def command(
    session: Session, kind: str, zones: Sequence[Zone], by: str, now: datetime, until: datetime | None = None
) -> None:
    """Tell zones to stop, to be mute until a moment, or to speak again ("unmute")."""
    if kind == "mute" and (until is None or until <= now):
        raise UserError("A mute needs an end that lies ahead.", "Say for how many minutes.")
    rows = [
        {
            "id": new_id(),
            "zone_id": zone.id,
            "kind": kind,
            "until": until,
            "requested_by": by,
            "accepted_at": now,
        }
        for zone in zones
    ]
    session.execute(insert(ZoneCommand), rows)


def cancel(session: Session, announcements: Sequence[Announcement], by: str, now: datetime) -> None:
    """Tell the dispatcher that these need not be said, nor said to their end."""
    rows = [
        {
            "id": new_id(),
            "zone_id": row.zone_id,
            "kind": "cancel",
            "announcement_id": row.id,
            "requested_by": by,
            "accepted_at": now,
        }
        for row in announcements
    ]
    if rows:
        session.execute(insert(ZoneCommand), rows)


# What is near, and what gave way and whose moment has come. Built once: this runs every few seconds.
_NEAR = bindparam("near", type_=Occurrence.planned_at.type)
_NOW = bindparam("now", type_=Occurrence.due_at.type)
_DUE = (
    select(Occurrence, Schedule, Message, Zone)
    .join(Schedule, Schedule.id == Occurrence.schedule_id)
    .join(Message, Message.id == Occurrence.message_id)
    .join(Zone, Zone.id == Occurrence.zone_id)
    .options(selectinload(Message.wordings))
    .where(
        Occurrence.result.is_(None),
        ~Occurrence.queued,
        ((Occurrence.way_code != "") & (Occurrence.due_at <= _NOW))
        | ((Occurrence.way_code == "") & (Occurrence.planned_at <= _NEAR)),
    )
    .order_by(Occurrence.planned_at, Occurrence.id)
    .limit(500)  # after a long absence there may be very many; the write lock is not for that long
)


class Intake:
    """Occurrences into the queue, and those that will never get there to their result."""

    def __init__(self, studio: Studio, lead: timedelta = LEAD) -> None:
        self._studio = studio
        self._lead = lead

    def step(self, session: Session, now: datetime) -> bool:
        """Take in what is near and settle what is past, at most a batch; tells whether there was anything to do."""
        rows = session.execute(_DUE, {"near": now + self._lead, "now": now}).all()
        queued: list[dict[str, Any]] = []
        settled: list[dict[str, Any]] = []
        for occurrence, schedule, message, zone in rows:
            end = self._end_of(occurrence, schedule, message, now)
            taken = end or self._announcement(session, occurrence, schedule, message, zone, now)
            if isinstance(taken, dict):
                queued.append(taken)
                continue
            occurrence.result, occurrence.reason_code = taken.result, taken.code
            occurrence.reason = taken.reason
            priority = PRIORITIES[schedule.priority]
            settled.append(history.never_queued_row(occurrence, zone.key, message.title, priority, now))
        if queued:
            session.execute(insert(Announcement), queued)
            session.execute(
                update(Occurrence), [{"id": row["occurrence_id"], "queued": True} for row in queued]
            )
        history.write(session, settled)
        return bool(rows)

    @staticmethod
    def _end_of(
        occurrence: Occurrence, schedule: Schedule, message: Message, now: datetime
    ) -> history.End | None:
        """Why it will not be said at all, if so."""
        if occurrence.way_code:
            return history.End("gave_way", occurrence.way_code, occurrence.way_reason)
        if not schedule.enabled or message.retired:
            return history.WITHDRAWN
        if occurrence.expires_at < now:
            return history.End("missed", "downtime", "the announcer was not running when it was due")
        return None

    def _announcement(
        self,
        session: Session,
        occurrence: Occurrence,
        schedule: Schedule,
        message: Message,
        zone: Zone,
        now: datetime,
    ) -> dict[str, Any] | history.End:
        """Its row for the queue; or its end, for one message's fault must not keep the others from being said."""
        try:
            script = self._studio.script_of(message, occurrence.values, schedule.repeats)
            sounding = _sounding(session, self._studio, script, zone, PRIORITIES[schedule.priority])
        except UserError as error:
            return history.End("failed", "wording", str(error))
        except Exception as error:
            log.exception("“%s” could not be taken in.", message.key)
            return history.End("failed", "internal", f"{type(error).__name__}: {error}")
        return {
            "id": new_id(),
            "occurrence_id": occurrence.id,
            "requested_by": "",
            "zone_id": zone.id,
            "message_id": message.id,
            "title": message.title,
            "category": message.category,
            "priority": PRIORITIES[schedule.priority],
            "level": LEVELS[message.category],
            "accepted_at": now,
            "due_at": occurrence.due_at,
            "not_before": occurrence.planned_at,
            "expires_at": occurrence.expires_at,
            **sounding,
        }


def take_back(session: Session, now: datetime) -> int:
    """Out of the queue again with occurrences that have not begun, so that a changed plan and changed words reach them.

    What begins within the next moments stays: taking it back could make it late.
    """
    waits = (
        Announcement.occurrence_id.is_not(None),
        Announcement.state.in_(("waiting", "ready")),
        Announcement.starts == 0,
        Announcement.not_before > now + TOO_LATE_TO_TAKE_BACK,
    )
    occurrences = list(session.scalars(select(Announcement.occurrence_id).where(*waits)))
    session.execute(delete(Announcement).where(Announcement.occurrence_id.in_(occurrences)))
    session.execute(update(Occurrence).where(Occurrence.id.in_(occurrences)).values(queued=False))
    return len(occurrences)


def withdraw(session: Session, by: str = "") -> int:
    """Mark what waits in the queue although its schedule or message was withdrawn (``by`` whom, if that is known); the dispatcher
    ends it.
    """
    waits = (
        select(Announcement.id)
        .join(Occurrence, Occurrence.id == Announcement.occurrence_id)
        .join(Schedule, Schedule.id == Occurrence.schedule_id)
        .join(Message, Message.id == Occurrence.message_id)
        .where(
            Announcement.state.in_(("waiting", "ready")),
            Announcement.reason_code != "withdrawn",
            ~Schedule.enabled | Message.retired,
        )
    )
    return _mark_withdrawn(session, waits, by)


def recall(session: Session, message: Message, by: str) -> int:
    """Mark every call of this message, scheduled or live, waiting or sounding; the dispatcher ends them."""
    open_calls = (Announcement.message_id == message.id) & (Announcement.state != "ended")
    return _mark_withdrawn(session, select(Announcement.id).where(open_calls), by)


def _mark_withdrawn(session: Session, which: Select[str], by: str) -> int:
    ids = list(session.scalars(which))
    told = {"reason_code": "withdrawn", "reason": f"recalled by {by}" if by else history.WITHDRAWN.reason}
    session.execute(update(Announcement).where(Announcement.id.in_(ids)).values(told))
    return len(ids)

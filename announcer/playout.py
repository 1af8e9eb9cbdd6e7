"""The dispatcher: takes from the queue what may sound now, zone by zone, and records every end.

``step(now)`` is one turn. It looks at what happened (channels), at what people ordered (commands) and at what waits;
decides by a pure function (:mod:`announcer.deciding`); commits; and only then tells the channels. A zone whose channel
or sink fails is that zone's trouble alone.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from announcer import history
from announcer.channel import Channel, ChannelEvent, Play
from announcer.deciding import SINK_PATIENCE, Settle, Start, ZoneState, decide, next_moment
from announcer.history import End
from announcer.models import Announcement, Sound, ZoneCommand, ZoneStatus
from schedules.core.clock import local_date
from schedules.core.database import Database
from schedules.models import Zone
from schedules.operations import all_zones
from schedules.policies import volume_db

log = logging.getLogger(__name__)


# Built once: these run at every turn.
_OPEN = select(Announcement).where(Announcement.state.in_(("waiting", "ready", "playing")))
_ORDERS = select(ZoneCommand).where(ZoneCommand.handled_at.is_(None)).order_by(ZoneCommand.accepted_at)


@dataclass
class Turn:
    """What one turn writes and, once it is committed, tells the channels."""

    now: datetime
    playouts: list[dict[str, Any]] = field(default_factory=list)
    occurrences: list[dict[str, Any]] = field(default_factory=list)
    orders: list[Callable[[], None]] = field(default_factory=list)
    open_rows: dict[str, list[Announcement]] = field(default_factory=dict)


class Dispatcher:
    def __init__(self, database: Database, sound_path: Callable[[str], Path | None]) -> None:
        """``sound_path`` finds a prepared sound by its key."""
        self._database = database
        self._channels: dict[str, Channel] = {}
        self._sound_path = sound_path
        self._zones: dict[str, ZoneState] = {}
        self._volumes: dict[str, list[Any]] = {}
        self._events: list[tuple[str, ChannelEvent]] = []
        self._wake_at: datetime | None = None
        self._sounds: dict[str, Sound] = {}
        self._faults: dict[str, str] = {}
        self._zones_changed = False

    def serves(self, zone_id: str) -> bool:
        return zone_id in self._channels

    def add_channel(self, zone_id: str, channel: Channel) -> None:
        """A zone gets its voice. Another thread may be in a turn: the table is replaced, never changed."""
        self._channels = {**self._channels, zone_id: channel}
        self._zones_changed = True

    def zones_changed(self) -> None:
        """Somebody changed what zones bear: the next turn reads it again. Any thread may say so."""
        self._zones_changed = True

    def _load_zones(self) -> None:
        """Read what the zones bear; what they do now stays."""
        self._zones_changed = False
        zones, volumes = {}, {}
        with self._database.read() as session:
            for zone in all_zones(session):
                if self.serves(zone.id):
                    free_at = self._zones[zone.id].free_at if zone.id in self._zones else None
                    gap = timedelta(seconds=zone.gap_seconds)
                    zones[zone.id] = ZoneState(zone.id, zone.key, gap, zone.muted_until, free_at)
                    volumes[zone.id] = zone.volume
        self._zones, self._volumes = zones, volumes

    def recover(self, now: datetime) -> int:
        """After a crash: what was sounding has not ended, so it waits again. Returns how many there were."""
        self._load_zones()
        turn = Turn(now)
        with self._database.write() as session:
            rows = session.scalars(select(Announcement).where(Announcement.state == "playing")).all()
            for row in rows:
                if row.zone_id in self._zones:
                    self._cut(
                        session,
                        turn,
                        row,
                        End("cut", "downtime", "the announcer was interrupted", row.started_at),
                    )
            self._write(session, turn)
        return len(rows)

    def due(self, now: datetime) -> bool:
        """Whether a turn has something to do although nobody changed the database."""
        for zone_id, channel in self._channels.items():
            self._events += [(zone_id, event) for event in channel.take_events(now)]
        return (
            self._zones_changed or bool(self._events) or (self._wake_at is not None and self._wake_at <= now)
        )

    def wake_at(self) -> datetime | None:
        """When the next turn is needed at the latest, channels that know their next event included."""
        moments = [channel.next_event_at() for channel in self._channels.values()]
        return min((moment for moment in [*moments, self._wake_at] if moment), default=None)

    def step(self, now: datetime) -> bool:
        """One turn; tells whether anything was decided."""
        if self._zones_changed:
            self._load_zones()
        if not self.due(now) and self._nothing_to_do(now):
            return False
        turn = Turn(now)
        with self._database.write() as session:
            turn.open_rows = self._open(session)
            self._take_events(session, turn)
            self._take_commands(session, turn)
            for action in self._decide(_still_open(turn.open_rows), now):
                self._apply(session, turn, action)
            self._write(session, turn)
        for order in turn.orders:
            order()
        self._plan_next(_still_open(turn.open_rows), now)
        return True

    # What is open, and what to do about it

    def _nothing_to_do(self, now: datetime) -> bool:
        """Look before taking the write lock: readers never wait."""
        with self._database.read() as session:
            open_rows = self._open(session)
            if session.scalar(_ORDERS) is not None or self._decide(open_rows, now):
                return False
        self._plan_next(open_rows, now)
        return True

    def _open(self, session: Session) -> dict[str, list[Announcement]]:
        by_zone: dict[str, list[Announcement]] = defaultdict(list)
        for row in session.scalars(_OPEN):
            by_zone[row.zone_id].append(row)
        return by_zone

    def _decide(self, open_rows: Mapping[str, list[Announcement]], now: datetime) -> list[Settle | Start]:
        return [
            action
            for zone_id, rows in open_rows.items()
            if zone_id in self._zones
            for action in decide(self._zones[zone_id], rows, now)
        ]

    def _plan_next(self, open_rows: Mapping[str, list[Announcement]], now: datetime) -> None:
        moments = [
            next_moment(self._zones[zone_id], rows, now)
            for zone_id, rows in open_rows.items()
            if zone_id in self._zones
        ]
        self._wake_at = min((moment for moment in moments if moment), default=None)

    # Doing it

    def _apply(self, session: Session, turn: Turn, action: Settle | Start) -> None:
        if isinstance(action, Settle):
            self._end(session, turn, action.announcement, action.end)
            return
        row, zone = action.announcement, self._zones[action.announcement.zone_id]
        path = self._sound_path(row.sound) if row.sound else None
        if path is None:
            row.state = "waiting"  # its sound was evicted or never made: back to preparation
            return
        if action.interrupts is not None:
            reason = f"interrupted by “{row.title}”"
            cut = action.interrupts
            self._cut(session, turn, cut, End("cut", "preempted", reason, cut.started_at, turn.now))
        row.state, row.started_at, row.starts = "playing", action.at, row.starts + 1
        play = Play(row.id, row.title, path, row.seconds, row.due_at, self._gain(row, action.at))
        turn.orders.append(lambda: self._channels[zone.id].start(play, action.at))

    def _gain(self, row: Announcement, at: datetime) -> float:
        """The zone's volume at this time of day; urgent messages are never turned down."""
        gain = volume_db(self._volumes[row.zone_id], at, local_date(at))
        return max(gain, 0.0) if row.priority == 2 else gain

    def _end(self, session: Session, turn: Turn, row: Announcement, end: End) -> None:
        row.state, row.result, row.reason_code, row.reason = "ended", end.result, end.code, end.reason
        turn.playouts.append(self._playout(session, turn, row, end))
        if row.occurrence_id:
            ending = {"end": end.result, "code": end.code, "why": end.reason}
            turn.occurrences.append({"occurrence": row.occurrence_id, **ending})

    def _cut(self, session: Session, turn: Turn, row: Announcement, end: End) -> None:
        """An attempt is over, the announcement is not: it goes back into the queue."""
        row.state, row.reason_code, row.reason, row.started_at = "ready", end.code, end.reason, None
        turn.playouts.append(self._playout(session, turn, row, end))

    def _playout(self, session: Session, turn: Turn, row: Announcement, end: End) -> dict[str, Any]:
        sound = self._sound(session, row.sound)
        return history.playout_row(row, self._zones[row.zone_id].key, end, turn.now, sound)

    def _sound(self, session: Session, key: str | None) -> Sound | None:
        """How a sound was made; that never changes, so it is looked up once."""
        if key and key not in self._sounds and (sound := session.get(Sound, key)):
            session.expunge(sound)
            self._sounds[key] = sound
        return self._sounds.get(key or "")

    def _write(self, session: Session, turn: Turn) -> None:
        session.flush()
        history.write(session, turn.playouts)
        history.settle_occurrences(session, turn.occurrences)

    # What happened

    def _take_events(self, session: Session, turn: Turn) -> None:
        events, self._events = self._events, []
        for zone_id, event in events:
            row = next((row for row in turn.open_rows.get(zone_id, []) if row.id == event.id), None)
            if row is not None and row.state == "playing":
                _EVENTS[event.kind](self, session, turn, row, event)
            if event.kind == "ending":
                turn.orders.append(lambda z=zone_id, e=event: self._channels[z].confirm(e.id))  # type: ignore[misc]

    def _ending(self, session: Session, turn: Turn, row: Announcement, event: ChannelEvent) -> None:
        self._end(session, turn, row, End("played", "", "", event.started_at, event.ended_at))
        self._zones[row.zone_id] = replace(self._zones[row.zone_id], free_at=event.ended_at)
        self._set_fault(session, row.zone_id, "", turn.now)

    def _fault(self, session: Session, turn: Turn, row: Announcement, event: ChannelEvent) -> None:
        self._cut(session, turn, row, End("cut", "sink", event.detail, event.started_at, event.ended_at))
        row.not_before = turn.now + SINK_PATIENCE
        self._set_fault(session, row.zone_id, event.detail, turn.now)

    def _set_fault(self, session: Session, zone_id: str, fault: str, now: datetime) -> None:
        if self._faults.get(zone_id, "") != fault:
            self._faults[zone_id] = fault
            of_zone = ZoneStatus.zone_id == zone_id
            session.execute(update(ZoneStatus).where(of_zone).values(fault=fault, changed_at=now))

    # What people ordered

    def _take_commands(self, session: Session, turn: Turn) -> None:
        for command in session.scalars(_ORDERS).all():
            command.handled_at = turn.now
            if command.zone_id in self._zones:
                _COMMANDS[command.kind](self, session, turn, command)

    def _stop(self, session: Session, turn: Turn, command: ZoneCommand) -> None:
        """Silence now: what sounds ends, and so do the live calls that were waiting when the order came."""
        by = f" by {command.requested_by}" if command.requested_by else ""
        for row in _still_open(turn.open_rows).get(command.zone_id, []):
            live = row.request_id is not None and row.accepted_at <= command.accepted_at
            if row.state == "playing" or live:
                ended_at = turn.now if row.state == "playing" else None
                self._end(
                    session, turn, row, End("gave_way", "stopped", f"stopped{by}", row.started_at, ended_at)
                )
        zone = self._zones[command.zone_id]
        self._zones[zone.id] = replace(zone, free_at=turn.now)
        turn.orders.append(self._channels[zone.id].stop)

    def _mute(self, session: Session, turn: Turn, command: ZoneCommand) -> None:
        session.execute(update(Zone).where(Zone.id == command.zone_id).values(muted_until=command.until))
        self._zones[command.zone_id] = replace(self._zones[command.zone_id], muted_until=command.until)

    def close(self) -> None:
        for channel in self._channels.values():
            channel.close()


def _still_open(by_zone: Mapping[str, list[Announcement]]) -> dict[str, list[Announcement]]:
    return {zone_id: [row for row in rows if row.state != "ended"] for zone_id, rows in by_zone.items()}


_EVENTS = {"ending": Dispatcher._ending, "fault": Dispatcher._fault}
_COMMANDS = {"stop": Dispatcher._stop, "mute": Dispatcher._mute, "unmute": Dispatcher._mute}

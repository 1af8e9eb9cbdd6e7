"""The dispatcher: takes from the queue what may sound now, zone by zone, and records every end.

``step(now)`` is one turn. It looks at what happened (channels), at what people ordered (commands) and at what waits;
decides by a pure function (:mod:`announcer.deciding`); writes (:mod:`announcer.turn`); commits; and only then tells the
channels. A zone whose channel or sink fails is that zone's trouble alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import update

from announcer.channel import Channel, ChannelEvent
from announcer.deciding import Action, ZoneState, decide, next_moment
from announcer.history import End
from announcer.models import Announcement
from announcer.shelf import Shelf
from announcer.turn import ORDERS, OpenRows, Turn, open_rows
from schedules.core.database import Database
from schedules.models import Zone
from schedules.operations import all_zones


class Dispatcher:
    def __init__(self, database: Database, shelf: Shelf) -> None:
        self._database = database
        self._shelf = shelf
        self._channels: Mapping[str, Channel] = {}
        self._zones: dict[str, ZoneState] = {}
        self._zones_changed = False
        self._events: list[tuple[str, ChannelEvent]] = []
        self._wake_at: datetime | None = None
        self._stuck: list[str] = []

    # Zones and their channels

    def set_channel(self, zone_id: str, channel: Channel) -> None:
        """A zone gets its voice, or another one. Any thread may do so: the table is replaced, never changed."""
        self._channels = {**self._channels, zone_id: channel}
        self._zones_changed = True

    def zones_changed(self) -> None:
        """Somebody changed what zones bear: the next turn reads it again. Any thread may say so."""
        self._zones_changed = True

    def take_stuck(self) -> list[str]:
        """Zones whose player no longer answers, since the last call: they need another channel."""
        stuck, self._stuck = self._stuck, []
        return stuck

    def _load_zones(self) -> None:
        """Read what the zones bear; what they do now stays."""
        self._zones_changed = False
        try:
            with self._database.read() as session:
                zones = [zone for zone in all_zones(session) if zone.id in self._channels]
        except Exception:
            self._zones_changed = True
            raise
        self._zones = {zone.id: self._state(zone) for zone in zones}

    def _state(self, zone: Zone) -> ZoneState:
        old = self._zones.get(zone.id) or ZoneState(zone.id, zone.key, timedelta())
        gap = timedelta(seconds=zone.gap_seconds)
        return replace(old, gap=gap, muted_until=zone.muted_until, volume=tuple(zone.volume))

    def recover(self, now: datetime) -> int:
        """After a crash: what was sounding has not ended, so it waits again. Returns how many there were.

        What has become too late while nobody was there is marked, so that its end names the right reason.
        """
        self._load_zones()
        with self._database.write() as session:
            turn = Turn(session, now, dict(self._zones), self._shelf, open_rows(session))
            playing = [row for rows in turn.rows.values() for row in rows if row.state == "playing"]
            for row in playing:
                if row.zone_id in self._zones:
                    turn.cut(row, End("cut", "downtime", "the announcer was interrupted", row.started_at))
            turn.write()
            missed = Announcement.state.in_(("waiting", "ready")) & (Announcement.expires_at < now)
            missed &= Announcement.reason_code.in_(("", "downtime"))
            session.execute(update(Announcement).where(missed).values(reason_code="downtime"))
        return len(playing)

    # Turns

    def due(self, now: datetime) -> bool:
        """Whether a turn has something to do although nobody changed the database."""
        for zone_id, channel in self._channels.items():
            self._events += [(zone_id, event) for event in channel.take_events(now)]
        awaited = self._wake_at is not None and self._wake_at <= now
        return self._zones_changed or bool(self._events) or awaited

    def wake_at(self) -> datetime | None:
        """When the next turn is needed at the latest, channels that know their next event included."""
        moments = [channel.next_event_at() for channel in self._channels.values()]
        return min((moment for moment in [*moments, self._wake_at] if moment), default=None)

    def step(self, now: datetime) -> bool:
        """One turn; tells whether there was anything to decide. If it raises, it has done nothing."""
        if self._zones_changed:
            self._load_zones()
        if not self.due(now) and self._nothing_to_do(now):
            return False
        events = list(self._events)
        with self._database.write() as session:
            turn = Turn(session, now, dict(self._zones), self._shelf, open_rows(session))
            for zone_id, event in events:
                turn.hear(zone_id, event)
            for command in session.scalars(ORDERS).all():
                turn.obey(command)
            for action in self._decide(turn.zones, turn.still_open(), now):
                turn.apply(action)
            turn.write()
        self._committed(turn, len(events))
        return True

    def _committed(self, turn: Turn, heard: int) -> None:
        """Now it is true: take over what changed, and tell the channels."""
        del self._events[:heard]
        self._zones = turn.zones
        self._stuck += turn.stuck
        self._plan_next(turn.still_open(), turn.now)
        for order in turn.orders:
            order(self._channels)

    def _nothing_to_do(self, now: datetime) -> bool:
        """Look before taking the write lock: readers never wait."""
        with self._database.read() as session:
            rows = open_rows(session)
            if session.scalar(ORDERS) is not None or self._decide(self._zones, rows, now):
                return False
        self._plan_next(rows, now)
        return True

    @staticmethod
    def _decide(zones: Mapping[str, ZoneState], rows: OpenRows, now: datetime) -> list[Action]:
        return [
            action
            for zone_id, of_zone in rows.items()
            if zone_id in zones
            for action in decide(zones[zone_id], of_zone, now)
        ]

    def _plan_next(self, rows: OpenRows, now: datetime) -> None:
        moments = [
            next_moment(self._zones[zone_id], of_zone, now)
            for zone_id, of_zone in rows.items()
            if zone_id in self._zones
        ]
        self._wake_at = min((moment for moment in moments if moment), default=None)

    def close(self) -> None:
        for channel in self._channels.values():
            channel.leave()
        for channel in self._channels.values():
            channel.close()

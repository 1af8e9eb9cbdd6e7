"""One turn of the dispatcher inside its transaction: what happened, what people ordered, what is decided.

Rows are changed in the database; what changes in memory and what channels are told is only collected here, and counts
after the commit. A turn whose commit fails has done nothing, and the next one does it again.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from announcer import history
from announcer.channel import Channel, ChannelEvent, Play
from announcer.deciding import URGENT, Action, Settle, Start, Stuck, ZoneState, muted
from announcer.history import End
from announcer.models import Announcement, ZoneCommand, ZoneStatus
from announcer.shelf import Shelf
from schedules.core.clock import local_date
from schedules.models import Zone
from schedules.policies import volume_db

log = logging.getLogger(__name__)

LONGEST_PATIENCE = 15.0  # seconds between two attempts at a loudspeaker that fails
NO_ANSWER = "the loudspeaker's player did not answer"

# Built once: these run at every turn.
OPEN = select(Announcement).where(Announcement.state.in_(("waiting", "ready", "playing")))
ORDERS = select(ZoneCommand).where(ZoneCommand.handled_at.is_(None)).order_by(ZoneCommand.accepted_at)

Order = Callable[[Mapping[str, Channel]], None]
OpenRows = dict[str, list[Announcement]]


def open_rows(session: Session) -> OpenRows:
    """What has not ended, by zone."""
    by_zone: OpenRows = defaultdict(list)
    for row in session.scalars(OPEN):
        by_zone[row.zone_id].append(row)
    return by_zone


@dataclass
class Turn:
    """``zones`` is the turn's own copy; the dispatcher takes it over after the commit. ``orders`` are for channels."""

    session: Session
    now: datetime
    zones: dict[str, ZoneState]
    shelf: Shelf
    rows: OpenRows = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    _playouts: list[dict[str, Any]] = field(default_factory=list)
    _occurrences: list[dict[str, Any]] = field(default_factory=list)

    def still_open(self) -> OpenRows:
        return {zone_id: [row for row in rows if row.state != "ended"] for zone_id, rows in self.rows.items()}

    def write(self) -> None:
        self.session.flush()
        history.write(self.session, self._playouts)
        history.settle_occurrences(self.session, self._occurrences)

    # What happened

    def hear(self, zone_id: str, event: ChannelEvent) -> None:
        """Take a channel's word for how an attempt went.

        An end may cross an interruption that was decided meanwhile: it was said, so it is not said again.
        """
        row = next((row for row in self.rows.get(zone_id, []) if row.id == event.id), None)
        if row is not None and row.state in ("playing", "ready") and zone_id in self.zones:
            _EVENTS[event.kind](self, row, event)
        if event.kind == "ending":
            self.orders.append(lambda channels: channels[zone_id].confirm(event.id))

    def _ending(self, row: Announcement, event: ChannelEvent) -> None:
        self.end(row, End("played", "", "", event.started_at, event.ended_at))
        if self.zones[row.zone_id].faults:
            self._tell_fault(row.zone_id, "")
        self._set_zone(row.zone_id, free_at=event.ended_at, faults=0, retry_at=None)

    def _fault(self, row: Announcement, event: ChannelEvent) -> None:
        """The loudspeaker failed: again later, a little later each time."""
        self.cut(row, End("cut", "sink", event.detail, event.started_at, event.ended_at))
        faults = self.zones[row.zone_id].faults + 1
        pause = timedelta(seconds=min(LONGEST_PATIENCE, 2.0**faults))
        self._set_zone(row.zone_id, faults=faults, retry_at=self.now + pause)
        self._tell_fault(row.zone_id, event.detail)

    def _broken_sound(self, row: Announcement, event: ChannelEvent) -> None:
        """The prepared file cannot be played: away with it, it is made anew."""
        self.cut(row, End("cut", "sound", event.detail, event.started_at, event.ended_at))
        row.state = "waiting"
        if key := row.sound:
            self.orders.append(lambda _: self.shelf.forget(key))

    def _set_zone(self, zone_id: str, **changes: Any) -> None:
        self.zones[zone_id] = replace(self.zones[zone_id], **changes)

    def _tell_fault(self, zone_id: str, fault: str) -> None:
        of_zone = ZoneStatus.zone_id == zone_id
        self.session.execute(update(ZoneStatus).where(of_zone).values(fault=fault, changed_at=self.now))

    # What people ordered

    def obey(self, command: ZoneCommand) -> None:
        if command.zone_id not in self.zones:
            return  # a zone that is not on air yet; the order stays until it is
        command.handled_at = self.now
        _COMMANDS[command.kind](self, command)

    def _stop(self, command: ZoneCommand) -> None:
        """Silence now: what sounds ends, and so do the live calls that were waiting when the order came."""
        for row in self.still_open().get(command.zone_id, []):
            live = row.request_id is not None and row.accepted_at <= command.accepted_at
            if row.state == "playing" or live:
                self._silence(row, _stopped(command))

    def _cancel(self, command: ZoneCommand) -> None:
        """Only this one; whatever else the zone says goes on."""
        for row in self.still_open().get(command.zone_id, []):
            if row.id == command.announcement_id:
                self._silence(row, _stopped(command))

    def _mute(self, command: ZoneCommand) -> None:
        """Mute until a moment, or speak again; what sounds falls silent too, unless it is urgent."""
        self.session.execute(update(Zone).where(Zone.id == command.zone_id).values(muted_until=command.until))
        self._set_zone(command.zone_id, muted_until=command.until)
        for row in self.still_open().get(command.zone_id, []):
            if row.state == "playing" and (end := muted(self.zones[command.zone_id], row, self.now)):
                self._silence(row, end)

    def _silence(self, row: Announcement, end: End) -> None:
        attempt = None
        if row.state == "playing":
            attempt = replace(end, result="cut", started_at=row.started_at, ended_at=self.now)
            self._set_zone(row.zone_id, free_at=self.now)
            self.orders.append(lambda channels: channels[row.zone_id].stop())
        self.end(row, end, attempt)

    # What is decided

    def apply(self, action: Action) -> None:
        """Do it; whatever goes wrong with one announcement is that announcement's end and nobody else's."""
        try:
            _ACTIONS[type(action)](self, action)
        except Exception as error:
            log.exception("“%s” could not be handled.", action.announcement.title)
            self.end(action.announcement, End("failed", "internal", f"{type(error).__name__}: {error}"))

    def _settle(self, action: Settle) -> None:
        self._silence(action.announcement, action.end)

    def _start(self, action: Start) -> None:
        row = action.announcement
        path = self.shelf.path(row.sound) if row.sound else None
        if path is None:
            row.state = "waiting"  # its sound was evicted or never made: back to preparation
            return
        play = Play(row.id, row.title, path, row.seconds, row.due_at, self._gain(row, action.at))
        if action.interrupts is not None:
            cut, reason = action.interrupts, f"interrupted by “{row.title}”"
            self.cut(cut, End("cut", "preempted", reason, cut.started_at, self.now))
        row.state, row.started_at, row.starts = "playing", action.at, row.starts + 1
        self.orders.append(lambda channels: channels[row.zone_id].start(play, action.at))

    def _gain(self, row: Announcement, at: datetime) -> float:
        """The zone's volume at this time of day; urgent messages are never turned down."""
        gain = volume_db(self.zones[row.zone_id].volume, at, local_date(at))
        return max(gain, 0.0) if row.priority >= URGENT else gain

    def _stuck(self, action: Stuck) -> None:
        row = action.announcement
        self._fault(row, ChannelEvent("fault", row.id, row.started_at or self.now, self.now, NO_ANSWER))
        self.stuck.append(row.zone_id)

    # How announcements end

    def end(self, row: Announcement, end: End, attempt: End | None = None) -> None:
        """``attempt``: what the log tells, where something gave way only after it had begun: that was cut."""
        row.state, row.result, row.reason_code, row.reason = "ended", end.result, end.code, end.reason
        self._log(row, attempt or end)
        if row.occurrence_id:
            ending = {"end": end.result, "code": end.code, "why": end.reason}
            self._occurrences.append({"occurrence": row.occurrence_id, **ending})

    def cut(self, row: Announcement, end: End) -> None:
        """An attempt is over, the announcement is not: it goes back into the queue, unless it was recalled meanwhile."""
        row.state, row.started_at = "ready", None
        if row.reason_code != "withdrawn":
            row.reason_code, row.reason = end.code, end.reason
        self._log(row, end)

    def _log(self, row: Announcement, end: End) -> None:
        sound = self.shelf.made(self.session, row.sound)
        self._playouts.append(history.playout_row(row, self.zones[row.zone_id].key, end, self.now, sound))


def _stopped(command: ZoneCommand) -> End:
    by = f" by {command.requested_by}" if command.requested_by else ""
    return End("gave_way", "stopped", f"stopped{by}")


_EVENTS = {"ending": Turn._ending, "fault": Turn._fault, "broken-sound": Turn._broken_sound}
_COMMANDS = {"stop": Turn._stop, "mute": Turn._mute, "unmute": Turn._mute, "cancel": Turn._cancel}
_ACTIONS: dict[type, Callable[[Turn, Any], None]] = {
    Settle: Turn._settle,
    Start: Turn._start,
    Stuck: Turn._stuck,
}

"""What one zone does next: a pure function of what waits, what sounds, and the time.

Order: the higher class, then the rank inside it, then who was due first. A higher class interrupts a lower one; what was
interrupted goes back into the queue and is said again from its start while it is still worth saying.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from announcer.history import End
from announcer.models import Announcement
from schedules.core.clock import to_local

LOOKAHEAD = timedelta(seconds=0.1)  # claimed this long before its moment, so that it begins exactly on it
SINK_PATIENCE = timedelta(seconds=2)  # after a fault of the loudspeaker, when to try again


@dataclass(frozen=True)
class ZoneState:
    """What the dispatcher knows of a zone. ``free_at`` is the end of the last announcement, if there was one."""

    id: str
    key: str
    gap: timedelta
    muted_until: datetime | None = None
    free_at: datetime | None = None


@dataclass(frozen=True)
class Settle:
    """This one is over without (further) sound."""

    announcement: Announcement
    end: End


@dataclass(frozen=True)
class Start:
    """This one begins at ``at``; ``interrupts`` is cut for it."""

    announcement: Announcement
    at: datetime
    interrupts: Announcement | None = None


def decide(zone: ZoneState, waiting: Iterable[Announcement], now: datetime) -> list[Settle | Start]:
    """The actions of one zone at ``now``. ``waiting`` are its announcements that have not ended, the playing one too."""
    rows = sorted(waiting, key=importance)
    playing = next((row for row in rows if row.state == "playing"), None)
    settled = [settle for row in rows if row.state != "playing" and (settle := _settle(zone, row, now))]
    over = {settle.announcement.id for settle in settled}
    ready = [row for row in rows if row.state == "ready" and row.id not in over]
    start = _start(zone, ready, playing, now)
    return [*settled, *([start] if start else [])]


def importance(row: Announcement) -> tuple[int, int, datetime, str]:
    return (-row.priority, row.level, row.not_before, row.id)


def _settle(zone: ZoneState, row: Announcement, now: datetime) -> Settle | None:
    if row.expires_at < now:
        return Settle(row, _too_late(row))
    muted = zone.muted_until and now < zone.muted_until and row.priority < 2
    if muted and row.not_before <= now:
        until = to_local(zone.muted_until).strftime("%H:%M") if zone.muted_until else ""
        return Settle(row, End("gave_way", "muted", f"the zone is mute until {until}"))
    return None


def _too_late(row: Announcement) -> End:
    if row.reason_code in ("voice", "sink"):
        return End("failed", row.reason_code, row.reason)
    if row.state == "waiting":
        return End("failed", "no-sound", "its sound was not ready in time")
    if row.reason_code == "preempted":
        return End("gave_way", "preempted", row.reason + ", and then it was too late")
    if row.reason_code == "downtime":
        return End("missed", "downtime", "the announcer was interrupted, and then it was too late")
    return End("expired", "expired", "it waited for its turn until it was no longer worth saying")


def _start(
    zone: ZoneState, ready: Sequence[Announcement], playing: Announcement | None, now: datetime
) -> Start | None:
    for row in ready:
        at = max(now, row.not_before)
        if playing is not None:
            if row.priority > playing.priority and row.not_before <= now:
                return Start(row, at, playing)
            continue
        if zone.free_at:
            at = max(at, zone.free_at + (zone.gap if _keeps_gap(row) else timedelta()))
        if at <= now + LOOKAHEAD:
            return Start(row, at)
    return None


def _keeps_gap(row: Announcement) -> bool:
    return row.priority == 0 and row.level > 1


def next_moment(zone: ZoneState, waiting: Iterable[Announcement], now: datetime) -> datetime | None:
    """When the zone next wants to be looked at, if nothing else happens before."""
    rows = list(waiting)
    playing = any(row.state == "playing" for row in rows)
    moments: list[datetime] = []
    for row in rows:
        if row.state == "playing":
            continue
        moments.append(row.expires_at + timedelta(milliseconds=1))
        if row.state == "ready" and not (playing and row.priority == 0):
            at = row.not_before
            if zone.free_at and not playing:
                at = max(at, zone.free_at + (zone.gap if _keeps_gap(row) else timedelta()))
            moments.append(at - LOOKAHEAD if at > now else at)
    later = [moment for moment in moments if moment > now]
    return min(later, default=None)

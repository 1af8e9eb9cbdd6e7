"""The station's figures for Prometheus, worked out when they are asked for: a few quick looks at the database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from announcer import planning
from announcer.models import Announcement, Playout, ZoneStatus
from kiosk.health.backup import LAST_BACKUP
from kiosk.health.checks import QUIET_DAY, Look
from kiosk.home.figures import counts_of
from kiosk.home.log import last_sounds
from kiosk.station_words import LOGGED
from schedules.core.clock import local_date
from schedules.models import Zone
from schedules.operations import all_zones

LATELY = timedelta(hours=1)
SHARES = (0.5, 0.95, 0.99)


def exposition(look: Look) -> bytes:
    """All of them in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Found(look))
    return generate_latest(registry)


class _Found(Collector):
    def __init__(self, look: Look) -> None:
        self.look = look

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        for part in (_announcer, _queues, _zones, _playouts, _start_errors, _machine):
            yield from part(self.look)


def _announcer(look: Look) -> Iterator[Metric]:
    beat_at = planning.last_alive(look.session)
    alive = planning.is_alive(look.session, look.now)
    yield GaugeMetricFamily("loaga_announcer_up", "Whether the announcer reports.", alive)
    if beat_at:
        age = (look.now - beat_at).total_seconds()
        yield GaugeMetricFamily("loaga_announcer_heartbeat_age_seconds", "Since its last report.", age)


def _queues(look: Look) -> Iterator[Metric]:
    length = GaugeMetricFamily("loaga_queue_length", "What is due and has not begun.", labels=["zone"])
    oldest = GaugeMetricFamily(
        "loaga_queue_oldest_seconds", "For how long the oldest of it.", labels=["zone"]
    )
    due = (Announcement.state.in_(("waiting", "ready"))) & (Announcement.not_before <= look.now)
    query = select(Announcement.zone_id, func.count(), func.min(Announcement.not_before)).where(due)
    found = {
        zone: (count, since)
        for zone, count, since in look.session.execute(query.group_by(Announcement.zone_id))
    }
    for zone in all_zones(look.session):
        count, since = found.get(zone.id, (0, look.now))
        length.add_metric([zone.key], count)
        oldest.add_metric([zone.key], (look.now - since).total_seconds())
    yield length
    yield oldest


def _zones(look: Look) -> Iterator[Metric]:
    fault = GaugeMetricFamily("loaga_zone_fault", "Whether its loudspeakers are at fault.", labels=["zone"])
    faults = dict(
        look.session.execute(
            select(Zone.key, ZoneStatus.fault).join(ZoneStatus, ZoneStatus.zone_id == Zone.id)
        ).all()
    )
    last = GaugeMetricFamily(
        "loaga_zone_last_sound_timestamp_seconds",
        "When it was last spoken in to the end, within a day.",
        labels=["zone"],
    )
    for zone, at in last_sounds(look.session, look.now - QUIET_DAY).items():
        fault.add_metric([zone], bool(faults.get(zone)))
        if at:
            last.add_metric([zone], at.timestamp())
    yield fault
    yield last


def _playouts(look: Look) -> Iterator[Metric]:
    counts = counts_of(look.session, local_date(look.now))
    told = CounterMetricFamily(
        "loaga_playouts", "How announcements ended; begins again at midnight in Hà Nội.", labels=["result"]
    )
    for result in LOGGED:
        told.add_metric([result], counts[result])
    yield told


def _start_errors(look: Look) -> Iterator[Metric]:
    """By shares of what was played in the last hour; an announcement that had to wait for another counts, too."""
    told = GaugeMetricFamily(
        "loaga_start_error_seconds", "From due to begun, over the last hour.", labels=["quantile"]
    )
    late = sorted(_late(look.session, look.now - LATELY))
    for share in SHARES if late else ():
        told.add_metric([str(share)], late[int(share * (len(late) - 1))])
    yield told


def _late(session: Session, since: datetime) -> Iterator[float]:
    query = select(Playout.planned_at, Playout.started_at)
    for planned, started in session.execute(
        query.where(Playout.result == "played", Playout.logged_at > since)
    ):
        if started:
            yield (started - planned).total_seconds()


def _machine(look: Look) -> Iterator[Metric]:
    free = shutil.disk_usage(look.home).free
    yield GaugeMetricFamily("loaga_disk_free_bytes", "Free where the station lives.", free)
    if (backup := backup_at(look.home)) is not None:
        age = look.now.timestamp() - backup
        yield GaugeMetricFamily("loaga_backup_age_seconds", "Since the last backup.", age)
    voice = GaugeMetricFamily("loaga_voice_info", "Who would speak Vietnamese.", labels=["voice"])
    for name in look.voices[:1]:
        voice.add_metric([name], 1)
    yield voice


def backup_at(home: Path) -> float | None:
    last = home / LAST_BACKUP
    return last.stat().st_mtime if last.exists() else None

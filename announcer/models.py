"""What the announcer keeps: the queue, the log, the prepared sounds, and what it was told to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from schedules.core.ids import new_id
from schedules.core.tables import Base

# A row of the queue goes waiting -> ready -> playing -> ended; an interruption takes it back to ready.
STATES = ("waiting", "ready", "playing", "ended")


class Announcement(Base):
    """An occurrence or a live request that waits to be played in one zone.

    ``script`` is what will be said (see ``announcer.script``), ``message_id`` the message it was made of, if any.
    ``starts`` counts how often it began to sound; ``not_before`` is its planned moment, ``expires_at`` the last moment
    at which it may still begin.
    """

    __tablename__ = "announcements"
    __table_args__ = (
        UniqueConstraint("request_id", "zone_id"),
        Index("ix_announcements_open", "state", "not_before"),
        Index("ix_announcements_sound", "sound"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    occurrence_id: Mapped[str | None] = mapped_column(ForeignKey("occurrences.id"), unique=True)
    request_id: Mapped[str | None]
    requested_by: Mapped[str] = mapped_column(default="")
    zone_id: Mapped[str] = mapped_column(ForeignKey("zones.id"))
    message_id: Mapped[str | None] = mapped_column(ForeignKey("messages.id"), index=True)
    title: Mapped[str]
    category: Mapped[str]
    priority: Mapped[int]
    level: Mapped[int]
    script: Mapped[dict[str, Any]] = mapped_column(JSON)
    accepted_at: Mapped[datetime]
    due_at: Mapped[datetime]
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="waiting")
    sound: Mapped[str | None]
    seconds: Mapped[float] = mapped_column(default=0.0)
    starts: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    result: Mapped[str | None]
    reason_code: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")


class Playout(Base):
    """The log: one row per attempt in one zone, and one for what was planned and never began. Never changed.

    ``result`` is one of ``RESULTS``, or ``cut`` for an attempt that was interrupted. ``final`` tells whether the
    announcement is over with it: one that a person stopped in the midst is, one that waits to be said again is not.
    """

    __tablename__ = "playouts"
    __table_args__ = (
        Index("ix_playouts_time", "logged_at", "final", "result"),
        Index("ix_playouts_zone", "zone", "logged_at"),
        Index("ix_playouts_zone_result", "zone", "result", "logged_at"),
        Index("ix_playouts_result", "result", "logged_at"),
        Index("ix_playouts_request", "request_id"),
        Index("ix_playouts_occurrence", "occurrence_id", "logged_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    announcement_id: Mapped[str | None]
    occurrence_id: Mapped[str | None]
    request_id: Mapped[str | None]
    requested_by: Mapped[str] = mapped_column(default="")
    zone: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    spoken: Mapped[str] = mapped_column(default="")
    voice: Mapped[str] = mapped_column(default="")
    sound_sha256: Mapped[str] = mapped_column(default="")
    lufs: Mapped[float | None]
    priority: Mapped[int]
    planned_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    logged_at: Mapped[datetime]
    result: Mapped[str]
    final: Mapped[bool]
    reason_code: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")


class Sound(Base):
    """A prepared sound: its key, how it was made, what was measured. The samples lie in the cache folder."""

    __tablename__ = "sounds"

    key: Mapped[str] = mapped_column(primary_key=True)
    seconds: Mapped[float]
    lufs: Mapped[float]
    true_peak_db: Mapped[float]
    sha256: Mapped[str]
    voices: Mapped[dict[str, Any]] = mapped_column(JSON)  # language -> voice that spoke
    spoken: Mapped[dict[str, Any]] = mapped_column(JSON)  # language -> spoken form
    tried: Mapped[list[Any]] = mapped_column(JSON, default=list)  # voices that failed first, with the reason
    made_at: Mapped[datetime]
    readback: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # language -> verdict
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]

    @property
    def held(self) -> bool:
        """Whether read-back found it bad and nobody has consented to it yet."""
        verdicts = (self.readback or {}).values()
        return self.approved_at is None and any(verdict["grade"] == "bad" for verdict in verdicts)

    def airs_at(self, priority: int) -> bool:
        """Only normal announcements wait for consent: what is more important is better heard badly than not at all."""
        return priority > 0 or not self.held


class RoomMeasurement(Base):
    """What one recording of the test signal told of a zone's room; the fields are those of ``RoomMeasures``.

    ``rt60`` is empty where noise hid the decay.
    """

    __tablename__ = "room_measurements"
    __table_args__ = (Index("ix_room_measurements_zone", "zone_id", "measured_at"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zones.id"))
    measured_at: Mapped[datetime]
    sti: Mapped[float]
    rt60: Mapped[float | None]
    level_db: Mapped[float]
    noise_db: Mapped[float]
    snr_db: Mapped[list[Any]] = mapped_column(JSON)  # per octave from 125 Hz to 8 kHz
    faults: Mapped[list[Any]] = mapped_column(JSON)  # sentences


class ZoneCommand(Base):
    """Something a person told a zone to do: stop, mute (until), unmute, cancel (one announcement)."""

    __tablename__ = "zone_commands"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zones.id"))
    kind: Mapped[str]
    announcement_id: Mapped[str | None]
    until: Mapped[datetime | None]
    requested_by: Mapped[str] = mapped_column(default="")
    accepted_at: Mapped[datetime]
    handled_at: Mapped[datetime | None] = mapped_column(index=True)


class ZoneStatus(Base):
    """What a zone's loudspeakers do now, for the pages: where the sound goes and what is wrong with it."""

    __tablename__ = "zone_status"

    zone_id: Mapped[str] = mapped_column(ForeignKey("zones.id"), primary_key=True)
    sink: Mapped[str] = mapped_column(default="")
    fault: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]


class Heartbeat(Base):
    """The daemon is alive: when it last said so, and since when it runs."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    pid: Mapped[int]
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]

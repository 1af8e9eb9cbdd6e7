"""Schedules: which message, by which trigger, in which zones, with which priority, from when to when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schedules.core.ids import new_id
from schedules.core.tables import Base
from schedules.models.messages import Message
from schedules.models.stations import Station, Zone

# Circular 39/2020/TT-BTTTT knows three classes; a higher one interrupts a lower one.
PRIORITIES = {"normal": 0, "priority": 1, "urgent": 2}


class Schedule(Base):
    """One entry has one message, or several with weights: then they take turns (a rotation group)."""

    __tablename__ = "schedules"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    station_id: Mapped[str] = mapped_column(ForeignKey("stations.id"))
    trigger: Mapped[dict[str, Any]] = mapped_column(JSON)
    days: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    priority: Mapped[str] = mapped_column(default="normal")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    expires_minutes: Mapped[float] = mapped_column(default=10.0)
    repeats: Mapped[int] = mapped_column(default=1)
    gap_minutes: Mapped[float] = mapped_column(default=0.0)
    enabled: Mapped[bool] = mapped_column(default=True)
    since: Mapped[datetime]  # when it got its present form; moments before are not its business

    station: Mapped[Station] = relationship()
    turns: Mapped[list[Turn]] = relationship(order_by="Turn.position", cascade="all, delete-orphan")
    zones: Mapped[list[Zone]] = relationship(secondary="schedule_zones", order_by=Zone.key)


class Turn(Base):
    """A message's place in a schedule and its weight in the rotation."""

    __tablename__ = "schedule_messages"

    schedule_id: Mapped[str] = mapped_column(ForeignKey("schedules.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"))
    weight: Mapped[int] = mapped_column(default=1)
    message: Mapped[Message] = relationship()


class ScheduleZone(Base):
    __tablename__ = "schedule_zones"

    schedule_id: Mapped[str] = mapped_column(ForeignKey("schedules.id"), primary_key=True)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zones.id"), primary_key=True)

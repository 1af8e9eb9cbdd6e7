"""Stations and their zones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schedules.core.ids import new_id
from schedules.core.tables import Base


class Station(Base):
    """A place of a kind. Names collide between kinds (Gia Lâm is a bus and a rail station): unique is the pair."""

    __tablename__ = "stations"
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    zones: Mapped[list[Zone]] = relationship(back_populates="station", order_by="Zone.key")


class Zone(Base):
    """A group of loudspeakers that sounds as one, and what it may be asked to bear.

    ``volume`` is a list of ``{"from": "22:00", "to": "06:00", "db": -9}``; ``quiet`` one of ``{"from": …, "to": …}``.
    ``budget_minutes`` is the announcement budget per clock hour.
    """

    __tablename__ = "zones"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    station_id: Mapped[str] = mapped_column(ForeignKey("stations.id"))
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    sink: Mapped[str] = mapped_column(default="")  # empty: the station's default
    mastering: Mapped[str] = mapped_column(default="standard")
    volume: Mapped[list[Any]] = mapped_column(JSON, default=list)
    quiet: Mapped[list[Any]] = mapped_column(JSON, default=list)
    budget_minutes: Mapped[float] = mapped_column(default=6.0)
    gap_seconds: Mapped[float] = mapped_column(default=10.0)
    muted_until: Mapped[datetime | None]
    station: Mapped[Station] = relationship(back_populates="zones")

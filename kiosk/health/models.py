"""Faults of the station, from begin to end, and the outbox of what is told about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schedules.core.ids import new_id
from schedules.core.tables import Base

WAITING, SENT, GIVEN_UP = "waiting", "sent", "given_up"


class Fault(Base):
    """``code`` names the check (and the zone) that found it: of each, one at most is open."""

    __tablename__ = "faults"
    __table_args__ = (
        Index("ix_faults_began_at", "began_at"),
        Index(
            "uq_faults_open", "code", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    about: Mapped[str]
    state: Mapped[str]  # doubtful or bad, the worst it was
    sentence: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    alerts: Mapped[list[Alert]] = relationship(order_by="Alert.id")


class Alert(Base):
    """One message by one channel. Committed with what it tells of, sent afterwards; ``outcome`` is the last answer."""

    __tablename__ = "alerts"
    __table_args__ = (Index("ix_alerts_waiting", "state", "next_try_at"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    fault_id: Mapped[str] = mapped_column(ForeignKey("faults.id"), index=True)
    channel: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default=WAITING)
    outcome: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]

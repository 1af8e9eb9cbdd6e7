"""Occurrences: one planned moment of one schedule in one zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from schedules.core.ids import new_id
from schedules.core.tables import Base

# How an occurrence, and every announcement, can end.
RESULTS = ("played", "gave_way", "expired", "missed", "failed")


class Occurrence(Base):
    """``due_at`` is when the trigger asks for it, ``planned_at`` when there is room for it.

    ``way_code`` and ``way_reason`` tell that the plan lets it give way, and why; ``result`` stays empty until its time
    has come and it is settled, once and for good. ``queued`` is set in the transaction that puts it into the queue.
    """

    __tablename__ = "occurrences"
    __table_args__ = (
        UniqueConstraint("schedule_id", "zone_id", "due_at", "departure"),
        Index("ix_occurrences_open", "result", "queued", "planned_at"),
        Index("ix_occurrences_day", "day", "zone_id", "result"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    schedule_id: Mapped[str] = mapped_column(ForeignKey("schedules.id"))
    zone_id: Mapped[str] = mapped_column(ForeignKey("zones.id"))
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"))
    departure: Mapped[str] = mapped_column(default="")  # which one, where the trigger follows departures
    day: Mapped[date]  # the local calendar date of due_at
    due_at: Mapped[datetime]
    planned_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    seconds: Mapped[float]
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    way_code: Mapped[str] = mapped_column(default="")
    way_reason: Mapped[str] = mapped_column(default="")
    queued: Mapped[bool] = mapped_column(default=False)
    result: Mapped[str | None]
    reason_code: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")

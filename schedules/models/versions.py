"""Versions: what a message or a schedule was, is and is about to become."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from schedules.core.ids import new_id
from schedules.core.tables import Base

KINDS = ("message", "schedule")
STATES = ("draft", "approved", "retired", "discarded")


class Version(Base):
    """``entry`` is the message or schedule as a content file has it, see ``schedules.document``.

    Only what is approved is broadcast, and then it stands in the tables of messages and schedules as well. ``edits``
    counts how often a draft was saved; ``ended_by`` discarded it, recalled it, or approved the one after it.
    """

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("kind", "key", "number"),
        Index(
            "ix_versions_one_draft",
            "kind",
            "key",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    key: Mapped[str]
    number: Mapped[int]
    state: Mapped[str]
    entry: Mapped[dict[str, Any]] = mapped_column(JSON)
    edits: Mapped[int] = mapped_column(default=1)
    written_by: Mapped[str]
    written_at: Mapped[datetime]
    approved_by: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]

    @property
    def mark(self) -> str:
        """What a page saw of it: another mark means that somebody has written since."""
        return f"{self.id}:{self.edits}"

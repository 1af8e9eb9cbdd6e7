"""Tables: feedback and every step of its way, files, how somebody may be reached, and consents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kiosk.feedback.kinds import KINDS
from schedules.core.ids import new_id
from schedules.core.tables import Base
from schedules.models import Station

# A mark is a tap on a face, and nobody waits for an answer to it. What has words, a photo or a wish for help is a case: open
# until somebody accepts it; waiting while the traveller is asked; over when it is answered, or merged into another.
MARK, OPEN, ACCEPTED, WAITING, ANSWERED, MERGED = "mark", "open", "accepted", "waiting", "answered", "merged"
UNDER_WAY = (OPEN, ACCEPTED, WAITING)


class Feedback(Base):
    """``id`` comes from the page, so that a second tap files nothing. ``kind`` is empty for a mark.

    ``playing`` is what the loudspeakers said then (``playing.py``); ``device`` stands for where it came from, for a day, and leads
    back to nobody (``floods.py``); ``flags`` tell what is odd about it; ``told_at`` is when the traveller last said something.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        Index("ix_feedback_inbox", "station_id", "state", "received_at"),
        Index("ix_feedback_calls", "kind", "state"),
        Index("ix_feedback_device", "device", "received_at"),
        Index("ix_feedback_received_at", "received_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    station_id: Mapped[str] = mapped_column(ForeignKey("stations.id"))
    received_at: Mapped[datetime]
    told_at: Mapped[datetime]
    channel: Mapped[str]  # kiosk or phone
    language: Mapped[str]
    device: Mapped[str]
    mood: Mapped[str] = mapped_column(default="")
    topic: Mapped[str] = mapped_column(default="")
    rule: Mapped[str] = mapped_column(default="")  # "cong-cong/xep-hang"
    kind: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    playing: Mapped[list[Any]] = mapped_column(JSON, default=list)
    flags: Mapped[list[Any]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(default=MARK)
    accepted_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    assignee: Mapped[str] = mapped_column(default="")
    forwarded_to: Mapped[str] = mapped_column(default="")
    escalated: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("feedback.id"))
    satisfied: Mapped[bool | None]

    station: Mapped[Station] = relationship()
    steps: Mapped[list[Step]] = relationship(order_by="Step.id", cascade="all, delete-orphan")
    files: Mapped[list[File]] = relationship(order_by="File.id", cascade="all, delete-orphan")
    contact: Mapped[Contact | None] = relationship(cascade="all, delete-orphan")
    consents: Mapped[list[Consent]] = relationship(order_by="Consent.id", cascade="all, delete-orphan")

    @property
    def restricted(self) -> bool:
        return self.kind in KINDS and KINDS[self.kind].restricted

    @property
    def urgent(self) -> bool:
        return self.kind in KINDS and KINDS[self.kind].urgent


class Step(Base):
    """One thing that happened. ``actor`` is an account's name, or empty for the traveller; ``shown`` to the traveller, too."""

    __tablename__ = "feedback_steps"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    feedback_id: Mapped[str] = mapped_column(ForeignKey("feedback.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    act: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    shown: Mapped[bool] = mapped_column(default=False)
    files: Mapped[list[File]] = relationship(order_by="File.id")


class File(Base):
    """A photo or a voice of the traveller, or the proof of an answer; made anew by us, so that it holds nothing else."""

    __tablename__ = "feedback_files"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    feedback_id: Mapped[str] = mapped_column(ForeignKey("feedback.id"), index=True)
    step_id: Mapped[str | None] = mapped_column(ForeignKey("feedback_steps.id"))
    name: Mapped[str] = mapped_column(default="")  # of a document, as it was called
    mime: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Contact(Base):
    """How somebody may be reached: sealed (``sealing.py``), and there only as long as a consent stands."""

    __tablename__ = "feedback_contacts"

    feedback_id: Mapped[str] = mapped_column(ForeignKey("feedback.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Consent(Base):
    """For one purpose, with the words that were agreed to."""

    __tablename__ = "feedback_consents"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    feedback_id: Mapped[str] = mapped_column(ForeignKey("feedback.id"), index=True)
    purpose: Mapped[str]
    wording: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

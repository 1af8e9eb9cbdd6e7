"""Messages: what may be said, in which words, with which blanks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schedules.core.ids import new_id
from schedules.core.tables import Base
from schedules.models.stations import Station

# What a message is about, most important first. The order settles who goes first inside one priority class.
CATEGORIES = ("emergency", "live", "operational", "safety", "conduct", "service", "campaign")
LEVELS = {"emergency": 0, "live": 1, "operational": 2, "safety": 2, "conduct": 3, "service": 4, "campaign": 5}

# What a blank may hold. The type decides how a value is checked and written, see ``wording``.
BLANK_TYPES = ("time", "date", "number", "money", "platform", "service", "place", "text")


class Message(Base):
    """``blanks`` maps a blank's name to its type; ``rule`` names the conduct rule it serves, with its source.

    ``station`` is the one whose own message it is; without one it serves every station.
    """

    __tablename__ = "messages"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    category: Mapped[str]
    topic: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    chime: Mapped[str] = mapped_column(default="standard")
    blanks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rule: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    retired: Mapped[bool] = mapped_column(default=False)
    station_id: Mapped[str | None] = mapped_column(ForeignKey("stations.id"))
    station: Mapped[Station | None] = relationship()
    wordings: Mapped[list[Wording]] = relationship(
        back_populates="message", order_by="Wording.position", cascade="all, delete-orphan"
    )


class Wording(Base):
    """The words in one language, with blanks in braces: "Tàu {service} khởi hành lúc {time}."

    ``spoken`` overrides the reading where staff know better; ``clip`` names a recording that sounds instead of a voice.
    """

    __tablename__ = "wordings"
    __table_args__ = (UniqueConstraint("message_id", "language"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"))
    language: Mapped[str]
    position: Mapped[int]
    text: Mapped[str]
    spoken: Mapped[str] = mapped_column(default="")
    clip: Mapped[str] = mapped_column(default="", server_default="")
    message: Mapped[Message] = relationship(back_populates="wordings")

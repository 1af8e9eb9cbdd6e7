"""Table: good examples."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schedules.core.ids import new_id
from schedules.core.tables import Base
from schedules.models import Station


class GoodExample(Base):
    """``form`` is a key of words.FORMS. Shown while ``published_at`` is set; ``agreed``: whoever is named agreed to it.

    ``feedback_id``: the feedback in which a traveller put the person forward.
    """

    __tablename__ = "good_examples"
    __table_args__ = (Index("ix_good_examples_shown", "station_id", "published_at"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    station_id: Mapped[str] = mapped_column(ForeignKey("stations.id"))
    person: Mapped[str]
    title: Mapped[str]
    story: Mapped[str]
    form: Mapped[str]
    issuer: Mapped[str]
    honoured_on: Mapped[date]
    agreed: Mapped[bool]
    written_by: Mapped[str]
    written_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    feedback_id: Mapped[str | None] = mapped_column(ForeignKey("feedback.id"))

    station: Mapped[Station] = relationship()

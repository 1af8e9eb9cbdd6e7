"""A station's exceptions to the ordinary calendar."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from schedules.core.ids import new_id
from schedules.core.tables import Base

EXCEPTION_KINDS = ("closed", "holiday", "working")


class CalendarException(Base):
    """Days (both ends included) on which a station is closed, or the city declared a holiday or a working day."""

    __tablename__ = "calendar_exceptions"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    station_id: Mapped[str] = mapped_column(ForeignKey("stations.id"))
    first: Mapped[date]
    last: Mapped[date]
    kind: Mapped[str]
    note: Mapped[str] = mapped_column(default="")

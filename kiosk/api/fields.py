"""What several answers are made of."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from schedules.core.clock import iso_local
from schedules.models import PRIORITIES, Zone

# As everywhere in files: 2026-11-24T07:30:00.000+07:00.
Moment = Annotated[
    datetime,
    PlainSerializer(iso_local, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
DAY = "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def _day(text: object) -> date:
    if not re.match(DAY, str(text)):
        raise ValueError(text)
    return date.fromisoformat(str(text))


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": DAY}),
]


def _whole(number: object) -> object:
    """JSON knows only numbers: 2.0 is whole, too."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


WHOLE = BeforeValidator(_whole)
Key = Annotated[str, Field(min_length=1, max_length=200, description="A key of a station, zone or message.")]
Priority = Literal["normal", "priority", "urgent"]
Language = Literal["vi", "en"]

PRIORITY_NAMES: dict[int, Priority] = {number: name for name, number in PRIORITIES.items()}  # type: ignore[misc]


class Where(BaseModel):
    """A zone, and its station: both by key, both by name."""

    zone: str
    zone_name: str
    station: str
    station_name: str

    @classmethod
    def of(cls, zone: Zone) -> Where:
        return cls(
            zone=zone.key,
            zone_name=zone.name,
            station=zone.station.key,
            station_name=zone.station.name,
        )

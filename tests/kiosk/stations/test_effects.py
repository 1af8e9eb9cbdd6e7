"""What a change would do is what the planner would then plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from factories import bring_in, station
from sqlalchemy.orm import Session

from kiosk.stations.effects import SHOWN, of_days, of_zone
from kiosk.stations.operations import settings_of
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.document import ExceptionEntry
from schedules.models import Zone
from schedules.operations import get_zone
from schedules.planner import plan_station

DAY = date(2027, 6, 7)
QUARTERS = {
    "key": "moi-15-phut",
    "message": "xep-hang",
    "trigger": {"kind": "every", "minutes": 15, "from": "06:00", "to": "22:00"},
    "days": {"holidays": "never"},
}


@pytest.fixture
def session(database: Database, tmp_path: Path) -> Any:
    bring_in(database, tmp_path, station(QUARTERS), utcnow())
    with database.read() as session:
        yield session


@pytest.fixture
def zone(session: Session) -> Zone:
    return get_zone(session, "sanh")


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"budget_minutes": 0.2},
        {"gap_seconds": 3600.0},
        {"quiet": [{"from": "21:00", "to": "07:10"}]},
    ],
)
def test_the_plan_after_is_the_planners(session: Session, zone: Zone, wanted: dict[str, Any]) -> None:
    effect = of_zone(session, zone, settings_of(zone) | wanted, DAY)
    with session.no_autoflush:
        for name, value in wanted.items():
            setattr(zone, name, value)
        places = [planned.place for planned in plan_station(zone.station, DAY, session, ())]
    here = [place for place in places if place.zone == zone.id]
    assert effect.after.giving_way == sum(bool(place.way_code) for place in here)
    assert effect.after.said == sum(not place.way_code for place in here)


def test_without_a_change_nothing_is_lost(session: Session, zone: Zone) -> None:
    effect = of_zone(session, zone, settings_of(zone), DAY)
    assert effect.before == effect.after
    assert (effect.losses, effect.lost) == (0, [])


def test_what_would_be_lost_is_told_by_time_and_not_all_of_it(session: Session, zone: Zone) -> None:
    effect = of_zone(session, zone, settings_of(zone) | {"budget_minutes": 0.0}, DAY)
    assert effect.losses == effect.before.said == 65
    assert len(effect.lost) == SHOWN
    assert [one.at for one in effect.lost] == sorted(one.at for one in effect.lost)
    assert {one.code for one in effect.lost} == {"budget"}


def test_nothing_of_it_reaches_the_database(session: Session, zone: Zone) -> None:
    of_zone(session, zone, settings_of(zone) | {"budget_minutes": 0.0}, DAY)
    assert not session.dirty
    assert not session.new


@pytest.mark.parametrize("kind, left", [("closed", 0), ("holiday", 0), ("working", 130)])
def test_days_are_counted_on_the_first_that_is_ahead(
    session: Session, zone: Zone, kind: Any, left: int
) -> None:
    entry = ExceptionEntry(first=date(2027, 6, 1), last=date(2027, 6, 9), kind=kind)
    effect = of_days(session, zone.station, entry, DAY)
    assert (effect.day, effect.before.said, effect.after.said) == (DAY, 130, left)

"""Schedules that say nothing on a day, on its plan and its check."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from schedules.core import changes
from schedules.core.clock import local_date
from schedules.models import CalendarException, Schedule
from schedules.operations import all_stations

Place = Any


def test_schedules_that_say_nothing_on_a_day_are_listed_with_the_reason(place: Place) -> None:
    today = local_date(place.now)
    assert "không phát ngày này" not in place.get("/plan")
    with place.database.write() as session:
        session.execute(update(Schedule).values(valid_to=today))
        changes.touch(session, changes.SCHEDULES)
    assert "không phát ngày này" not in place.get("/plan")
    page = place.get(f"/plan?date={today + timedelta(days=1)}")
    assert "1 lịch không phát ngày này, và vì sao" in page
    assert 'href="/schedules/moi-gio">Xếp hàng</a>' in page
    assert f"Lịch này đã hết hạn sau {today.day}/{today.month}/{today.year}." in page


def test_what_schedules_were_like_on_a_day_that_is_over_is_not_guessed(place: Place) -> None:
    today = local_date(place.now)
    with place.database.write() as session:
        session.execute(update(Schedule).values(valid_from=today))
        changes.touch(session, changes.SCHEDULES)
    assert "không phát ngày này" not in place.get(f"/plan?date={today - timedelta(days=1)}")


@pytest.fixture
def closed(place: Place) -> date:
    """A day on which the station is closed, so that its one schedule says nothing."""
    day = local_date(place.now) + timedelta(days=2)
    with place.database.write() as session:
        [home] = all_stations(session)
        session.add(CalendarException(station_id=home.id, first=day, last=day, kind="closed"))
        changes.touch(session, changes.SCHEDULES)
    return day


@pytest.mark.parametrize("path", ["/plan", "/plan/check"])
def test_a_day_on_which_no_schedule_speaks_says_so_and_shows_why(
    place: Place, closed: date, path: str
) -> None:
    page = place.get(f"{path}?date={closed}")
    assert "Ngày này không lịch nào phát." in page
    assert "lập kế hoạch" not in page
    assert "<details open>" in page
    assert 'href="/schedules/moi-gio">Xếp hàng</a>' in page

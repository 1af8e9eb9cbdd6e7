from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.core.clock import LOCAL
from schedules.days.calendars import Calendar, Period
from schedules.days.day_types import DayType
from schedules.triggers import EveryMinutes, FixedTimes, Moment, Trigger, moments_on
from tests.schedules.triggers.strategies import dates, day_types, departures_near, triggers

EVERY_DAY = DayType()
ORDINARY = Calendar()
NIGHT = EveryMinutes.from_data({"minutes": 60, "from": "22:00", "to": "02:00"})


def clock(moments: list[Moment]) -> list[str]:
    return [f"{moment.at:%H:%M}" for moment in moments]


@given(triggers, dates, st.data())
def test_moments_are_sorted_unique_aware_and_local(trigger: Trigger, day: date, data: st.DataObject) -> None:
    moments = trigger.moments(day, data.draw(departures_near(day)))
    assert [moment.at for moment in moments] == sorted(moment.at for moment in moments)
    assert len(set(moments)) == len(moments)
    assert {moment.at.tzinfo for moment in moments} <= {LOCAL}


@given(triggers, dates, st.data())
def test_every_moment_of_a_service_day_falls_on_a_date_within_reach(
    trigger: Trigger, day: date, data: st.DataObject
) -> None:
    within_reach = {day - timedelta(days=offset) for offset in trigger.reach}
    moments = trigger.moments(day, data.draw(departures_near(day)))
    assert {moment.at.date() for moment in moments} <= within_reach


@given(triggers, dates, st.data())
def test_every_moment_of_a_date_has_exactly_one_service_day(
    trigger: Trigger, day: date, data: st.DataObject
) -> None:
    departures = data.draw(departures_near(day))
    around = [day + timedelta(days=offset) for offset in range(-4, 5)]
    of_service_days = [moment for found in around for moment in trigger.moments(found, departures)]
    assert len(set(of_service_days)) == len(of_service_days)
    on_the_date = moments_on(trigger, EVERY_DAY, ORDINARY, day, departures)
    assert set(on_the_date) == {moment for moment in of_service_days if moment.at.date() == day}
    assert len(set(on_the_date)) == len(on_the_date)
    assert [moment.at for moment in on_the_date] == sorted(moment.at for moment in on_the_date)


@given(triggers, day_types, dates, st.data())
def test_a_day_type_keeps_or_drops_a_service_day_as_a_whole(
    trigger: Trigger, days: DayType, day: date, data: st.DataObject
) -> None:
    departures = data.draw(departures_near(day))
    around = [day + timedelta(days=offset) for offset in range(-3, 4)]
    planned = {
        moment for found in around for moment in moments_on(trigger, days, ORDINARY, found, departures)
    }
    moments = set(trigger.moments(day, departures))
    assert planned & moments == (moments if days.matches(day, ORDINARY) else set())


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 4, 30), date(2026, 5, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2028, 2, 28), date(2028, 2, 29)),
    ],
)
def test_a_window_over_midnight_crosses_the_end_of_month_and_year(day: date, after: date) -> None:
    only_that_day = DayType(weekdays=frozenset(), dates=frozenset({day}))
    assert clock(moments_on(NIGHT, only_that_day, ORDINARY, day)) == ["22:00", "23:00"]
    assert clock(moments_on(NIGHT, only_that_day, ORDINARY, after)) == ["00:00", "01:00", "02:00"]


def test_the_early_hours_follow_the_day_type_of_the_evening_before() -> None:
    saturdays = DayType(weekdays=frozenset({"sat"}))
    friday, saturday, sunday, monday = (date(2026, 6, day) for day in (5, 6, 7, 8))
    assert moments_on(NIGHT, saturdays, ORDINARY, friday) == []
    assert clock(moments_on(NIGHT, saturdays, ORDINARY, saturday)) == ["22:00", "23:00"]
    assert clock(moments_on(NIGHT, saturdays, ORDINARY, sunday)) == ["00:00", "01:00", "02:00"]
    assert moments_on(NIGHT, saturdays, ORDINARY, monday) == []


def test_on_an_ordinary_date_the_tail_of_yesterday_comes_before_the_evening() -> None:
    assert clock(moments_on(NIGHT, EVERY_DAY, ORDINARY, date(2026, 6, 6))) == [
        "00:00",
        "01:00",
        "02:00",
        "22:00",
        "23:00",
    ]


def test_the_night_into_a_closed_day_is_still_said() -> None:
    closed = Calendar(closed=(Period(date(2026, 6, 6), date(2026, 6, 6)),))
    assert clock(moments_on(NIGHT, EVERY_DAY, closed, date(2026, 6, 6))) == ["00:00", "01:00", "02:00"]
    assert clock(moments_on(NIGHT, EVERY_DAY, closed, date(2026, 6, 7))) == ["22:00", "23:00"]


def test_a_moment_without_a_departure_fills_no_blanks() -> None:
    moment = FixedTimes((8 * 3600,)).moments(date(2026, 6, 6))[0]
    assert moment.at == datetime(2026, 6, 6, 8, tzinfo=LOCAL)
    assert moment.departure is None
    assert moment.values == {}

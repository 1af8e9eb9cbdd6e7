"""Working hours: laws that hold for any two moments, and days as the calendar of Hà Nội has them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases.clocks import Clock, windows_from
from schedules.core.clock import LOCAL
from schedules.core.errors import UserError
from schedules.days.calendars import Calendar

OFFICE = Clock(windows_from("08:00-12:00, 13:30-17:30"), Calendar())
HOUR = timedelta(hours=1)
MOMENTS = st.integers(0, 600 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=minutes)
)
LENGTHS = st.timedeltas(timedelta(), timedelta(days=20))
ALLOWANCES = st.timedeltas(timedelta(minutes=1), timedelta(hours=100))


def at(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=LOCAL)


@given(MOMENTS, ALLOWANCES)
def test_when_it_is_due_just_that_much_has_been_worked(start: datetime, allowance: timedelta) -> None:
    assert OFFICE.worked(start, OFFICE.due(start, allowance)) == allowance


@given(MOMENTS, LENGTHS, LENGTHS)
def test_what_is_worked_adds_up(start: datetime, first: timedelta, second: timedelta) -> None:
    middle, end = start + first, start + first + second
    assert OFFICE.worked(start, end) == OFFICE.worked(start, middle) + OFFICE.worked(middle, end)


@given(MOMENTS, LENGTHS)
def test_nobody_works_more_than_the_clock_goes_or_than_eight_hours_a_day(
    start: datetime, length: timedelta
) -> None:
    worked = OFFICE.worked(start, start + length)
    assert timedelta() <= worked <= length
    assert worked <= 8 * HOUR * (length.days + 2)


@given(MOMENTS, ALLOWANCES, LENGTHS)
def test_who_comes_later_is_due_no_earlier(start: datetime, allowance: timedelta, later: timedelta) -> None:
    assert OFFICE.due(start, allowance) <= OFFICE.due(start + later, allowance)


@pytest.mark.parametrize(
    "start, hours, end",
    [
        ("17/11/2026 08:00", 8, "17/11/2026 17:30"),  # a Tuesday
        ("17/11/2026 10:00", 4, "17/11/2026 15:30"),  # over noon
        ("17/11/2026 23:00", 1, "18/11/2026 09:00"),
        ("23/11/2026 17:00", 1, "25/11/2026 08:30"),  # over the Day of Vietnamese Culture
        ("20/11/2026 17:00", 8, "23/11/2026 17:00"),  # over a weekend
        ("21/11/2026 09:00", 1, "23/11/2026 09:00"),  # on a Saturday
        (
            "30/04/2027 09:00",
            1,
            "04/05/2027 09:00",
        ),  # 30/4, 1/5 on a Saturday, so the Monday after it is free
    ],
)
def test_days_of_hanoi(start: str, hours: float, end: str) -> None:
    assert OFFICE.due(at(start), hours * HOUR) == at(end)


def test_a_day_off_of_the_city_and_a_saturday_that_is_worked_count() -> None:
    exceptions = [
        ("holiday", at("18/11/2026 00:00").date(), at("18/11/2026 00:00").date(), "Nghỉ bão"),
        ("working", at("21/11/2026 00:00").date(), at("21/11/2026 00:00").date(), "Làm bù"),
    ]
    clock = Clock(OFFICE.windows, Calendar.from_exceptions(exceptions))
    assert clock.due(at("17/11/2026 17:00"), HOUR) == at("19/11/2026 08:30")
    assert clock.due(at("20/11/2026 17:00"), HOUR) == at("21/11/2026 08:30")


@pytest.mark.parametrize(
    "text", ["", "8-12", "08:00-25:00", "12:00-08:00", "08:00-12:00, 11:00-17:00", "08:00-12:00;13:00-17:00"]
)
def test_windows_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(UserError):
        windows_from(text)


def test_a_calendar_without_a_working_day_is_told() -> None:
    closed = Calendar.from_exceptions(
        [("closed", at("01/01/2026 00:00").date(), at("01/01/2029 00:00").date(), "")]
    )
    with pytest.raises(UserError, match="no working hours"):
        Clock(OFFICE.windows, closed).due(at("17/11/2026 08:00"), HOUR)

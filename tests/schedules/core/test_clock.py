from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schedules.core.clock import at_local, day_bounds, iso_local, local_date, to_local, utcnow

moments = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
days = st.dates(date(1980, 1, 1), date(2100, 1, 1))


def test_now_is_aware_and_utc() -> None:
    assert utcnow().tzinfo is UTC


def test_hanoi_is_seven_hours_ahead() -> None:
    assert to_local(datetime(2026, 11, 24, 17, tzinfo=UTC)).isoformat() == "2026-11-25T00:00:00+07:00"


def test_the_evening_of_greenwich_is_the_next_day_in_hanoi() -> None:
    assert local_date(datetime(2026, 11, 24, 17, tzinfo=UTC)) == date(2026, 11, 25)
    assert local_date(datetime(2026, 11, 24, 16, 59, tzinfo=UTC)) == date(2026, 11, 24)


def test_a_time_of_day_in_hanoi_is_a_moment() -> None:
    assert at_local(date(2026, 11, 24), time(5)) == datetime(2026, 11, 23, 22, tzinfo=UTC)


@given(days, st.times())
def test_a_time_of_day_belongs_to_its_day(day: date, clock: time) -> None:
    local = to_local(at_local(day, clock))
    assert (local.date(), local.time()) == (day, clock)


@given(days)
def test_days_follow_each_other_without_a_gap_and_last_24_hours(day: date) -> None:
    start, end = day_bounds(day)
    assert end == day_bounds(day + timedelta(days=1))[0]
    assert end - start == timedelta(hours=24)


@given(moments)
def test_a_moment_lies_within_its_local_day(moment: datetime) -> None:
    start, end = day_bounds(local_date(moment))
    assert start <= moment < end


@given(moments)
def test_what_is_written_for_people_can_be_read_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert datetime.fromisoformat(iso_local(moment) or "") == moment


def test_no_moment_is_written_as_nothing() -> None:
    assert iso_local(None) is None


def test_a_moment_is_written_with_its_zone() -> None:
    assert iso_local(datetime(2026, 11, 24, 0, 30, tzinfo=UTC)) == "2026-11-24T07:30:00.000+07:00"

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schedules.core.clock import LOCAL
from schedules.core.errors import UserError
from schedules.triggers import Departure, ListedDepartures, NoDepartures, departures_around

EVENING = datetime(2026, 6, 6, 19, 30, tzinfo=LOCAL)


def test_a_departure_fills_the_blanks_it_knows() -> None:
    departure = Departure("SE1", "Sài Gòn", EVENING, platform="2", gate="B")
    assert departure.values == {
        "service": "SE1",
        "place": "Sài Gòn",
        "time": "19:30",
        "timetabled": "19:30",
        "platform": "2",
        "gate": "B",
    }
    assert "platform" not in Departure("SE1", "Sài Gòn", EVENING).values


def test_a_late_departure_gives_the_time_it_is_expected_at() -> None:
    departure = Departure("SE1", "Sài Gòn", EVENING.astimezone(UTC), delay=45)
    assert departure.expected_at == EVENING + timedelta(minutes=45)
    assert departure.values["time"] == "20:15"
    assert departure.values["timetabled"] == "19:30"
    assert departure.values["delay"] == "45"


def test_the_service_day_is_the_local_date_unless_the_timetable_says_the_day_before() -> None:
    after_midnight = datetime(2026, 6, 5, 17, 30, tzinfo=UTC)
    assert Departure("32", "Nhổn", after_midnight).day == date(2026, 6, 6)
    assert Departure("32", "Nhổn", after_midnight, service_day=date(2026, 6, 5)).day == date(2026, 6, 5)


def test_a_departure_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(UserError, match="a time without a zone"):
        Departure("SE1", "Sài Gòn", EVENING.replace(tzinfo=None))
    with pytest.raises(UserError, match="The delay of SE1 is -5 minutes"):
        Departure("SE1", "Sài Gòn", EVENING, delay=-5)
    with pytest.raises(UserError, match="The service day of SE1"):
        Departure("SE1", "Sài Gòn", EVENING, service_day=date(2026, 6, 4))


def test_a_list_gives_those_from_start_to_before_end_in_order() -> None:
    late, early = (
        Departure("SE3", "Sài Gòn", EVENING + timedelta(hours=1)),
        Departure("SE1", "Sài Gòn", EVENING),
    )
    source = ListedDepartures([late, early])
    assert source.departures("ga-ha-noi", EVENING, EVENING + timedelta(hours=2)) == [early, late]
    assert source.departures("ga-ha-noi", EVENING, EVENING + timedelta(hours=1)) == [early]
    assert NoDepartures().departures("ga-ha-noi", EVENING, EVENING + timedelta(hours=1)) == ()


def test_around_a_day_are_the_two_days_before_and_the_day_after() -> None:
    source = ListedDepartures(
        Departure(str(offset), "Nhổn", datetime(2026, 6, 6, tzinfo=LOCAL) + timedelta(days=offset))
        for offset in range(-4, 5)
    )
    found = departures_around(source, "ga-ha-noi", date(2026, 6, 6))
    assert [departure.service for departure in found] == ["-2", "-1", "0", "1"]

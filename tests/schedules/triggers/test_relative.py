from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from schedules.core.clock import LOCAL
from schedules.core.errors import UserError
from schedules.days.calendars import Calendar
from schedules.days.day_types import DayType
from schedules.triggers import Departure, RelativeToDeparture, moments_on
from schedules.when import read_when

SATURDAY = date(2026, 6, 6)
SUNDAY = date(2026, 6, 7)
SE1 = Departure("SE1", "Sài Gòn", datetime(2026, 6, 6, 19, 30, tzinfo=LOCAL), platform="2")
TN1 = Departure("TN1", "Vinh", datetime(2026, 6, 6, 19, 40, tzinfo=LOCAL), platform="1")
SE9 = Departure("SE9", "Sài Gòn", datetime(2026, 6, 7, 0, 5, tzinfo=LOCAL))
BOARD = [SE1, TN1, SE9]


def trigger(*minutes: int, **filters: Any) -> RelativeToDeparture:
    return RelativeToDeparture.from_data({"kind": "departure", "minutes": list(minutes), **filters})


def on(found: RelativeToDeparture, day: date, days: DayType | None = None) -> list[str]:
    moments = moments_on(found, days or DayType(), Calendar(), day, BOARD)
    return [f"{moment.at:%d %H:%M} {moment.values['service']}" for moment in moments]


def test_each_departure_is_announced_before_it_leaves() -> None:
    assert on(trigger(-15, -5), SATURDAY) == [
        "06 19:15 SE1",
        "06 19:25 SE1",
        "06 19:25 TN1",
        "06 19:35 TN1",
        "06 23:50 SE9",
    ]


def test_moments_carry_the_departure_and_its_values() -> None:
    moment = trigger(-15).moments(SATURDAY, BOARD)[0]
    assert moment.departure is SE1
    assert moment.values["place"] == "Sài Gòn"
    assert moment.values["platform"] == "2"


def test_filters_narrow_by_service_platform_and_kind() -> None:
    assert on(trigger(-5, services=["SE*"]), SATURDAY) == ["06 19:25 SE1"]
    assert on(trigger(-5, services=["SE1", "TN1"], platforms=["1"]), SATURDAY) == ["06 19:35 TN1"]
    assert on(trigger(-5, kinds=["arrival"]), SATURDAY) == []


def test_announcements_follow_a_delay() -> None:
    late = Departure("SE1", "Sài Gòn", SE1.departs_at, delay=300)
    (moment,) = trigger(-5).moments(SATURDAY, [late])
    assert moment.at == datetime(2026, 6, 7, 0, 25, tzinfo=LOCAL)
    assert moments_on(trigger(-5), DayType(), Calendar(), SUNDAY, [late]) == [moment]


def test_all_announcements_of_a_departure_share_its_service_day() -> None:
    sundays = DayType(weekdays=frozenset({"sun"}))
    assert on(trigger(-15, 5, services=["SE9"]), SATURDAY, sundays) == ["06 23:50 SE9"]
    assert on(trigger(-15, 5, services=["SE9"]), SUNDAY, sundays) == ["07 00:10 SE9"]
    saturdays = DayType(weekdays=frozenset({"sat"}))
    assert on(trigger(-15, services=["SE9"]), SATURDAY, saturdays) == []


def test_a_departure_listed_twice_is_announced_once() -> None:
    assert len(trigger(-5).moments(SATURDAY, [SE1, SE1])) == 1


def test_the_longest_delay_and_the_farthest_minutes_are_within_reach() -> None:
    last = Departure("SE1", "Sài Gòn", datetime(2026, 6, 6, 23, 59, tzinfo=LOCAL), delay=1440)
    assert len(moments_on(trigger(720), DayType(), Calendar(), SATURDAY + timedelta(days=2), [last])) == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "needs “minutes”"),
        ({"minutes": -5}, "must be a list"),
        ({"minutes": []}, "empty list"),
        ({"minutes": [-900]}, "from -720 to 720"),
        ({"minutes": [-5], "services": [32]}, "the number 32"),
        ({"minutes": [-5], "service": ["SE1"]}, "has no “service”"),
    ],
)
def test_a_trigger_that_makes_no_sense_is_refused_with_a_sentence(
    data: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        RelativeToDeparture.from_data({"kind": "departure", **data})


@pytest.mark.parametrize(
    ("found", "vi", "en"),
    [
        (
            trigger(-15, -5, services=["SE*"]),
            "trước giờ khởi hành 15 và 5 phút, chuyến SE*",
            "15 and 5 minutes before departure, services SE*",
        ),
        (
            trigger(-5, 0, 10, platforms=["1", "2"]),
            "trước giờ khởi hành 5 phút, đúng giờ khởi hành và sau giờ khởi hành 10 phút, ke, làn 1 và 2",
            "5 minutes before departure, at departure and 10 minutes after departure, platforms 1 and 2",
        ),
    ],
)
def test_staff_read_it_in_both_languages(found: RelativeToDeparture, vi: str, en: str) -> None:
    assert found.describe("vi") == vi
    assert found.describe("en") == en


def test_the_kind_of_a_departure_is_told_in_vietnamese_and_read_again() -> None:
    every = RelativeToDeparture(minutes=(-5,), kinds=("departure",))
    told = every.describe("vi")
    assert "loại khởi hành" in told and "departure" not in told
    assert "kinds departure" in every.describe("en")
    assert read_when(told)[0] == every

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from schedules.core.clock import LOCAL
from schedules.core.errors import UserError
from schedules.triggers import EveryMinutes, FixedTimes
from tests.schedules.triggers.strategies import DAY, dates, every_minutes, fixed_times

SATURDAY = date(2026, 6, 6)


def every(minutes: int, start: str, end: str, **more: Any) -> EveryMinutes:
    return EveryMinutes.from_data({"kind": "every", "minutes": minutes, "from": start, "to": end, **more})


def times(*at: str) -> FixedTimes:
    return FixedTimes.from_data({"kind": "times", "at": list(at)})


def said(trigger: EveryMinutes | FixedTimes) -> list[str]:
    return [f"{moment.at:%d %H:%M:%S}" for moment in trigger.moments(SATURDAY)]


def test_fixed_times_come_in_order_and_once() -> None:
    assert said(times("17:00", "7:30", "07:30", "12:00:30")) == ["06 07:30:00", "06 12:00:30", "06 17:00:00"]


def test_a_time_from_24_00_on_is_in_the_night_after_the_day() -> None:
    assert said(times("23:30", "24:00", "29:59")) == ["06 23:30:00", "07 00:00:00", "07 05:59:00"]


def test_one_time_of_the_night_cannot_belong_to_two_days() -> None:
    with pytest.raises(UserError, match="25:00 and 01:00 are the same time of the night") as caught:
        times("01:00", "25:00")
    assert "01:00 for the night before the day" in caught.value.hint


@given(fixed_times(), dates)
def test_fixed_times_give_one_moment_for_each_time(trigger: FixedTimes, day: date) -> None:
    midnight = datetime.combine(day, datetime.min.time(), LOCAL)
    assert [int((moment.at - midnight).total_seconds()) for moment in trigger.moments(day)] == list(
        trigger.at
    )


def test_both_ends_of_a_window_are_included() -> None:
    assert said(every(60, "06:00", "09:00")) == ["06 06:00:00", "06 07:00:00", "06 08:00:00", "06 09:00:00"]
    assert said(every(60, "06:00", "08:59"))[-1] == "06 08:00:00"


def test_offset_moves_all_moments_and_not_the_window() -> None:
    assert said(every(60, "06:00", "08:10", offset=15)) == ["06 06:15:00", "06 07:15:00"]


def test_a_window_that_ends_before_it_starts_runs_over_midnight() -> None:
    over_midnight = ["06 22:00:00", "07 00:00:00", "07 02:00:00"]
    assert said(every(120, "22:00", "02:00")) == over_midnight
    assert said(every(120, "22:00", "26:00")) == over_midnight


@pytest.mark.parametrize(("start", "end"), [("00:00", "24:00"), ("00:00", "00:00"), ("06:00", "06:00")])
def test_a_whole_day_leaves_its_end_to_the_next_day(start: str, end: str) -> None:
    assert every(1, start, end).count == 1440
    assert len(every(1, start, end).moments(SATURDAY)) == 1440
    assert len(every(50, start, end).moments(SATURDAY)) == 29


@given(every_minutes(), dates)
def test_moments_lie_within_the_window_at_even_steps(trigger: EveryMinutes, day: date) -> None:
    opens = datetime.combine(day, datetime.min.time(), LOCAL) + timedelta(seconds=trigger.start)
    moments = [moment.at for moment in trigger.moments(day)]
    assert moments[0] == opens + timedelta(minutes=trigger.offset)
    assert moments[-1] <= opens + timedelta(seconds=trigger.length)
    assert {later - earlier for earlier, later in pairwise(moments)} <= {timedelta(minutes=trigger.minutes)}


@given(every_minutes(), dates)
def test_there_is_one_moment_more_than_steps_that_fit(trigger: EveryMinutes, day: date) -> None:
    room = trigger.length - trigger.offset * 60
    fitting = room // (trigger.minutes * 60)
    shared_end = trigger.length == DAY and room % (trigger.minutes * 60) == 0
    assert len(trigger.moments(day)) == trigger.count == fitting + (0 if shared_end else 1)
    assert trigger.count <= 1440


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"minutes": 20, "from": "06:00"}, "needs “to”"),
        ({"minutes": 0, "from": "06:00", "to": "22:00"}, "a whole number from 1 to 1440"),
        ({"minutes": True, "from": "06:00", "to": "22:00"}, "“minutes” is True"),
        ({"minutes": 20, "from": "24:00", "to": "26:00"}, "does not fit into a day"),
        ({"minutes": 20, "from": "00:00", "to": "29:00"}, "does not fit into a day"),
        ({"minutes": 20, "from": "06:00", "to": "22:00", "offset": 20}, "must be less than the 20 minutes"),
        ({"minutes": 20, "from": "06:00", "to": "06:10", "offset": 15}, "is over before its first moment"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused_with_a_sentence(data: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        EveryMinutes.from_data({"kind": "every", **data})


@pytest.mark.parametrize(
    ("trigger", "vi", "en"),
    [
        (every(20, "06:00", "22:00"), "mỗi 20 phút, 6h–22h", "every 20 minutes, 06:00–22:00"),
        (
            every(30, "22:00", "02:00"),
            "mỗi 30 phút, 22h–2h hôm sau",
            "every 30 minutes, 22:00–02:00 next day",
        ),
        (every(60, "06:30", "22:00", offset=15), "mỗi giờ, 6h45–22h", "every hour, 06:45–22:00"),
        (every(120, "00:00", "24:00"), "mỗi 2 giờ, suốt ngày đêm", "every 2 hours, day and night"),
        (every(1, "07:00", "07:05"), "mỗi phút, 7h–7h05", "every minute, 07:00–07:05"),
        (
            times("07:30", "12:00:30", "25:00"),
            "lúc 7h30, 12h00:30 và 1h hôm sau",
            "at 07:30, 12:00:30 and 01:00 next day",
        ),
    ],
)
def test_staff_read_it_in_both_languages(trigger: EveryMinutes | FixedTimes, vi: str, en: str) -> None:
    assert trigger.describe("vi") == vi
    assert trigger.describe("en") == en

"""Quiet hours, volume and whose turn it is."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.core.clock import at_local, day_bounds
from schedules.core.errors import UserError
from schedules.models import CATEGORIES
from schedules.policies import MANNERS, clock_time, clock_windows, departure_guards, turn_of, volume_db

DAY = date(2026, 11, 24)
NIGHT = {"from": "22:30", "to": "05:00"}
NOON = {"from": "12:00", "to": "13:00"}


def inside(windows: list[dict[str, Any]], clock: str, day: date = DAY) -> bool:
    stamp = at_local(day, time.fromisoformat(clock)).timestamp()
    return any(start <= stamp < end for start, end in clock_windows(windows, DAY))


# ------------------------------------------------------------------------------------------------- the windows

INSIDE = {"00:00": True, "04:59:59": True, "05:00": False, "22:29:59": False, "22:30": True, "23:59:59": True}


@pytest.mark.parametrize(("clock", "expected"), INSIDE.items(), ids=INSIDE)
def test_a_window_over_midnight_covers_both_ends_of_the_day(clock: str, expected: bool) -> None:
    assert inside([NIGHT], clock) is expected


@pytest.mark.parametrize(("clock", "expected"), [("11:59:59", False), ("12:00", True), ("13:00", False)])
def test_a_window_has_its_start_and_not_its_end(clock: str, expected: bool) -> None:
    assert inside([NOON], clock) is expected


def test_a_window_that_ends_as_it_starts_is_the_whole_day() -> None:
    assert all(
        inside([{"from": "06:00", "to": "06:00"}], clock) for clock in ("00:00", "05:59", "06:00", "23:59")
    )


def test_a_window_at_the_start_of_the_next_day_is_known_before_midnight() -> None:
    """What is due at 23:59 sounds, or finds room, after midnight."""
    assert inside([{"from": "00:00", "to": "05:00"}], "00:01", DAY + timedelta(days=1))


def test_no_windows_are_no_spans() -> None:
    assert clock_windows([], DAY) == ()


clocks = st.times().map(lambda found: f"{found:%H:%M}")


@given(clocks, clocks, st.integers(0, 86399))
def test_a_window_covers_what_the_clock_says(start: str, end: str, second: int) -> None:
    clock = f"{timedelta(seconds=second)!s:0>8}"
    over_midnight = end <= start
    expected = (clock >= start or clock < end) if over_midnight else start <= clock < end
    assert inside([{"from": start, "to": end}], clock) is expected


@given(st.lists(st.builds(lambda start, end: {"from": start, "to": end}, clocks, clocks), max_size=4))
def test_spans_are_in_order_and_never_empty(windows: list[dict[str, str]]) -> None:
    spans = clock_windows(windows, DAY)
    assert list(spans) == sorted(spans)
    assert all(start < end for start, end in spans)


@pytest.mark.parametrize(
    "text", ["24:00", "7:30", "0730", "07", "07:60", "T07:30", "07:30+07:00", "", "noon", 450, None]
)
def test_what_is_no_time_of_day_is_refused(text: Any) -> None:
    with pytest.raises(UserError, match="is not a time of day") as caught:
        clock_time(text)
    assert caught.value.hint == 'Write it as "22:30", in quotes.'


@pytest.mark.parametrize(
    ("text", "expected"), [("00:00", time()), ("07:30", time(7, 30)), ("23:59:59", time(23, 59, 59))]
)
def test_a_time_of_day_is_read(text: str, expected: time) -> None:
    assert clock_time(text) == expected


def test_a_departure_is_spared_from_three_minutes_before_to_one_after() -> None:
    at = datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert departure_guards([at]) == ((at.timestamp() - 180, at.timestamp() + 60),)


# -------------------------------------------------------------------------------------------------- the volume

VOLUMES: list[dict[str, Any]] = [NIGHT | {"db": -9}, {"from": "04:00", "to": "08:00", "db": -3}]


@pytest.mark.parametrize(
    ("clock", "db"), [("23:00", -9), ("03:00", -9), ("04:30", -9), ("05:00", -3), ("08:00", 0), ("12:00", 0)]
)
def test_the_first_window_that_holds_sets_the_volume(clock: str, db: float) -> None:
    assert volume_db(VOLUMES, at_local(DAY, time.fromisoformat(clock)), DAY) == db


def test_without_windows_the_volume_is_as_it_is() -> None:
    assert volume_db([], day_bounds(DAY)[0], DAY) == 0.0


# --------------------------------------------------------------------------------------------------- the turns

weight_lists = st.lists(st.integers(1, 12), min_size=1, max_size=7)


def cycle(weights: list[int], start: int = 0) -> list[int]:
    return [turn_of(weights, ordinal) for ordinal in range(start, start + sum(weights))]


@given(weight_lists, st.integers(0, 10**7))
def test_over_a_full_cycle_each_has_as_many_turns_as_its_weight(weights: list[int], start: int) -> None:
    assert Counter(cycle(weights, start)) == dict(enumerate(weights))


@given(weight_lists.filter(lambda weights: 2 * max(weights) <= sum(weights)), st.integers(0, 10**7))
def test_nobody_has_two_turns_in_a_row_where_that_can_be_avoided(weights: list[int], start: int) -> None:
    turns = [turn_of(weights, ordinal) for ordinal in range(start, start + 2 * sum(weights))]
    assert all(turn != following for turn, following in pairwise(turns))


@given(st.integers(1, 40), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_who_must_have_turns_in_a_row_has_them_spread_evenly(heavy: int, light: list[int]) -> None:
    weights = [max(heavy, sum(light)), *light]
    turns = cycle(weights)
    others = [i for i, turn in enumerate(turns) if turn]
    runs = [
        after - before - 1
        for before, after in zip(others, [*others[1:], others[0] + len(turns)], strict=True)
    ]
    assert max(runs) - min(runs) <= 1


@given(weight_lists, st.integers(0, 10**7))
def test_the_same_moment_always_gives_the_same_turn(weights: list[int], ordinal: int) -> None:
    assert turn_of(weights, ordinal) == turn_of(list(weights), ordinal + sum(weights))


@given(st.lists(st.just(1), min_size=1, max_size=9))
def test_equal_weights_go_round_in_order(weights: list[int]) -> None:
    assert cycle(weights) == list(range(len(weights)))


def test_the_heaviest_weights_that_a_file_may_have_can_be_arranged() -> None:
    assert Counter(cycle([100] * 10)) == dict.fromkeys(range(10), 100)


def test_every_category_has_its_manners() -> None:
    assert set(MANNERS) == set(CATEGORIES)


def test_what_keeps_people_safe_is_never_given_up() -> None:
    assert {name for name, manners in MANNERS.items() if not manners.way and not manners.keeps_quiet} == {
        "emergency",
        "live",
        "operational",
        "safety",
    }

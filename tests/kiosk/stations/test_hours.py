"""The bar of 24 hours says what ``schedules.policies`` does."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.stations.hours import DAY, Stretch, in_words, stretches
from schedules.core.clock import day_bounds
from schedules.policies import clock_windows, volume_db

ANY_DAY = date(2026, 11, 24)
clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
quiets = st.lists(st.fixed_dictionaries({"from": clocks, "to": clocks}), max_size=4)
volumes = st.lists(
    st.fixed_dictionaries({"from": clocks, "to": clocks, "db": st.integers(-40, 6)}), max_size=4
)


def window(start: str, end: str, **more: Any) -> dict[str, Any]:
    return {"from": start, "to": end, **more}


@given(volumes, quiets)
def test_the_stretches_follow_each_other_through_the_whole_day(volume: Any, quiet: Any) -> None:
    found = stretches(volume, quiet, ANY_DAY)
    assert (found[0].start, found[-1].end) == (0, DAY)
    assert all(a.end == b.start and (a.db, a.quiet) != (b.db, b.quiet) for a, b in pairwise(found))


@given(volumes, quiets, st.integers(0, 24 * 60 - 1))
def test_at_every_minute_they_say_what_the_announcer_does(volume: Any, quiet: Any, minute: int) -> None:
    moment = day_bounds(ANY_DAY)[0] + timedelta(minutes=minute)
    here = next(one for one in stretches(volume, quiet, ANY_DAY) if one.start <= minute * 60 < one.end)
    assert here.db == volume_db(volume, moment, ANY_DAY)
    spans = clock_windows(quiet, ANY_DAY)
    assert here.quiet == any(first <= moment.timestamp() < last for first, last in spans)


def test_a_window_over_midnight_is_told_in_two_pieces() -> None:
    found = stretches([window("21:00", "06:00", db=-6.5)], [window("23:00", "05:00")], ANY_DAY)
    assert in_words(found) == (
        "00:00–05:00: −6,5 dB, yên tĩnh; 05:00–06:00: −6,5 dB; 06:00–21:00: 0 dB; 21:00–23:00: −6,5 dB; "
        "23:00–24:00: −6,5 dB, yên tĩnh"
    )


def test_where_two_windows_overlap_the_first_counts() -> None:
    found = stretches([window("10:00", "12:00", db=-3), window("11:00", "13:00", db=-9)], [], ANY_DAY)
    assert [(one.start // 3600, one.db) for one in found] == [(0, 0), (10, -3), (12, -9), (13, 0)]


@pytest.mark.parametrize("db, height", [(-40, 4), (-20, 4), (6, 30)])
def test_a_bar_is_never_invisible_nor_higher_than_its_place(db: float, height: float) -> None:
    assert Stretch(0, DAY, db, False).height == height

"""Days and times, as each language has them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from kiosk.language.times import clock, day, day_from, day_in_words, short_clock, short_day, when

DAY = date(2026, 11, 4)
NOW = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # half past seven in Hà Nội


def test_without_a_page_days_are_written_as_in_vietnamese() -> None:
    assert (day(DAY), short_day(DAY)) == ("04/11/2026", "04/11")


def test_in_english_nobody_takes_a_day_for_another(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        assert (day(DAY), short_day(DAY)) == ("4 Nov 2026", "4 Nov")


def test_times_are_those_of_hanoi_with_seconds_only_where_there_are_some() -> None:
    assert short_clock(NOW) == "07:30"
    assert short_clock(NOW.replace(second=5)) == "07:30:05"
    assert clock(None) == ""


def test_another_day_is_named() -> None:
    assert when(NOW, NOW) == "07:30"
    assert when(NOW.replace(day=25), NOW) == "07:30 ngày mai"
    assert when(NOW.replace(day=26), NOW) == "07:30 26/11/2026"
    assert day_in_words(date(2026, 11, 29)) == "Chủ Nhật, 29/11/2026"


@pytest.mark.parametrize("typed", ["4/11/2026", " 04/11/2026 ", "04-11-2026", "4.11.2026", "2026-11-04"])
def test_a_day_may_be_typed_in_several_ways(typed: str) -> None:
    assert day_from(typed) == DAY


@pytest.mark.parametrize("typed", ["", "31/2/2026", "tomorrow", "4/11", "11/2026"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert day_from(typed) is None

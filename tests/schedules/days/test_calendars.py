from __future__ import annotations

from datetime import date, timedelta

import pytest

from schedules.core.errors import UserError
from schedules.days.calendars import Calendar, facts, holiday_name, lunar_date, tet
from tests.schedules.days.samples import MONDAY, NATIONAL_DAY, ORDINARY, days, matching


@pytest.mark.parametrize("first", [date(2007, 2, 17), date(2030, 2, 2)])
def test_the_new_year_is_the_vietnamese_one_where_china_is_a_day_later(first: date) -> None:
    lunar = lunar_date(first)
    assert (lunar.day, lunar.month, lunar.year) == (1, 1, first.year)
    assert lunar_date(first + timedelta(days=1)).day == 2


def test_a_leap_month_is_told_apart() -> None:
    assert lunar_date(date(2025, 7, 25)).leap
    assert lunar_date(date(2025, 7, 25)).month == 6


@pytest.mark.parametrize(
    ("year", "eve", "fifth", "eve_in_lunar"),
    [
        (2026, date(2026, 2, 16), date(2026, 2, 21), 29),
        (2027, date(2027, 2, 5), date(2027, 2, 10), 29),
        (2030, date(2030, 2, 1), date(2030, 2, 6), 29),
        (2024, date(2024, 2, 9), date(2024, 2, 14), 30),
    ],
)
def test_tet_lasts_from_the_last_day_of_chap_to_mung_5(
    year: int, eve: date, fifth: date, eve_in_lunar: int
) -> None:
    assert (tet(year).first, tet(year).last) == (eve, fifth)
    assert (lunar_date(eve).day, lunar_date(eve).month) == (eve_in_lunar, 12)
    assert matching(days(tet="only"), date(year, 1, 1), date(year, 12, 31)) == [
        eve + timedelta(days=number) for number in range(6)
    ]


def test_a_year_beyond_the_lunar_tables_is_refused() -> None:
    with pytest.raises(UserError, match="The lunar calendar of 2150 is not known"):
        lunar_date(date(2150, 1, 1))


def test_public_holidays_have_names_in_both_languages() -> None:
    assert holiday_name(NATIONAL_DAY, ORDINARY) == "Quốc khánh"
    assert holiday_name(NATIONAL_DAY, ORDINARY, "en") == "National Day"
    assert holiday_name(MONDAY, ORDINARY) == ""


def test_an_exception_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UserError, match="“kind” cannot be 'holyday'"):
        Calendar.from_exceptions([("holyday", MONDAY, MONDAY, "")])


def test_weekdays_are_named_from_monday() -> None:
    assert facts(MONDAY, ORDINARY).weekday == "mon"

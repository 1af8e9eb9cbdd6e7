from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given

from schedules.core.errors import UserError
from schedules.days.calendars import Calendar, Period, holiday_name, lunar_date
from schedules.days.day_types import DayType
from tests.schedules.days.samples import MONDAY, NATIONAL_DAY, ORDINARY, days, matching
from tests.schedules.triggers.strategies import day_types


def test_a_tet_declared_by_the_city_replaces_the_usual_one() -> None:
    longer = Calendar(tet=(Period(date(2026, 2, 14), date(2026, 2, 22)),))
    assert matching(days(tet="only"), date(2026, 1, 1), date(2026, 12, 31), longer)[0] == date(2026, 2, 14)
    assert len(matching(days(tet="only"), date(2026, 1, 1), date(2026, 12, 31), longer)) == 9
    assert len(matching(days(tet="only"), date(2027, 1, 1), date(2027, 12, 31), longer)) == 6


def test_holidays_are_left_out_or_the_only_days() -> None:
    around = (date(2026, 4, 29), date(2026, 5, 2))
    assert matching(days(holidays="only"), *around) == [date(2026, 4, 30), date(2026, 5, 1)]
    assert matching(days(holidays="never"), *around) == [date(2026, 4, 29), date(2026, 5, 2)]


def test_the_death_anniversary_of_the_hung_kings_follows_the_moon() -> None:
    for day in (date(2026, 4, 26), date(2027, 4, 16), date(2030, 4, 12)):
        assert (lunar_date(day).day, lunar_date(day).month) == (10, 3)
        assert days(holidays="only").matches(day, ORDINARY)


def test_the_first_and_fifteenth_of_every_lunar_month() -> None:
    found = matching(days(lunar=[1, 15]), date(2026, 1, 1), date(2026, 3, 31))
    assert found == [date(2026, *pair) for pair in [(1, 3), (1, 19), (2, 2), (2, 17), (3, 3), (3, 19)]]


def test_the_kitchen_gods_leave_on_23_chap() -> None:
    assert matching(days(lunar=["12-23"]), date(2026, 1, 1), date(2028, 1, 1)) == [
        date(2026, 2, 10),
        date(2027, 1, 30),
    ]


def test_a_lunar_day_of_a_month_is_not_repeated_in_its_leap_month_but_every_15th_is() -> None:
    summer = (date(2025, 6, 1), date(2025, 9, 15))
    assert matching(days(lunar=["6-15"]), *summer) == [date(2025, 7, 9)]
    assert date(2025, 8, 8) in matching(days(lunar=[15]), *summer)
    assert lunar_date(date(2025, 8, 8)).leap


def test_the_citys_own_holiday_is_a_holiday_and_its_working_day_is_not() -> None:
    city = Calendar.from_exceptions(
        [("holiday", MONDAY, MONDAY, "Giải phóng Thủ đô"), ("working", NATIONAL_DAY, NATIONAL_DAY, "")]
    )
    assert days(holidays="only").matches(MONDAY, city)
    assert holiday_name(MONDAY, city, "vi") == "Giải phóng Thủ đô"
    assert days(holidays="never").matches(NATIONAL_DAY, city)


def test_a_saturday_declared_a_working_day_is_one_of_the_working_week() -> None:
    saturday = date(2026, 6, 13)
    city = Calendar(working=(Period(saturday, saturday),))
    assert days(weekdays=["mon", "tue", "wed", "thu", "fri"]).matches(saturday, city)
    assert not days(weekdays=["sat", "sun"]).matches(saturday, city)
    assert not days(weekdays=["mon"]).matches(saturday, city)
    assert days(weekdays=["sat", "sun"]).matches(saturday, ORDINARY)


def test_a_saturday_swapped_by_the_government_is_known() -> None:
    assert days(weekdays=["mon", "tue", "wed", "thu", "fri"]).matches(date(2026, 8, 22), ORDINARY)


def test_nothing_is_planned_while_the_station_is_closed_even_on_an_explicit_date() -> None:
    closed = Calendar(closed=(Period(MONDAY, MONDAY + timedelta(days=1), "sửa chữa"),))
    only_monday = days(weekdays=[], dates=[MONDAY])
    assert only_monday.matches(MONDAY, ORDINARY)
    assert not only_monday.matches(MONDAY, closed)
    assert matching(DayType(), MONDAY, MONDAY + timedelta(days=2), closed) == [MONDAY + timedelta(days=2)]


def test_dates_are_added_and_exclusion_wins_over_everything() -> None:
    sundays = days(weekdays=["sun"], dates=[MONDAY, NATIONAL_DAY], except_=[NATIONAL_DAY])
    assert matching(sundays, MONDAY, MONDAY + timedelta(days=7)) == [MONDAY, date(2026, 6, 14)]
    assert not sundays.matches(NATIONAL_DAY, ORDINARY)


def test_months_narrow_the_days() -> None:
    assert days(months=[6, 7, 8]).matches(MONDAY, ORDINARY)
    assert not days(months=[6, 7, 8]).matches(NATIONAL_DAY, ORDINARY)


@given(day_types)
def test_a_day_type_survives_json_and_yaml(found: DayType) -> None:
    assert DayType.from_data(json.loads(json.dumps(found.to_data()))) == found
    assert DayType.from_data(yaml.safe_load(yaml.safe_dump(found.to_data()))) == found


def test_every_day_is_no_data_at_all() -> None:
    assert DayType().to_data() == {}
    assert DayType.from_data(None) == DayType.from_data({}) == DayType()


@pytest.mark.parametrize(
    ("data", "sentence", "hint"),
    [
        ({"weekday": ["mon"]}, "has no “weekday”", "Did you mean “weekdays”?"),
        ({"weekdays": ["mond"]}, "“weekdays” cannot be 'mond'", "Did you mean “mon”?"),
        ({"weekdays": "mon"}, "must be a list", "Put brackets around it: weekdays: [mon]."),
        ({"weekdays": []}, "no day is left", "Leave it out, or add “dates”."),
        ({"holidays": False}, "“holidays” cannot be False", "It may be “any”, “only”, “never”."),
        ({"tet": "nevr"}, "“tet” cannot be 'nevr'", "Did you mean “never”?"),
        ({"months": [13]}, "“months” is 13", ""),
        ({"except": ["31/12/2026"]}, "not a date", "Write it as 2026-12-31."),
        (
            {"dates": ["2026-12-31"]},
            "every day is included already",
            "To run on these dates only, add: weekdays: [].",
        ),
        ([1], "written as names with values", "It may have “weekdays”"),
    ],
)
def test_a_day_type_that_makes_no_sense_is_refused_with_a_hint(
    data: object, sentence: str, hint: str
) -> None:
    with pytest.raises(UserError, match=sentence) as caught:
        DayType.from_data(data)
    assert caught.value.hint.startswith(hint)

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from hypothesis import given

from schedules.calendars import LOCAL, WEEKDAYS, Calendar, DayType, Period, holiday_name, lunar_date, tet
from schedules.core.errors import UserError
from tests.schedules.triggers.strategies import dates, day_types

ORDINARY = Calendar()
MONDAY = date(2026, 6, 8)
NATIONAL_DAY = date(2026, 9, 2)


def days(**data: Any) -> DayType:
    return DayType.from_data({name.rstrip("_"): value for name, value in data.items()})


def matching(found: DayType, first: date, last: date, calendar: Calendar = ORDINARY) -> list[date]:
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in every if found.matches(day, calendar)]


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


def test_a_tet_declared_by_the_city_replaces_the_usual_one() -> None:
    longer = Calendar(tet=(Period(date(2026, 2, 14), date(2026, 2, 22)),))
    assert matching(days(tet="only"), date(2026, 1, 1), date(2026, 12, 31), longer)[0] == date(2026, 2, 14)
    assert len(matching(days(tet="only"), date(2026, 1, 1), date(2026, 12, 31), longer)) == 9
    assert len(matching(days(tet="only"), date(2027, 1, 1), date(2027, 12, 31), longer)) == 6


def test_a_year_beyond_the_lunar_tables_is_refused() -> None:
    with pytest.raises(UserError, match="The lunar calendar of 2150 is not known"):
        DayType().matches(date(2150, 1, 1), ORDINARY)


def test_public_holidays_have_names_in_both_languages() -> None:
    assert holiday_name(NATIONAL_DAY, ORDINARY) == "Quốc khánh"
    assert holiday_name(NATIONAL_DAY, ORDINARY, "en") == "National Day"
    assert holiday_name(MONDAY, ORDINARY) == ""


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


@given(day_types, dates)
def test_there_is_a_reason_exactly_when_a_day_does_not_match(found: DayType, day: date) -> None:
    for language in ("vi", "en"):
        reason = found.why_not(day, ORDINARY, language)
        assert bool(reason) != found.matches(day, ORDINARY)
        assert not reason or (reason.endswith(".") and "{" not in reason)


def test_every_day_is_no_data_at_all() -> None:
    assert DayType().to_data() == {}
    assert DayType.from_data(None) == DayType.from_data({}) == DayType()


@pytest.mark.parametrize(
    ("found", "day", "vi", "en"),
    [
        (
            days(weekdays=["mon", "tue", "wed"]),
            date(2026, 6, 7),
            "7/6/2026 là chủ nhật, lịch này phát thứ 2–thứ 4.",
            "7 Jun 2026 is a Sunday; this schedule runs Mon–Wed.",
        ),
        (
            days(weekdays=["sat"]),
            date(2026, 8, 22),
            "22/8/2026 là thứ 7 làm bù, lịch này phát thứ 7.",
            "22 Aug 2026 is a Saturday declared a working day; this schedule runs Sat.",
        ),
        (
            days(lunar=[1, 15]),
            date(2026, 2, 16),
            "16/2/2026 là 29/12 âm lịch, lịch này phát mùng 1 và rằm âm lịch.",
            "16 Feb 2026 is 29/12 in the lunar calendar; this schedule runs on lunar 1 and 15.",
        ),
        (
            days(holidays="never"),
            NATIONAL_DAY,
            "2/9/2026 là ngày lễ (Quốc khánh), lịch này trừ ngày lễ.",
            "2 Sep 2026 is a public holiday (National Day); this schedule leaves public holidays out.",
        ),
        (
            days(tet="never"),
            date(2026, 2, 17),
            "17/2/2026 thuộc dịp Tết, lịch này trừ Tết.",
            "17 Feb 2026 is within Tết; this schedule leaves Tết out.",
        ),
        (
            days(except_=["2026-12-31"]),
            date(2026, 12, 31),
            "Lịch này trừ ngày 31/12/2026.",
            "This schedule leaves out 31 Dec 2026.",
        ),
    ],
)
def test_staff_read_why_a_day_was_left_out(found: DayType, day: date, vi: str, en: str) -> None:
    assert found.why_not(day, ORDINARY, "vi") == vi
    assert found.why_not(day, ORDINARY) == en


def test_the_reason_for_a_closed_day_has_the_stations_note() -> None:
    closed = Calendar(closed=(Period(MONDAY, MONDAY, "sửa chữa"),))
    assert DayType().why_not(MONDAY, closed) == "The station is closed on 8 Jun 2026 (sửa chữa)."


@pytest.mark.parametrize(
    ("found", "vi", "en"),
    [
        (DayType(), "hằng ngày", "every day"),
        (days(weekdays=["mon", "wed"], months=[6, 7, 8]), "thứ 2, thứ 4, tháng 6–8", "Mon, Wed, in Jun–Aug"),
        (days(lunar=[1, "12-23"]), "mùng 1 và ngày 23 tháng Chạp âm lịch", "on lunar 1 and 23/12"),
        (days(tet="only"), "chỉ dịp Tết", "only Tết"),
        (days(weekdays=[], dates=["2026-12-31"]), "chỉ 31/12/2026", "only on 31 Dec 2026"),
        (
            days(weekdays=["sun"], dates=["2026-12-31"], holidays="never", tet="never"),
            "chủ nhật, thêm 31/12/2026, trừ ngày lễ và Tết",
            "Sun, also 31 Dec 2026, except public holidays and Tết",
        ),
        (days(except_=["2026-12-31"]), "hằng ngày, trừ 31/12/2026", "every day, except 31 Dec 2026"),
    ],
)
def test_staff_read_a_day_type_in_both_languages(found: DayType, vi: str, en: str) -> None:
    assert found.describe("vi") == vi
    assert found.describe("en") == en


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


def test_an_exception_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UserError, match="“kind” cannot be 'holyday'"):
        Calendar.from_exceptions([("holyday", MONDAY, MONDAY, "")])


def test_weekdays_are_named_from_monday_and_time_is_hanois() -> None:
    assert WEEKDAYS[MONDAY.weekday()] == "mon"
    assert LOCAL.key == "Asia/Ho_Chi_Minh"

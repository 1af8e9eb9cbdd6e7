"""The days of a year, and which public holidays stand in the law with their date."""

from __future__ import annotations

from datetime import date

from kiosk.stations import words
from kiosk.stations.year import Day, months, public_holidays
from schedules.days.calendars import Calendar, Period
from schedules.models.calendars import EXCEPTION_KINDS


def on(day: date, **periods: tuple[Period, ...]) -> Day:
    return months(day.year, Calendar(**periods))[day.month - 1][day.day - 1]


def one(day: date, note: str = "") -> tuple[Period, ...]:
    return (Period(day, day, note),)


def test_every_kind_of_day_has_its_words() -> None:
    assert set(words.KINDS) == set(EXCEPTION_KINDS)
    assert len({kind.sign for kind in words.KINDS.values()}) == len(words.KINDS)


def test_a_year_has_all_its_days() -> None:
    assert [len(month) for month in months(2028, Calendar())][:3] == [31, 29, 31]


def test_a_day_says_what_it_is() -> None:
    day = date(2027, 6, 7)
    assert on(day) == Day(day)
    assert on(day, closed=one(day, "sửa mái")) == Day(day, "closed", "sửa mái")
    assert on(day, holiday=one(day, "Lễ hội")) == Day(day, "holiday", "Lễ hội")
    assert on(day, working=one(day)) == Day(day, "working")
    assert on(date(2027, 4, 30)).kind == "holiday"


def test_closed_goes_before_a_holiday_and_working_takes_the_holiday_away() -> None:
    victory = date(2027, 4, 30)
    assert on(victory, closed=one(victory)).kind == "closed"
    assert on(victory, working=one(victory)).kind == "working"


def test_a_saturday_on_which_the_country_works_is_shown() -> None:
    assert on(date(2026, 8, 22)).kind == "working"


def test_only_days_that_the_law_names_by_their_date_need_no_second_look() -> None:
    settled = [holiday.day for holiday in public_holidays(2027) if holiday.settled]
    assert settled == [date(2027, m, d) for m, d in ((1, 1), (4, 16), (4, 30), (5, 1), (9, 2))]
    in_doubt = {holiday.name for holiday in public_holidays(2027) if not holiday.settled}
    assert {"Tết Nguyên Đán", "Ngày Quốc tế Lao động (nghỉ bù)", "Ngày Văn hóa Việt Nam"} <= in_doubt

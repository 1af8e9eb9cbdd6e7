from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schedules.core.clock import LOCAL
from schedules.core.errors import UserError
from schedules.triggers import Recurrence
from tests.schedules.triggers.strategies import rules, starts


def recurrence(rule: str, start: str = "2026-01-01") -> Recurrence:
    return Recurrence.from_data({"kind": "rrule", "rule": rule, "start": start})


def said(trigger: Recurrence, first: date, days: int = 1) -> list[datetime]:
    dates = (first + timedelta(days=number) for number in range(days))
    return [moment.at for day in dates for moment in trigger.moments(day)]


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LOCAL)


@settings(max_examples=150, deadline=None)
@given(rules(), starts, st.integers(0, 400))
def test_the_same_moments_as_reading_the_rule_from_its_start(rule: str, start: datetime, ahead: int) -> None:
    try:
        trigger = Recurrence(rule, start)
    except UserError:
        assume(False)
    near = {"MINUTELY": 3, "HOURLY": 60}.get(rule.split(";")[0].removeprefix("FREQ="), 400)
    first = start.date() + timedelta(days=ahead % near)
    expected = rrulestr(rule, dtstart=start.replace(second=0)).between(
        local(first, 0), local(first + timedelta(days=45), 0) - timedelta(seconds=1), inc=True
    )
    assert said(trigger, first, days=45) == expected


@given(st.dates(date(2026, 1, 1), date(2090, 12, 31)))
def test_a_far_day_is_reached_without_counting_through_the_years(day: date) -> None:
    trigger = recurrence("FREQ=MINUTELY;INTERVAL=7", "1990-01-01T00:03:00")
    moments = said(trigger, day)
    since = (moments[0] - local(date(1990, 1, 1), 0, 3)) // timedelta(minutes=1)
    assert since % 7 == 0
    assert moments[0] - local(day, 0) < timedelta(minutes=7)
    assert len(moments) in (205, 206)


def test_a_minute_by_minute_rule_has_1440_moments_a_day_and_never_more() -> None:
    assert len(said(recurrence("FREQ=MINUTELY"), date(2026, 6, 6))) == 1440


def test_what_the_rule_leaves_out_comes_from_its_start() -> None:
    weekly = recurrence("FREQ=WEEKLY", "2026-01-01T08:30:00")
    assert said(weekly, date(2026, 1, 1), days=14) == [
        local(date(2026, 1, 1), 8, 30),
        local(date(2026, 1, 8), 8, 30),
    ]


def test_nothing_is_said_before_the_start() -> None:
    daily = recurrence("FREQ=DAILY;BYHOUR=7,17;BYMINUTE=0", "2026-01-01T12:00:00")
    assert said(daily, date(2025, 12, 30), days=3) == [local(date(2026, 1, 1), 17)]


def test_until_a_date_includes_that_day() -> None:
    daily = recurrence("FREQ=DAILY;BYHOUR=8;UNTIL=20260103")
    assert said(daily, date(2026, 1, 1), days=10)[-1] == local(date(2026, 1, 3), 8)


def test_until_in_utc_is_turned_into_local_time() -> None:
    daily = recurrence("FREQ=DAILY;BYHOUR=8;UNTIL=20260103T010000Z")
    assert said(daily, date(2026, 1, 1), days=10)[-1] == local(date(2026, 1, 3), 8)


def test_count_is_counted_from_the_start() -> None:
    thrice = recurrence("FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=8;COUNT=3")
    assert [at.date() for at in said(thrice, date(2026, 1, 1), days=60)] == [
        date(2026, 1, 1),
        date(2026, 1, 5),
        date(2026, 1, 8),
    ]


def test_the_last_working_day_of_the_month() -> None:
    closing = recurrence("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-01T17:00:00")
    assert [at.date() for at in said(closing, date(2026, 1, 1), days=70)] == [
        date(2026, 1, 30),
        date(2026, 2, 27),
    ]


def test_the_29th_of_february_comes_in_leap_years() -> None:
    leap = recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=9")
    assert [at.year for at in said(leap, date(2026, 1, 1), days=366 * 7)] == [2028, 2032]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("FREQ=SECONDLY", "cannot repeat every few seconds"),
        ("FREQ=FORTNIGHTLY", "FREQ is FORTNIGHTLY"),
        ("BYDAY=MO", "FREQ is missing"),
        ("FREQ=DAILY;BYHOURS=3", "has no “BYHOURS”"),
        ("FREQ=DAILY;BYHOUR=", "stands without a value"),
        ("FREQ=DAILY;FREQ=DAILY", "stands twice"),
        ("FREQ=DAILY;BYHOUR=24", "BYHOUR is 24"),
        ("FREQ=DAILY;BYHOUR=8,x", "BYHOUR is X"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL is 0"),
        ("FREQ=MINUTELY;COUNT=100000", "COUNT is 100000"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20261231", "not by both"),
        ("FREQ=YEARLY;COUNT=50", "more than forty years"),
        ("FREQ=DAILY;UNTIL=31/12/2026", "UNTIL is 31/12/2026"),
        ("FREQ=DAILY;UNTIL=20251231", "never comes about"),
        ("FREQ=WEEKLY;BYDAY=XX", "“XX” is not a weekday"),
        ("FREQ=WEEKLY;BYDAY=1MO", "“1MO” does not go with FREQ=WEEKLY"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY does not go with FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY cannot be 0"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS needs something"),
        ("FREQ=MONTHLY;BYDAY=MO;BYHOUR=8,9;BYSETPOS=1", "one time of day only"),
        ("FREQ=DAILY;BYSECOND=0,30", "one second of the minute"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes about"),
        ("FREQ=HOURLY;INTERVAL=2;BYHOUR=3", "never comes about"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9", "never comes about"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_a_sentence(rule: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        recurrence(rule)


@pytest.mark.parametrize("start", ["soon", 20260101, datetime(2026, 1, 1, tzinfo=LOCAL), None])
def test_the_start_is_a_local_date_with_or_without_a_time(start: object) -> None:
    with pytest.raises(UserError, match="start"):
        Recurrence.from_data({"kind": "rrule", "rule": "FREQ=DAILY", "start": start})


def test_a_start_as_yaml_reads_it_is_the_same_as_its_text() -> None:
    read = Recurrence.from_data({"kind": "rrule", "rule": "rrule:freq=daily", "start": date(2026, 1, 1)})
    assert read == recurrence("FREQ=DAILY")


@pytest.mark.parametrize(
    ("rule", "vi", "en"),
    [
        ("FREQ=WEEKLY;BYDAY=MO;BYHOUR=8;BYMINUTE=0", "hằng tuần, thứ 2, lúc 8h", "every week, Mon, at 08:00"),
        (
            "FREQ=MONTHLY;BYDAY=1MO,-1FR;BYHOUR=8;UNTIL=20261231",
            "hằng tháng, thứ 2 đầu tiên và thứ 6 cuối cùng, lúc 8h, đến 31/12/2026",
            "every month, 1st Mon and last Fri, at 08:00, until 31 Dec 2026",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,-1,-3;COUNT=4",
            "mỗi 2 tháng, ngày 1, ngày cuối tháng và ngày thứ 3 từ cuối tháng, lúc 0h, 4 lần",
            "every 2 months, on day 1, the last day of the month and day 3 from the end of the month, at 00:00, 4 times",
        ),
        (
            "FREQ=MINUTELY;INTERVAL=20;BYHOUR=6,7",
            "mỗi 20 phút, trong giờ 6 và 7",
            "every 20 minutes, in hours 6 and 7",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1",
            "theo quy tắc FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1",
            "by the rule FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1",
        ),
    ],
)
def test_staff_read_a_rule_in_both_languages(rule: str, vi: str, en: str) -> None:
    assert recurrence(rule).describe("vi") == vi
    assert recurrence(rule).describe("en") == en

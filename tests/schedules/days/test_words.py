from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from schedules.days.calendars import Calendar, Period
from schedules.days.day_types import DayType
from schedules.days.words import describe, why_not
from tests.schedules.days.samples import MONDAY, NATIONAL_DAY, ORDINARY, days
from tests.schedules.triggers.strategies import dates, day_types


@given(day_types, dates)
def test_there_is_a_reason_exactly_when_a_day_does_not_match(found: DayType, day: date) -> None:
    for language in ("vi", "en"):
        reason = why_not(found, day, ORDINARY, language)
        assert bool(reason) != found.matches(day, ORDINARY)
        assert not reason or (reason.endswith(".") and "{" not in reason)


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
    assert why_not(found, day, ORDINARY, "vi") == vi
    assert why_not(found, day, ORDINARY, "en") == en


def test_the_reason_for_a_closed_day_has_the_stations_note() -> None:
    closed = Calendar(closed=(Period(MONDAY, MONDAY, "sửa chữa"),))
    assert why_not(DayType(), MONDAY, closed, "en") == "The station is closed on 8 Jun 2026 (sửa chữa)."


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
    assert describe(found, "vi") == vi
    assert describe(found, "en") == en

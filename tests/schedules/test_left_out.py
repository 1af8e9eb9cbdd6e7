"""Why a schedule says nothing on a day. Nothing here is in a table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from schedules.days.calendars import Calendar, Period
from schedules.left_out import why_left_out
from schedules.models import Message, Schedule, Turn

SUNDAY = date(2026, 11, 29)
ORDINARY = Calendar()


def why(language: str = "vi", day: date = SUNDAY, calendar: Calendar = ORDINARY, **given: Any) -> str:
    usual: dict[str, Any] = {
        "trigger": {"kind": "every", "minutes": 20, "from": "06:00", "to": "22:00"}, "days": {}, "enabled": True,
        "turns": [Turn(message=Message(key="xep-hang", retired=False))],
    }  # fmt: skip
    return why_left_out(Schedule(**(usual | given)), day, calendar, language)


def test_a_schedule_that_speaks_is_not_left_out() -> None:
    assert why() == ""


@pytest.mark.parametrize(
    ("given", "vi", "en"),
    [
        ({"enabled": False}, "Lịch này đang tắt.", "This schedule is switched off."),
        (
            {"turns": [Turn(message=Message(key="cu", retired=True))]},
            "Nội dung của lịch này đã thu hồi.",
            "What this schedule says was recalled.",
        ),
        (
            {"valid_from": date(2026, 12, 1)},
            "Lịch này bắt đầu từ 1/12/2026.",
            "This schedule begins on 1 Dec 2026.",
        ),
        (
            {"valid_to": date(2026, 11, 28)},
            "Lịch này đã hết hạn sau 28/11/2026.",
            "This schedule ended after 28 Nov 2026.",
        ),
        (
            {"days": {"weekdays": ["mon", "tue"]}},
            "29/11/2026 là chủ nhật, lịch này phát thứ 2, thứ 3.",
            "29 Nov 2026 is a Sunday; this schedule runs Mon, Tue.",
        ),
        (
            {"trigger": {"kind": "rrule", "rule": "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=8", "start": "2026-01-01"}},
            "Ngày 29/11/2026 không phải lượt của lịch này: hằng tháng, ngày 1, lúc 8h.",
            "29 Nov 2026 is not one of its days: every month, on day 1, at 08:00.",
        ),
    ],
)  # fmt: skip
def test_staff_read_why_in_both_languages(given: dict[str, Any], vi: str, en: str) -> None:
    assert why(**given) == vi
    assert why("en", **given) == en


def test_a_closed_station_says_nothing() -> None:
    closed = Calendar(closed=(Period(SUNDAY, SUNDAY, "sửa chữa"),))
    assert why(calendar=closed) == "Nhà ga, bến đóng cửa ngày 29/11/2026 (sửa chữa)."


def test_both_ends_of_its_time_belong_to_a_schedule() -> None:
    assert why(valid_from=SUNDAY, valid_to=SUNDAY) == ""


def test_a_night_that_began_on_one_of_its_days_is_not_left_out() -> None:
    night = {"kind": "every", "minutes": 30, "from": "22:00", "to": "02:00"}
    assert why(trigger=night, days={"weekdays": ["sat"]}) == ""


def test_a_schedule_that_follows_departures_may_speak() -> None:
    follows = {"kind": "departure", "minutes": [-10]}
    assert why(trigger=follows) == ""
    assert why(trigger=follows, days={"weekdays": ["wed"]}) != ""

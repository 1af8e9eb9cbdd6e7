from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schedules.core.errors import UserError
from schedules.days.day_types import DayType
from schedules.triggers import EveryMinutes, Recurrence, Trigger, describe
from schedules.when import NotUnderstood, read_when, write_when
from tests.schedules.triggers.strategies import day_types, every_minutes, fixed_times, recurrences, relatives


@pytest.mark.parametrize(
    "text, trigger, days",
    [
        (
            "mỗi 20 phút, 6h–22h, thứ 2–thứ 7, trừ Tết",
            {"kind": "every", "minutes": 20, "from": "06:00", "to": "22:00"},
            {"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat"], "tet": "never"},
        ),
        ("Cứ 1 giờ một lần, từ 22h đến 2h hôm sau.", {"kind": "every", "minutes": 60, "from": "22:00", "to": "26:00"}, {}),
        ("mỗi giờ, suốt ngày đêm", {"kind": "every", "minutes": 60, "from": "00:00", "to": "24:00"}, {}),
        ("mỗi 20 phút, 6h–6h hôm sau", {"kind": "every", "minutes": 20, "from": "06:00", "to": "06:00"}, {}),
        ("mỗi 15 phút", {"kind": "every", "minutes": 15, "from": "00:00", "to": "24:00"}, {}),
        ("lúc 7h30, 12:00 và 17 giờ 15, ngày thường",
            {"kind": "times", "at": ["07:30", "12:00", "17:15"]},
            {"weekdays": ["mon", "tue", "wed", "thu", "fri"]}),
        ("lúc 8h, mùng 1 và rằm âm lịch", {"kind": "times", "at": ["08:00"]}, {"lunar": ["1", "15"]}),
        ("lúc 8h, ngày 23 tháng Chạp âm lịch", {"kind": "times", "at": ["08:00"]}, {"lunar": ["12-23"]}),
        ("lúc 8h, tháng 11–2", {"kind": "times", "at": ["08:00"]}, {"months": [1, 2, 11, 12]}),
        ("lúc 8h, chỉ 24/12/2026 và 25/12/2026", {"kind": "times", "at": ["08:00"]},
            {"weekdays": [], "dates": ["2026-12-24", "2026-12-25"]}),
        ("lúc 8h, thứ hai, thứ tư, chủ nhật, thêm 24/12/2026, trừ ngày lễ và Tết", {"kind": "times", "at": ["08:00"]},
            {"weekdays": ["mon", "wed", "sun"], "dates": ["2026-12-24"], "holidays": "never", "tet": "never"}),
        ("trước giờ khởi hành 15 và 5 phút, chuyến SE*, ke, làn 1 và 2",
            {"kind": "departure", "minutes": [-15, -5], "services": ["SE*"], "platforms": ["1", "2"]}, {}),
        ("theo quy tắc FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9,15 từ 1/1/2026, trừ Tết",
            {"kind": "rrule", "rule": "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9,15", "start": "2026-01-01"}, {"tet": "never"}),
    ],
)  # fmt: skip
def test_a_sentence_is_understood(text: str, trigger: dict[str, Any], days: dict[str, Any]) -> None:
    found = read_when(text)
    assert found[0].to_data() == trigger
    assert found[1] == DayType.from_data(days)


@pytest.mark.parametrize(
    "text, part",
    [
        ("", ""),
        ("thứ 2–thứ 7", ""),
        ("mỗi 20 phút, lúc trời sáng", "lúc trời sáng"),
        ("lúc 25 phút", "lúc 25 phút"),
        ("lúc 7h, mỗi 20 phút", "mỗi 20 phút"),
        ("mỗi 20 phút, 6h–22h, 7h–8h", "7h-8h"),
        ("lúc 7h, trừ 31/2/2026", "trừ 31/2/2026"),
        ("lúc 7h, ngày 31 tháng Chạp âm lịch", "ngày 31 tháng chạp âm lịch"),
        ("lúc 7h, tháng 13", "tháng 13"),
        ("chuyến SE1", "chuyến se1"),
        ("mỗi 20 phút 6h", "mỗi 20 phút 6h"),
    ],
)
def test_what_is_not_understood_is_named(text: str, part: str) -> None:
    with pytest.raises(NotUnderstood) as error:
        read_when(text)
    assert error.value.part == part


def test_a_sentence_that_is_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(UserError, match="at most 4000"):
        read_when("mỗi giờ, " + "trừ 24/12/2026, " * 300)


def test_a_trigger_that_cannot_be_is_refused() -> None:
    with pytest.raises(UserError):
        read_when("mỗi 5000 phút, 6h–7h")


simple: st.SearchStrategy[Trigger] = st.one_of(
    every_minutes().filter(lambda one: not one.offset), fixed_times(), relatives
)


@given(simple, day_types)
def test_whatever_is_described_is_understood_again(trigger: Trigger, days: DayType) -> None:
    assume(not days.dates or not days.weekdays)
    told = write_when(trigger, days)
    found = read_when(told)
    assert (found[0].moments(date(2026, 11, 24)), found[1]) == (trigger.moments(date(2026, 11, 24)), days), (
        told
    )
    assert describe(*found, "vi") == told


@given(every_minutes())
def test_an_offset_is_told_as_a_later_beginning(trigger: EveryMinutes) -> None:
    assume(trigger.start + trigger.offset * 60 < 24 * 3600)  # the only words it has name the night after
    told = write_when(trigger, DayType())
    assert write_when(*read_when(told)) == told


@given(recurrences, day_types)
def test_a_rule_is_written_as_itself(trigger: Recurrence, days: DayType) -> None:
    found = read_when(write_when(trigger, days))
    assert (found[0].to_data(), found[1]) == (trigger.to_data(), days)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_or_refused_with_a_sentence(text: str) -> None:
    try:
        read_when(text)
    except UserError as error:
        assert str(error)

"""Nothing on the audit page is left in the language of the code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kiosk
from kiosk.accounts import words
from kiosk.announcements import operations as saying


def recorded() -> set[str]:
    """The acts that the code puts on record."""
    calls = (
        call
        for path in Path(kiosk.__path__[0]).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", getattr(call.func, "id", "")) in ("record", "_record")
    )
    acts = {call.args[2].value for call in calls if isinstance(call.args[2], ast.Constant)}
    return {str(act) for act in acts} | set(saying.DONE.values())


def test_every_act_that_is_on_record_has_its_vietnamese_words() -> None:
    assert recorded() == set(words.ACTIONS)


@pytest.mark.parametrize(
    "values, told",
    [
        ({"roles": []}, "chưa có vai trò"),
        ({"roles": ["operator @ ga-ha-noi", "city @ *"]}, "Trực loa (ga-ha-noi), Thành phố (mọi nơi)"),
        ({"closed": True}, "đã đóng"),
        ({"last_day": "2027-12-31"}, "dùng đến hết ngày 2027-12-31"),
        ({"zones": ["sanh", "ke-1"], "repeats": 2}, "sanh, ke-1; 2"),
        ({"budget_minutes": 5.0, "name_en": ""}, "quỹ phút mỗi giờ: 5; tên tiếng Anh: không có"),
        ({"volume": [{"from": "21:00", "to": "06:00", "db": -6.0}]}, "âm lượng: 21:00–06:00 (-6 dB)"),
        ({"quiet": [{"from": "22:30", "to": "05:00"}]}, "giờ yên tĩnh: 22:30–05:00"),
        ({"wordings": [{"vi": "Xin chào"}]}, "{'vi': 'Xin chào'}"),
        ({"kind": "closed", "note": "sửa mái"}, "loại ngày: đóng cửa; ghi chú: sửa mái"),
    ],
)
def test_before_and_after_are_told_in_words(values: dict[str, object], told: str) -> None:
    assert words.in_words(values) == told


@pytest.mark.parametrize(
    "given, told", [("account lan", "tài khoản lan"), ("zone sanh", "khu vực sanh"), ("x y", "x y")]
)
def test_a_subject_is_told_in_words(given: str, told: str) -> None:
    assert words.subject(given) == told

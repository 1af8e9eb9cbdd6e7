"""Nothing on the audit page is left in the language of the code."""

from __future__ import annotations

import ast
import inspect

import pytest

from kiosk.accounts import operations, signing_in, tokens, words
from kiosk.announcements import operations as saying


def recorded() -> set[str]:
    """The acts that the code puts on record."""
    calls = (
        call
        for module in (operations, signing_in, tokens, saying)
        for call in ast.walk(ast.parse(inspect.getsource(module)))
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
    ],
)
def test_before_and_after_are_told_in_words(values: dict[str, object], told: str) -> None:
    assert words.in_words(values) == told


@pytest.mark.parametrize(
    "given, told", [("account lan", "tài khoản lan"), ("zone sanh", "khu vực sanh"), ("x y", "x y")]
)
def test_a_subject_is_told_in_words(given: str, told: str) -> None:
    assert words.subject(given) == told

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.text import read, read_phrases, shown


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("tàu {SE1|ét-xì e một} đi Vinh", "tàu ét xì e một đi vinh"),
        ("ga {S8|es tám}", "ga es tám"),
        ("{103|một trăm linh ba} tuyến", "một trăm linh ba tuyến"),
        ("{SE1|ÉT E MỘT}", "ét e một"),
        ("{Hà Nội|Thủ đô, trái tim}", "thủ đô trái tim"),
        ("nói{ nhỏ|} thôi", "nói thôi"),
        ("{SE1|tàu số 1}", "tàu số một"),
    ],
)
def test_the_writer_decides(written: str, spoken: str) -> None:
    assert read(written) == spoken


@pytest.mark.parametrize("written", ["{SE1", "SE1}", "{SE1}", "{{SE1}}", "{SE1|", "|SE1", "}{SE1", "{}SE1"])
def test_a_pair_that_is_none_loses_its_braces_and_is_read_as_it_stands(written: str) -> None:
    assert read(written) == "ét e một"


@given(st.text(alphabet="{}|ab1 ", max_size=40))
def test_no_brace_is_ever_said_or_left(text: str) -> None:
    assert not set("{}|") & set(read(text))


def test_an_override_may_hold_a_pause() -> None:
    assert read_phrases("{SE1/2|ét e một, ét e hai} vào ga") == ["ét e một", "ét e hai vào ga"]


def test_the_screen_shows_what_is_written() -> None:
    assert shown("tàu {SE1|ét e một} đi {Vinh|thành phố Vinh}") == "tàu SE1 đi Vinh"
    assert shown("tàu {SE1} | {") == "tàu {SE1} | {"

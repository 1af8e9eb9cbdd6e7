from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kiosk.typing import folded, line, slug


def test_text_of_other_systems_becomes_one_composed_line() -> None:
    assert line(unicodedata.normalize("NFD", "  Xin quý  khách\r\nxếp hàng. ")) == "Xin quý khách xếp hàng."


def test_characters_that_nobody_sees_are_gone() -> None:
    assert line("Ga\u200b Hà\u202e Nội\ufeff\x00") == "Ga Hà Nội"


def test_the_icelandic_look_alike_becomes_the_vietnamese_letter() -> None:
    assert line("\u00d0ống \u00d0a") == "\u0110ống \u0110a"


@given(st.text())
def test_a_line_that_was_cleaned_is_clean(text: str) -> None:
    once = line(text)
    assert line(once) == once


@given(st.text())
def test_a_slug_is_a_key_or_nothing(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))


def test_a_slug_keeps_the_letters_without_their_marks() -> None:
    assert slug("Đổi cửa lên tàu!") == "doi-cua-len-tau"


def test_what_is_looked_for_needs_neither_marks_nor_capitals() -> None:
    assert folded("Tạm dừng, VỀ QUÊ, Đồ đạc") == "tam dung, ve que, do dac"

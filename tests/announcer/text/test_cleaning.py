from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.text import read
from announcer.text.cleaning import clean


@pytest.mark.parametrize(
    "text", ["Điều 9 ở Đống Đa, tuyến 2A", "Quý khách đến ga Hà Nội lúc 8h30", "37,5°C và 50 m²"]
)
def test_decomposed_text_is_read_as_composed_text(text: str) -> None:
    assert read(unicodedata.normalize("NFD", text)) == read(text)


@pytest.mark.parametrize("letter", ["Đ", "Ð", "Ɖ"])
def test_every_d_with_a_stroke_is_the_vietnamese_one(letter: str) -> None:
    assert read(f"{letter}ống {letter}a, 5.000{letter}") == "đống đa năm nghìn đồng"


@pytest.mark.parametrize("dash", list("-‐‑‒–—―−－"))
def test_every_dash_is_a_dash(dash: str) -> None:
    assert read(f"8h{dash}17h") == "tám giờ đến mười bảy giờ"
    assert read(f"Cát Linh {dash} Hà Đông") == "cát linh hà đông"


@pytest.mark.parametrize("quote", list("'\"“”‘’«»„"))
def test_quotes_are_silent(quote: str) -> None:
    assert read(f"{quote}xin chào{quote}") == "xin chào"


def test_what_cannot_be_seen_is_not_there() -> None:
    assert read("Hà\u200b Nội\ufeff, t\u00adàu S\u200dE1\x00") == "hà nội tàu ét e một"


@pytest.mark.parametrize("gap", ["\u00a0", "\u202f", "\u3000", "\t", "\r\n", "\u2028"])
def test_every_gap_parts_words(gap: str) -> None:
    assert read(f"Hà{gap}Nội") == "hà nội"


@pytest.mark.parametrize(
    ("late", "early"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("uỷ", "ủy"),
        ("thuý", "thúy"),
        ("HOÁ", "hóa"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
    ],
)
def test_one_syllable_has_one_spelling(late: str, early: str) -> None:
    assert read(late) == early


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("٣ người", "ba người"),
        ("８ｈ３０", "tám giờ ba mươi phút"),
        ("①②", "một hai"),
        ("chương Ⅷ", "chương tám"),
        ("½", "một phần hai"),
        ("2½ giờ", "hai và một phần hai giờ"),
        ("50 ㎡", "năm mươi mét vuông"),
        ("37℃", "ba mươi bảy độ xê"),
        ("№ 5", "số năm"),
        ("37ºC", "ba mươi bảy độ xê"),
        ("5′", "năm phút"),
    ],
)
def test_numbers_and_signs_in_other_clothes_are_known(written: str, spoken: str) -> None:
    assert read(written) == spoken


@given(st.text())
def test_clean_text_is_composed_and_cleaning_it_again_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned) == cleaned

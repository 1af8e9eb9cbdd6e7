from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.text.english.numbers import ENGLISH
from announcer.text.numbers import DIGITS, NORTHERN, SOUTHERN, Numerals, ordinal

UNITS = {**{word: value for value, word in enumerate(DIGITS)}, "mốt": 1, "tư": 4, "lăm": 5}
SIZES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6}


def value_of(words: str) -> int:
    """The inverse of reading, written independently: what a listener understands."""
    if " tỷ" in f" {words}":
        billions, _, rest = f"{words} ".rpartition(" tỷ ")
        return value_of(billions) * 10**9 + (value_of(rest.strip()) if rest.strip() else 0)
    total = group = 0
    for word in words.split():
        if word in SIZES:
            total, group = total + group * SIZES[word], 0
        elif word == "trăm":
            group *= 100
        elif word == "mươi":
            group += 9 * (group % 10)
        elif word == "mười":
            group += 10
        elif word not in ("linh", "lẻ"):
            group += UNITS[word]
    return total + group


@pytest.mark.parametrize("numerals", [NORTHERN, SOUTHERN])
def test_every_number_below_two_thousand_is_understood(numerals: Numerals) -> None:
    for number in range(2000):
        assert value_of(numerals.cardinal(number)) == number


@given(st.integers(0, 10**6) | st.integers(0, 10**15))
def test_a_number_is_understood_as_it_was_meant(number: int) -> None:
    assert value_of(NORTHERN.cardinal(number)) == number
    assert value_of(SOUTHERN.cardinal(number)) == number


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_no_two_numbers_sound_alike(one: int, other: int) -> None:
    assert (NORTHERN.cardinal(one) == NORTHERN.cardinal(other)) == (one == other)


@given(st.integers(0, 10**9))
def test_dots_between_thousands_change_nothing(number: int) -> None:
    assert NORTHERN.written(f"{number:,}".replace(",", ".")) == NORTHERN.cardinal(number)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (4, "bốn"),
        (14, "mười bốn"),
        (24, "hai mươi tư"),
        (104, "một trăm linh tư"),
        (15, "mười lăm"),
        (1, "một"),
        (11, "mười một"),
        (21, "hai mươi mốt"),
        (1001, "một nghìn không trăm linh một"),
        (10**9 + 5, "một tỷ không trăm linh năm"),
        (10**12, "một nghìn tỷ"),
        (10**18, "một tỷ tỷ"),
    ],
)
def test_hanoi_says_mot_tu_lam_linh_where_hanoi_does(number: int, words: str) -> None:
    assert NORTHERN.cardinal(number) == words


def test_a_number_too_long_to_follow_is_said_digit_by_digit() -> None:
    assert NORTHERN.whole("1" * 5000) == " ".join(["một"] * 5000)


@pytest.mark.parametrize(
    ("written", "words"),
    [("12,5", "mười hai phẩy năm"), ("0,05", "không phẩy không năm"), ("12,25", "mười hai phẩy hai mươi lăm"),
     ("3,141", "ba phẩy một bốn một"), ("1,2,3", "một hai ba"), ("1.2.3", "một phẩy hai phẩy ba")],
)  # fmt: skip
def test_a_comma_divides(written: str, words: str) -> None:
    assert NORTHERN.written(written) == words


@pytest.mark.parametrize(("number", "words"), [(1, "nhất"), (2, "hai"), (4, "tư"), (14, "mười bốn")])
def test_the_first_and_the_fourth_have_words_of_their_own(number: int, words: str) -> None:
    assert ordinal(number, NORTHERN) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (100, "one hundred"),
        (105, "one hundred and five"),
        (1005, "one thousand and five"),
        (1105, "one thousand one hundred and five"),
        (2_000_000, "two million"),
        (10**12, "one thousand billion"),
    ],
)
def test_english_numbers_have_their_and(number: int, words: str) -> None:
    assert ENGLISH.cardinal(number) == words


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_no_two_english_numbers_sound_alike(one: int, other: int) -> None:
    assert (ENGLISH.cardinal(one) == ENGLISH.cardinal(other)) == (one == other)


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (1905, "nineteen oh five"),
        (1900, "nineteen hundred"),
        (2000, "two thousand"),
        (2026, "twenty twenty six"),
    ],
)
def test_english_years_come_in_pairs(year: int, words: str) -> None:
    assert ENGLISH.year(year) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "first"), (2, "second"), (20, "twentieth"), (31, "thirty first"), (12, "twelfth")],
)
def test_english_ordinals(number: int, words: str) -> None:
    assert ENGLISH.ordinal(number) == words

"""The code: easy to read aloud, and wrong when it is mistyped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.feedback import codes

PLACES = st.integers(0, codes.LENGTH - 1)
CODES = st.builds(lambda _: codes.new(), st.integers())


@given(CODES)
def test_a_new_code_is_read_as_it_is_written(code: str) -> None:
    assert codes.read(codes.written(code)) == code


@given(CODES, PLACES, st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_noticed(code: str, place: int, other: str) -> None:
    typed = code[:place] + other + code[place + 1 :]
    assert codes.read(typed) == (code if typed == code else None)


@given(CODES, PLACES, PLACES)
def test_two_characters_that_changed_places_are_noticed(code: str, a: int, b: int) -> None:
    letters = list(code)
    letters[a], letters[b] = letters[b], letters[a]
    typed = "".join(letters)
    assert codes.read(typed) == (code if typed == code else None)


@pytest.mark.parametrize(
    "way", ["GY-{}-{}", "gy {} {}", "{}{}", "GY{}{}", " gy–{}–{} ", "{}-{}", "g y . {} . {}"]
)
def test_a_code_may_be_typed_in_many_ways(way: str) -> None:
    code = codes.new()
    assert codes.read(way.format(code[:4], code[4:]).lower()) == code


@pytest.mark.parametrize(
    "typed", ["", "GY", "GY-1234-5678", "GY-7K3M-29Q", "x" * 10_000, "ĐÂY-LÀ-MÃ", "GY-7K3M-29QFF"]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert codes.read(typed) is None


def test_a_code_that_begins_like_the_prefix_is_read() -> None:
    code = next(code for seventh in codes.ALPHABET if (code := codes.read(f"GYGYGYG{seventh}")))
    assert codes.read(codes.written(code)) == code

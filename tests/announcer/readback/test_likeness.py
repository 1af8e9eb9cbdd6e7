"""Words that sound alike are alike, however they are spelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.phonology.inventory import syllables
from announcer.readback.likeness import unlikeness

SYLLABLES = st.sampled_from(sorted(syllables())[::7])


@pytest.mark.parametrize(("one", "other"), [("xếp", "sếp"), ("trà", "chà"), ("giá", "dá"), ("kĩ", "kỹ")])
def test_spellings_that_hanoi_says_alike_are_the_same(one: str, other: str) -> None:
    assert unlikeness(one, other) == 0


def test_a_tone_counts_less_than_a_vowel_and_a_vowel_less_than_everything() -> None:
    assert 0 < unlikeness("ba", "bà") < unlikeness("ba", "be") < unlikeness("ba", "tiếng") == 1


def test_foreign_words_are_compared_by_their_letters() -> None:
    assert 0 < unlikeness("winmart", "winmat") < 0.5 < unlikeness("winmart", "xyz")


@given(SYLLABLES, SYLLABLES)
def test_it_is_the_same_both_ways_and_lies_between_nought_and_one(one: str, other: str) -> None:
    assert unlikeness(one, other) == unlikeness(other, one)
    assert 0 <= unlikeness(one, other) <= 1


@given(SYLLABLES)
def test_a_word_is_like_itself(word: str) -> None:
    assert unlikeness(word, word) == 0

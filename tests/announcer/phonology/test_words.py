"""Any text becomes syllables: what is not Vietnamese is said as Vietnamese would say it, never left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.phonology.syllables import analyse
from announcer.phonology.words import UNREADABLE, syllables_of, utterance

WORD_CHARACTERS = st.characters(categories=("L", "N"))


def said(text: str) -> list[str]:
    return [
        unit.syllable.initial + "w" * unit.syllable.medial + unit.syllable.nucleus + unit.syllable.coda
        for unit in utterance(text)
    ]


def test_vietnamese_words_are_said_as_they_are_written() -> None:
    assert [unit.syllable for unit in utterance("Tàu sắp vào ga")] == [
        analyse(w) for w in ["tàu", "sắp", "vào", "ga"]
    ]


def test_pauses_stand_after_the_word_before_them() -> None:
    assert [unit.pause for unit in utterance("Tàu vào ga, xin lùi lại!")] == ["", "", "comma", "", "", "stop"]


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("BRT", ["bê", "e", "dơ", "tê"]),
        ("x", ["ich"]),
        ("2", ["haj"]),
        ("Grab", ["gơ", "dap"]),
        ("Lotte", ["lot"]),
        ("Vincom", ["vin", "kom"]),
        ("mega", ["me", "ga"]),
    ],
)
def test_foreign_words_and_letters_are_said_in_our_sounds(word: str, sounds: list[str]) -> None:
    assert said(word) == sounds


@pytest.mark.parametrize("word", ["東京", "Αθήνα", "Москва"])
def test_a_word_in_another_script_is_named_as_foreign(word: str) -> None:
    assert [unit.syllable for unit in utterance(word)] == [analyse(w) for w in UNREADABLE.split()]


def test_a_line_between_words_is_no_word() -> None:
    assert said("_") == []
    assert said("ga_tàu") == ["ga", "tăw"]


@given(st.text(WORD_CHARACTERS, min_size=1, max_size=30))
def test_no_word_is_left_unsaid(word: str) -> None:
    assert syllables_of(word)


@given(st.text(max_size=60))
def test_any_text_with_a_letter_has_syllables_and_others_have_none(text: str) -> None:
    assert bool(utterance(text)) == any(letter.isalnum() for letter in text)

"""What holds for every text, in both languages."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from announcer.text import read, read_phrases
from benchmarks.reading import HARD
from tests.announcer.text.strategies import anything, languages

WORDS = re.compile(r"(?:[^\W\d_]+(?:[-'][^\W\d_]+)*(?: (?!$)|$))*")
MANY = settings(max_examples=400, deadline=None)


@MANY
@given(anything, languages, st.booleans())
def test_nothing_but_words_and_single_spaces_is_left(text: str, language: str, southern: bool) -> None:
    spoken = read(text, language, southern=southern)
    assert not any(letter.isnumeric() and not letter.isalpha() for letter in spoken)
    assert WORDS.fullmatch(spoken), spoken
    assert unicodedata.is_normalized("NFC", spoken)
    assert spoken == spoken.lower()


@MANY
@given(anything, languages)
def test_what_has_been_read_is_read_as_it_stands(text: str, language: str) -> None:
    spoken = read(text, language)
    assert read(spoken, language) == spoken


@MANY
@given(anything, languages)
def test_the_phrases_make_up_the_reading(text: str, language: str) -> None:
    phrases = read_phrases(text, language)
    assert " ".join(phrases) == read(text, language)
    assert all(phrases)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("piece", HARD)
def test_a_very_long_text_is_read_to_its_end(piece: str, language: str) -> None:
    """How long it takes is measured by ``python -m benchmarks.reading``; a pattern that explodes would not end here."""
    assert WORDS.fullmatch(read(piece * 4000, language))


@given(st.text(alphabet="0123456789.,:/-hđ% ", min_size=1, max_size=25))
def test_the_prose_around_a_number_survives_it(number: str) -> None:
    words = read(f"Kính thưa quý khách, ( {number} ) xin cảm ơn").split()
    assert words[:4] == ["kính", "thưa", "quý", "khách"]
    assert words[-3:] == ["xin", "cảm", "ơn"]

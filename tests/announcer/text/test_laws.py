"""What holds for every text, in both languages."""

from __future__ import annotations

import re
import unicodedata
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from announcer.text import read, read_phrases
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
@pytest.mark.parametrize(
    "piece",
    ["1", "a", "1.", "1-", "1,", "1:", "1/", "{", "{a|", "A", "8h", "a.", "a@", "@a.vn", " ", "ngày ", "tuyến 1, ", "1 ",
     "UBND ", "x-", "*1", "a 1/", "thứ 2, ", "12/UBND-", "-", "\n", " -", "İ", "'", "tháng 4, ", "chương I, ", "1m",
     "http://", "½", "2 x ", "\u0301", "quý a ", "9x", "ư", "gọi ", "route 1, ", "May 1 "],
)  # fmt: skip
def test_a_long_text_takes_long_only_in_proportion(piece: str, language: str) -> None:
    short, long = seconds(piece * 1000, language), seconds(piece * 4000, language)
    assert long < max(0.5, 8 * short)  # four times the text; a square would be sixteen times


def seconds(text: str, language: str) -> float:
    """The best of two, so that a busy machine does not count."""
    best = float("inf")
    for _ in range(2):
        start = process_time()
        read(text, language)
        best = min(best, process_time() - start)
    return best


@given(st.text(alphabet="0123456789.,:/-hđ% ", min_size=1, max_size=25))
def test_the_prose_around_a_number_survives_it(number: str) -> None:
    words = read(f"Kính thưa quý khách, ( {number} ) xin cảm ơn").split()
    assert words[:4] == ["kính", "thưa", "quý", "khách"]
    assert words[-3:] == ["xin", "cảm", "ơn"]

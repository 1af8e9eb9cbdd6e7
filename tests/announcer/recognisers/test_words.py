"""Text as the words one hears."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.recognisers.words import spoken_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Xin chào, quý khách!", "xin chào quý khách"),
        ("lúc 19h30", "lúc mười chín giờ ba mươi phút"),
        ("số 24", "số hai mươi tư"),
        ("hoà bình", "hòa bình"),
        (unicodedata.normalize("NFD", "Hải Phòng"), "hải phòng"),
        ("ép-phờ\nbê", "ép phờ bê"),
        ("…", ""),
    ],
)
def test_only_the_words_are_left(text: str, words: str) -> None:
    assert spoken_words(text, "vi") == tuple(words.split())


def test_english_keeps_its_apostrophes_and_reads_its_numbers() -> None:
    assert spoken_words("Don't wait: 2 trains.", "en") == ("don't", "wait", "two", "trains")


@given(st.text(max_size=40))
def test_words_stay_the_same_words(text: str) -> None:
    words = spoken_words(text, "vi")
    assert spoken_words(" ".join(words), "vi") == words

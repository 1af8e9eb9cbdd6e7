"""Written syllables are taken apart as Hà Nội says them."""

from __future__ import annotations

import unicodedata

import pytest

from announcer.phonology.inventory import syllables
from announcer.phonology.syllables import (
    CODAS,
    INITIALS,
    NUCLEI,
    TONES,
    NotASyllable,
    Syllable,
    analyse,
    is_syllable,
)

ANALYSED = {
    "gìn": ("d", False, "i", "n", "huyen"),
    "gì": ("d", False, "i", "", "huyen"),
    "giếng": ("d", False, "ia", "ng", "sac"),
    "già": ("d", False, "a", "", "huyen"),
    "ghi": ("g", False, "i", "", "ngang"),
    "quý": ("k", True, "i", "", "sac"),
    "quốc": ("k", False, "ua", "k", "sac"),
    "quyển": ("k", True, "ia", "n", "hoi"),
    "quay": ("k", True, "ă", "j", "ngang"),
    "khách": ("kh", False, "a", "ch", "sac"),
    "trường": ("ch", False, "ưa", "ng", "huyen"),
    "rượu": ("d", False, "ưa", "w", "nang"),
    "sẽ": ("s", False, "e", "", "nga"),
    "xe": ("s", False, "e", "", "ngang"),
    "nghĩa": ("ng", False, "ia", "", "nga"),
    "yêu": ("", False, "ia", "w", "ngang"),
    "thuở": ("th", True, "ơ", "", "hoi"),
    "khuya": ("kh", True, "ia", "", "ngang"),
    "khuỷu": ("kh", True, "i", "w", "hoi"),
    "ngoéo": ("ng", True, "e", "w", "sac"),
    "của": ("k", False, "ua", "", "hoi"),
    "mưa": ("m", False, "ưa", "", "ngang"),
    "xoong": ("s", False, "oo", "ng", "ngang"),
    "tay": ("t", False, "ă", "j", "ngang"),
    "tai": ("t", False, "a", "j", "ngang"),
    "Đắk": ("đ", False, "ă", "k", "sac"),
}


@pytest.mark.parametrize("word", ANALYSED)
def test_a_syllable_is_analysed(word: str) -> None:
    assert analyse(word) == Syllable(*ANALYSED[word])


def test_every_syllable_of_the_inventory_has_known_parts() -> None:
    for word in syllables():
        found = analyse(word)
        assert found.initial in INITIALS, word
        assert found.nucleus in NUCLEI, word
        assert found.coda in CODAS, word
        assert found.tone in TONES, word


def test_before_a_stop_there_are_two_tones() -> None:
    tones = {analyse(word).tone for word in syllables() if analyse(word).stopped}
    assert tones == {"sac", "nang"}


@pytest.mark.parametrize(
    ("spelt", "same"), [("hòa", "hoà"), ("thủy", "thuỷ"), ("ĐƯỜNG", "đường"), ("tra", "cha"), ("ra", "gia")]
)
def test_spellings_of_one_sound_are_the_same(spelt: str, same: str) -> None:
    assert analyse(spelt) == analyse(same)


def test_decomposed_letters_are_the_same_syllable() -> None:
    for word in ANALYSED:
        assert analyse(unicodedata.normalize("NFD", word)) == analyse(word)


def test_a_borrowed_word_that_ends_in_a_stop_gets_a_tone_it_can_have() -> None:
    assert analyse("cat").tone == "sac"


@pytest.mark.parametrize("word", ["Winmart", "brt", "", "a b", "3", "東京", "nghx"])
def test_what_is_no_syllable_is_refused(word: str) -> None:
    assert not is_syllable(word)
    with pytest.raises(NotASyllable):
        analyse(word)

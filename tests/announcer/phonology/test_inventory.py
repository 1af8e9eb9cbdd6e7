"""The inventory has every syllable that spelling allows, each as it is spelt."""

from __future__ import annotations

import unicodedata

import pytest

from announcer.phonology.inventory import syllables

ALL = list(syllables())
WORDS = """
    quý khách đường nghỉ giữ gìn xoong khuỷu thuở tuyết giếng yêu ghế kể cảm ơn trật tự quét uống
    ngoằn ngoèo huỳnh quạnh nguệch rượu
""".split()


def test_each_is_there_once() -> None:
    assert len(ALL) == len(set(ALL))


def test_there_are_some_sixteen_thousand() -> None:
    assert 15_000 < len(ALL) < 20_000


def test_all_are_composed_and_in_lower_case() -> None:
    assert [unicodedata.normalize("NFC", word.lower()) for word in ALL] == ALL


@pytest.mark.parametrize("word", WORDS)
def test_common_words_are_in_it(word: str) -> None:
    assert word in ALL


@pytest.mark.parametrize("wrong", ["keư", "cáx", "ce", "gha", "ngi", "kà", "càt"])
def test_misspelt_ones_are_not(wrong: str) -> None:
    assert wrong not in ALL

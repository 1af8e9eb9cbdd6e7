"""A text is spoken phrase by phrase, and no phrase is longer than the network can take."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from announcer.phonology.words import utterance
from announcer.voices.hanoi.model import MOST_TOKENS
from announcer.voices.hanoi.phrases import phrases
from announcer.voices.hanoi.tokens import tokenise
from announcer.voices.hanoi.weights import alphabet

ALPHABET = alphabet()


def test_sentences_are_phrases() -> None:
    found = phrases(utterance("Tàu vào ga. Xin lùi lại! Cảm ơn"))
    assert [len(phrase) for phrase in found] == [3, 3, 2]


def test_a_long_sentence_is_cut_at_its_commas() -> None:
    found = phrases(utterance("một hai ba bốn năm sáu bảy, " * 8))
    assert all(phrase[-1].pause for phrase in found)
    assert len(found) > 1


@given(st.lists(st.sampled_from(["nghiêng", "ngoằng", "xin", "lùi,", "lại.", "Winmart"]), max_size=200))
def test_nothing_is_lost_and_every_phrase_fits(words: list[str]) -> None:
    units = utterance(" ".join(words))
    found = phrases(units)
    assert [unit for phrase in found for unit in phrase] == units
    assert all(len(tokenise(phrase, ALPHABET).ids) <= MOST_TOKENS for phrase in found)

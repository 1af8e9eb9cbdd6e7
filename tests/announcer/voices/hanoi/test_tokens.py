"""Syllables become tokens of the network, and we know which token is which part."""

from __future__ import annotations

from announcer.phonology.inventory import syllables
from announcer.phonology.words import utterance
from announcer.voices.hanoi.tokens import tokenise
from announcer.voices.hanoi.weights import alphabet

ALPHABET = alphabet()
LETTERS = {number: letter for letter, number in ALPHABET.items()}


def phonemes(text: str) -> str:
    return "".join(LETTERS[token] for token in tokenise(utterance(text), ALPHABET).ids[1:-1])


def test_every_syllable_of_vietnamese_has_tokens_the_network_knows() -> None:
    for word in syllables():
        tokens = tokenise(utterance(word), ALPHABET)
        assert len(tokens.ids) == len(tokens.factors) > 2, word


def test_words_are_apart_and_pauses_are_marked() -> None:
    assert phonemes("mai, đi.") == "maaj, diː."


def test_a_span_holds_the_parts_of_its_syllable() -> None:
    tokens = tokenise(utterance("quang"), ALPHABET)
    span = tokens.spans[0]
    parts = [
        (span.start, span.medial),
        (span.medial, span.nucleus),
        (span.nucleus, span.coda),
        (span.coda, span.end),
    ]
    assert ["".join(LETTERS[i] for i in tokens.ids[a:b]) for a, b in parts] == ["k", "w", "aa", "ŋ"]


def test_the_rhymes_of_ong_and_anh_have_vowels_of_their_own() -> None:
    assert (phonemes("ong"), phonemes("anh"), phonemes("oong")) == ("aʊŋ", "aɪŋ", "ɔɑŋ")


def test_the_last_syllable_stands_before_a_pause() -> None:
    assert [span.pause for span in tokenise(utterance("một, hai ba"), ALPHABET).spans] == [True, False, True]

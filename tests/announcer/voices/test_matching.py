"""Clips cover a text with the fewest words left over, then in the fewest pieces."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from announcer.voices.matching import Piece, cover, tokens


def covered(text: str, *clips: str) -> list[tuple[str, bool]]:
    """(words, said by a clip) of each piece."""
    keys = {tuple(token.key for token in tokens(clip)): clip for clip in clips}
    return [
        (" ".join(word.written for word in p.words), p.clip is not None) for p in cover(tokens(text), keys)
    ]


def test_words_are_compared_without_case_and_marks() -> None:
    assert covered("Kính chào, Quý khách!", "kính chào quý khách") == [("Kính chào Quý khách", True)]


def test_the_longest_clip_wins_where_it_saves_joins() -> None:
    assert covered("tàu sắp vào ga", "tàu", "sắp vào ga", "tàu sắp", "vào ga", "tàu sắp vào ga") == [
        ("tàu sắp vào ga", True)
    ]


def test_a_greedy_choice_that_leaves_words_over_is_not_made() -> None:
    assert covered("a b c d", "a b c", "a b", "c d") == [("a b", True), ("c d", True)]


def test_neighbouring_words_without_a_clip_are_one_piece() -> None:
    assert covered("tàu đi ga Cát Linh sắp đến", "tàu đi ga", "sắp đến") == [
        ("tàu đi ga", True),
        ("Cát Linh", False),
        ("sắp đến", True),
    ]


def test_marks_stay_with_the_word_before() -> None:
    assert [(token.written, token.mark) for token in tokens("Chào, khách! Tàu… đến")] == [
        ("Chào", ","),
        ("khách", "!"),
        ("Tàu", "…"),
        ("đến", ""),
    ]


def cost(pieces: list[Piece[str]]) -> tuple[int, int]:
    return sum(len(piece.words) for piece in pieces if piece.clip is None), len(pieces)


def cheapest(words: list[str], clips: set[str]) -> tuple[int, int]:
    """By trying every way to cut, for short texts. Left-over neighbours count as one piece."""
    found = []
    for size in range(len(words)):
        for cuts in combinations(range(1, len(words)), size):
            edges = [0, *cuts, len(words)]
            parts = [words[a:b] for a, b in pairwise(edges)]
            found.append((sum(len(part) for part in parts if " ".join(part) not in clips), len(parts)))
    return min(found)


letters = st.sampled_from("abc")
texts = st.lists(letters, min_size=1, max_size=7)
clip_sets = st.sets(st.lists(letters, min_size=1, max_size=3).map(" ".join), max_size=5)


@given(texts, clip_sets)
def test_no_other_cover_is_cheaper(words: list[str], clips: set[str]) -> None:
    pieces = cover(tokens(" ".join(words)), {tuple(clip.split()): clip for clip in clips})
    assert [word.key for piece in pieces for word in piece.words] == words
    assert cost(pieces) == cheapest(words, clips)

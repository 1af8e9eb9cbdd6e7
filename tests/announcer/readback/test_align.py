"""What was meant beside what was heard, and the rates that follow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.readback.align import align, cer, rate, toneless_wer, wer

WORDS = st.lists(st.sampled_from(["tàu", "tau", "xe", "đến", "ga", "mười"]), max_size=7)


def kinds(meant: str, heard: str) -> list[tuple[str, str, str]]:
    return [(step.kind, step.meant, step.heard) for step in align(meant.split(), heard.split())]


def test_each_word_finds_its_place() -> None:
    assert kinds("tàu đi ga huế", "tàu ghi ga ạ huế") == [
        ("matched", "tàu", "tàu"),
        ("substituted", "đi", "ghi"),
        ("matched", "ga", "ga"),
        ("added", "", "ạ"),
        ("matched", "huế", "huế"),
    ]


def test_a_word_that_was_not_heard_is_missing() -> None:
    assert ("missing", "tàu", "") in kinds("xin chào tàu", "xin chào")


def test_words_that_sound_nearly_alike_are_put_side_by_side() -> None:
    nearly = {("ba", "bà"): 0.1}
    steps = align(
        ["ba"], ["bà"], lambda meant, heard: 0.0 if meant == heard else nearly.get((meant, heard), 1.0)
    )
    assert [(step.kind, step.cost) for step in steps] == [("substituted", 0.1)]


@pytest.mark.parametrize(
    ("meant", "heard", "expected"),
    [
        ("một hai ba bốn", "một hai ba bốn", 0.0),
        ("một hai ba bốn", "một hai bà", 0.5),
        ("", "", 0.0),
        ("", "ạ", 1.0),
    ],
)
def test_the_word_error_rate_counts_what_went_wrong(meant: str, heard: str, expected: float) -> None:
    assert wer(meant.split(), heard.split()) == expected


def test_without_tones_only_letters_count() -> None:
    assert toneless_wer(["ba", "mươi"], ["bà", "mười"]) == 0
    assert toneless_wer(["dân"], ["dan"]) == 1


def test_characters_are_counted_singly() -> None:
    assert cer(["ga", "huế"], ["ga", "huê"]) == pytest.approx(1 / 6)


@given(WORDS, WORDS)
def test_an_alignment_says_both_sides_in_order(meant: list[str], heard: list[str]) -> None:
    steps = align(meant, heard)
    assert [step.meant for step in steps if step.kind != "added"] == meant
    assert [step.heard for step in steps if step.kind != "missing"] == heard


@given(WORDS, WORDS)
def test_a_rate_is_between_nothing_wrong_and_everything_wrong(meant: list[str], heard: list[str]) -> None:
    longest, length = max(len(meant), len(heard)), max(len(meant), 1)
    assert 0 <= wer(meant, heard) * length <= max(longest, 1)
    assert (wer(meant, heard) == 0) == (meant == heard)


@given(WORDS, WORDS)
def test_taking_off_the_tones_never_makes_it_worse(meant: list[str], heard: list[str]) -> None:
    assert toneless_wer(meant, heard) <= wer(meant, heard)


@given(WORDS, WORDS)
def test_what_is_missing_one_way_is_added_the_other_way(meant: list[str], heard: list[str]) -> None:
    forth, back = align(meant, heard), align(heard, meant)
    assert sum(step.cost for step in forth) == sum(step.cost for step in back)


@given(WORDS, WORDS, WORDS)
def test_a_detour_over_other_words_is_never_shorter(a: list[str], b: list[str], c: list[str]) -> None:
    def cost(one: list[str], other: list[str]) -> float:
        return sum(step.cost for step in align(one, other))

    assert cost(a, c) <= cost(a, b) + cost(b, c)


def test_the_rate_of_nothing_is_nothing() -> None:
    assert rate([]) == 0

"""A verdict as a person reads it."""

from __future__ import annotations

from announcer.readback.verdict import Verdict
from announcer.readback.wording import in_words


def test_a_good_one_is_one_line() -> None:
    assert in_words(Verdict("good", 0.979).to_data()) == "Good, 98% as it was meant."


def test_reasons_and_every_misheard_lost_or_added_word_are_told() -> None:
    misheard = (("mười", "một"), ("ga", ""), ("", "ờ"))
    told = in_words(Verdict("doubtful", 0.5, ("words", "figures"), misheard).to_data())
    assert told.splitlines() == [
        "Doubtful (words, figures), 50% as it was meant.",
        "  mười → một",
        "  ga → –",
        "  – → ờ",
    ]

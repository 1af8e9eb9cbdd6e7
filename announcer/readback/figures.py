"""Numbers, times and plates must have been said as they were meant: one word more or less is another train.

Strict where the recogniser is sure: a number word in place of another, or of a word quite unlike it, or one lost or added
inside a number. Lenient where it only misheard a sound: "bà" for "ba" is fine, since no other number is nearer.
"""

from __future__ import annotations

from collections.abc import Sequence

from announcer.readback.align import Step
from announcer.readback.likeness import unlikeness
from announcer.text.numbers import DIGITS

SAME = {"mốt": "một", "tư": "bốn", "lăm": "năm", "mười": "mươi", "ngàn": "nghìn", "lẻ": "linh"}
FIGURES = {word: word for word in (*DIGITS, "mươi", "trăm", "nghìn", "triệu", "tỷ", "linh", "phẩy")} | SAME

NEAR = 0.35  # what is heard is a number's sound up to one part of the syllable
CLEARLY = 0.3  # by so much it must be nearer to another number than to the one meant
QUITE_UNLIKE = 0.6
FILLERS = frozenset(
    "a à ạ ơ ờ ừ".split()
)  # what a recogniser writes where it made nothing out; that proves nothing


def contradictions(steps: Sequence[Step]) -> list[tuple[str, str]]:
    """(meant, heard) for every number word that was heard as another one, lost (""), or added inside a number."""
    found = []
    for i, step in enumerate(steps):
        if step.kind == "missing" and step.meant in FIGURES:
            found.append((step.meant, ""))
        elif step.kind == "added" and step.heard in FIGURES and _inside_a_number(steps, i):
            found.append(("", step.heard))
        elif step.kind == "substituted" and step.meant in FIGURES and _another_number(step.meant, step.heard):
            found.append((step.meant, step.heard))
    return found


def _another_number(meant: str, heard: str) -> bool:
    value = FIGURES[meant]
    if heard in FIGURES:
        return FIGURES[heard] != value
    if unlikeness(meant, heard) > QUITE_UNLIKE:
        return heard not in FILLERS
    own = min(unlikeness(word, heard) for word in FIGURES if FIGURES[word] == value)
    other = min(unlikeness(word, heard) for word in FIGURES if FIGURES[word] != value)
    return other <= NEAR and other + CLEARLY < own


def _inside_a_number(steps: Sequence[Step], at: int) -> bool:
    """Next to a number word that was meant; "không" elsewhere is only "not"."""
    return any(step.meant in FIGURES for step in [*steps[max(0, at - 1) : at], *steps[at + 1 : at + 2]])

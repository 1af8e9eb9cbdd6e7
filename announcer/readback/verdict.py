"""What to think of a sound, from what was heard and measured. Pure: no recogniser, no sound, no clock.

A recogniser is not a listener. It knows Vietnamese well enough to tell a voice nobody understands, another language, a
lost beginning or end, and a number that was said as another; it cannot tell whether the voice is pleasant, the tone
friendly or the hall too loud, and it mishears every sixth word of a synthetic voice that people may well follow. So no
single word decides except number words, and limits stand where sounds known to be right and sounds known to be wrong
were furthest apart (``python -m benchmarks.readback`` counts both again).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from announcer.readback.align import Step, align, rate
from announcer.readback.figures import contradictions
from announcer.readback.likeness import unlikeness

Grade = Literal["good", "doubtful", "bad"]
GRADES: tuple[Grade, ...] = ("good", "doubtful", "bad")  # from the best to the worst

# Set on 125 announcements in the first draft of the voice hanoi and 370 planted mistakes; see the function that uses each.
MOSTLY_SILENT = 0.9
SQUARE = 1.6
SLOWEST, FASTEST = 1.6, 0.65
UNSURE, NOT_UNDERSTOOD = 0.30, 0.50
LOST = 0.6
EDGE = 5  # words at either end, of which so many are lost
LOST_DOUBTFUL, LOST_BAD = 3, 4


@dataclass(frozen=True)
class Evidence:
    """What is known of one language's speech in a sound.

    ``meant`` and ``heard`` are words (see ``recognisers.words``). ``pace`` is its length over the expected one;
    ``silence`` the share of quiet frames, 0…1; ``crest`` the peak over the RMS in its loud frames, 1 for a square wave.
    """

    meant: tuple[str, ...]
    heard: tuple[str, ...]
    pace: float
    silence: float
    crest: float


@dataclass(frozen=True)
class Verdict:
    """``score`` is 1 when every word was heard as it was meant, 0 when none was. ``reasons`` are names of CHECKS.

    ``misheard`` pairs what was meant with what was heard; one of both is empty where a word was lost or added.
    """

    grade: Grade
    score: float
    reasons: tuple[str, ...] = ()
    misheard: tuple[tuple[str, str], ...] = ()

    def to_data(self) -> dict[str, Any]:
        """As JSON can keep it."""
        return {
            "grade": self.grade,
            "score": self.score,
            "reasons": list(self.reasons),
            "misheard": [list(pair) for pair in self.misheard],
        }


Check = Callable[[Evidence, Sequence[Step]], Grade]


def judge(evidence: Evidence) -> Verdict:
    """The worst that any check finds."""
    steps = align(evidence.meant, evidence.heard, unlikeness)
    found = {name: check(evidence, steps) for name, check in CHECKS}
    return Verdict(
        worst(found.values()),
        round(max(0.0, 1.0 - rate(steps)), 3),
        tuple(name for name, grade in found.items() if grade != "good"),
        tuple((step.meant, step.heard) for step in steps if step.cost > 0),
    )


def worst(grades: Iterable[Grade]) -> Grade:
    """ "good" if there are none."""
    return max(grades, key=GRADES.index, default="good")


def better(one: Verdict, other: Verdict) -> Verdict:
    """The one to air; the first where they are equal."""
    return min(one, other, key=lambda verdict: (GRADES.index(verdict.grade), -verdict.score))


def _silent(evidence: Evidence, steps: Sequence[Step]) -> Grade:
    """Announcements with all their pauses were quiet for at most half of their length."""
    return "bad" if not evidence.heard or evidence.silence >= MOSTLY_SILENT else "good"


def _distorted(evidence: Evidence, steps: Sequence[Step]) -> Grade:
    """Voices lie above 2.0; speech driven ten times over full scale lay below 1.3."""
    return "bad" if evidence.crest < SQUARE else "good"


def _pace(evidence: Evidence, steps: Sequence[Step]) -> Grade:
    """Offline voices took 0.80 to 1.18 of the estimate; at half speed 1.9 and more, at double speed 0.58 and less."""
    return "good" if FASTEST <= evidence.pace <= SLOWEST else "bad"


def _words(evidence: Evidence, steps: Sequence[Step]) -> Grade:
    """How unlike the words sounded on the whole. Right announcements lay below 0.29; espeak between 0.30 and 0.70, a foreign
    language or another sentence above 0.71.
    """
    unlike = rate(steps)
    return "good" if unlike <= UNSURE else "doubtful" if unlike <= NOT_UNDERSTOOD else "bad"


def _beginning(evidence: Evidence, steps: Sequence[Step]) -> Grade:
    return _edge(steps)


def _end(evidence: Evidence, steps: Sequence[Step]) -> Grade:
    return _edge(steps[::-1])


def _edge(steps: Sequence[Step]) -> Grade:
    """Of the five words here right sounds lost at most two, mostly none; with three or four words cut off, four were lost."""
    first = [step for step in steps if step.kind != "added"][:EDGE]
    lost = sum(step.cost > LOST for step in first)
    return "good" if lost < LOST_DOUBTFUL else "doubtful" if lost < LOST_BAD else "bad"


def _figures(evidence: Evidence, steps: Sequence[Step]) -> Grade:
    return "doubtful" if contradictions(steps) else "good"


CHECKS: tuple[tuple[str, Check], ...] = (
    ("silent", _silent),
    ("distorted", _distorted),
    ("pace", _pace),
    ("words", _words),
    ("beginning", _beginning),
    ("end", _end),
    ("figures", _figures),
)

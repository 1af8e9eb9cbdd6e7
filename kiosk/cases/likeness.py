"""Which open cases are likely to be about the same: the same place, about the same days, and words in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.feedback.kinds import RESTRICTED
from kiosk.feedback.models import UNDER_WAY, Feedback

WITHIN = timedelta(days=7)
LIKELY = 0.35  # of their syllables in common
MOST = 5
# Syllables that any sentence has tell nothing.
COMMON = frozenset(
    "là và có không thì mà của cho ở tại này kia rất quá bị được cái các những một xin tôi ga nhà the a is of".split()
)


@dataclass(frozen=True)
class Like:
    row: Feedback
    share: float


def likely(session: Session, row: Feedback) -> list[Like]:
    """At most five, the likeliest first."""
    words = syllables(row.words)
    query = select(Feedback).where(
        Feedback.station_id == row.station_id,
        Feedback.state.in_(UNDER_WAY),
        Feedback.id != row.id,
        Feedback.kind.not_in(RESTRICTED),
        Feedback.received_at.between(row.received_at - WITHIN, row.received_at + WITHIN),
    )
    found = [Like(other, share(words, syllables(other.words))) for other in session.scalars(query)]
    return sorted((one for one in found if one.share >= LIKELY), key=lambda one: -one.share)[:MOST]


def syllables(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower())) - COMMON


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """Between 0 and 1."""
    return len(one & other) / len(one | other) if one and other else 0.0

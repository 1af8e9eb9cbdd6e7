"""What feedback may be about and of which kind. The kinds are those of the city (facts.md §5)."""

from __future__ import annotations

from dataclasses import dataclass

GOOD, FAIR, BAD = "good", "fair", "bad"
MOODS = (GOOD, FAIR, BAD)

SERVICE, PLACE, RULE, OFFICIAL, DEED = "service", "place", "rule", "official", "deed"
TOPICS = (SERVICE, PLACE, RULE, OFFICIAL, DEED)

SUGGESTION, REPORT, PRAISE, COMPLAINT, DENUNCIATION, URGENT = (
    "suggestion", "report", "praise", "complaint", "denunciation", "urgent",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """``restricted``: only who receives people for the city sees it, never the unit it may be about."""

    restricted: bool = False
    urgent: bool = False


KINDS = {
    SUGGESTION: Kind(),
    REPORT: Kind(),
    PRAISE: Kind(),
    COMPLAINT: Kind(restricted=True),
    DENUNCIATION: Kind(restricted=True),
    URGENT: Kind(urgent=True),
}
RESTRICTED = tuple(name for name, kind in KINDS.items() if kind.restricted)
ORDINARY = (SUGGESTION, REPORT, PRAISE)  # what the traveller chooses among where the words are written


def likely(mood: str, topic: str) -> str:
    """The kind to begin with; the traveller and the staff may choose another."""
    if topic == DEED or mood == GOOD:
        return PRAISE
    return REPORT if mood == BAD else SUGGESTION

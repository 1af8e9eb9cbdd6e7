"""How long feedback is kept: as long as its purpose needs, and no longer (facts.md §5)."""

from __future__ import annotations

from schedules.core.settings import declare

KEEP_DAYS = declare(
    "feedback.keep_days",
    365,
    "How many days after its last sign of life ordinary feedback is kept; then its words, photos and history are erased.",
    minimum=30,
    maximum=3650,
)
RESTRICTED_DAYS = declare(
    "feedback.restricted_days",
    1825,
    "How many days complaints and denunciations are kept.",
    minimum=30,
    maximum=7300,
)
CONTACT_DAYS = declare(
    "feedback.contact_days",
    30,
    "How many days after the answer it is kept how to reach whoever wrote.",
    minimum=1,
    maximum=365,
)

"""What the pages call a read-back verdict and its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from announcer.readback.verdict import GRADES
from kiosk.language.words import Table

VERDICTS = Table(
    {
        "good": "Máy nghe lại: rõ",
        "doubtful": "Máy nghe lại: chưa chắc rõ",
        "bad": "Máy nghe lại: không rõ",
    }
)
REASONS = Table(
    {
        "silent": "gần như không có tiếng",
        "distorted": "tiếng bị vỡ",
        "pace": "nói nhanh hoặc chậm khác thường",
        "words": "nhiều từ nghe ra khác",
        "beginning": "mất tiếng ở đầu",
        "end": "mất tiếng ở cuối",
        "figures": "số nghe ra khác",
    }
)
MOST_MISHEARD = 6


def verdict(readback: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The worst language's verdict in words; None where nobody listened."""
    if not readback:
        return None
    grade = max((one["grade"] for one in readback.values()), key=GRADES.index)
    reasons = dict.fromkeys(REASONS.get(name, name) for one in readback.values() for name in one["reasons"])
    misheard = [pair for one in readback.values() for pair in one["misheard"]]
    return {
        "grade": grade,
        "sentence": ": ".join(filter(None, (VERDICTS[grade], ", ".join(reasons)))) + ".",
        "misheard": [(meant or "…", heard or "…") for meant, heard in misheard[:MOST_MISHEARD]],
    }

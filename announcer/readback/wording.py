"""A verdict in words, as the commands print it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

GRADES = {"good": "Good", "doubtful": "Doubtful", "bad": "Bad"}


def in_words(verdict: Mapping[str, Any]) -> str:
    """``verdict`` as ``Verdict.to_data`` gives it and the database keeps it: one line, and one for each misheard word."""
    reasons = f" ({', '.join(verdict['reasons'])})" if verdict["reasons"] else ""
    lines = [f"{GRADES[verdict['grade']]}{reasons}, {verdict['score']:.0%} as it was meant."]
    lines += [f"  {meant or '–'} → {heard or '–'}" for meant, heard in verdict["misheard"]]
    return "\n".join(lines)

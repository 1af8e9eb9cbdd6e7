"""Where the story of something is told."""

from __future__ import annotations

from typing import Protocol

from flask import url_for


class Told(Protocol):
    request_id: str | None
    occurrence_id: str | None


def address(row: Told) -> str:
    """Of the page about a row of the queue or of the log; empty where it came from neither a request nor a plan."""
    if row.request_id:
        return url_for("stories.request_", id=row.request_id)
    return url_for("stories.occurrence", id=row.occurrence_id) if row.occurrence_id else ""

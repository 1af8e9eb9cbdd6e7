"""Where the story of something is told."""

from __future__ import annotations

from typing import Protocol

from flask import g, url_for


class Told(Protocol):
    request_id: str | None
    occurrence_id: str | None


def address(row: Told) -> str:
    """Of the page about a row of the queue or of the log; empty where it came from neither a request nor a plan."""
    if row.request_id:
        return before("stories.request_") + row.request_id
    return before("stories.occurrence") + row.occurrence_id if row.occurrence_id else ""


def before(endpoint: str) -> str:
    """The address of a page that is named by an id of ours, up to the id: asked for once, not for every row of a page."""
    found: dict[str, str] = g.setdefault("before", {})
    if endpoint not in found:
        found[endpoint] = url_for(endpoint, id="-").removesuffix("-")
    return found[endpoint]

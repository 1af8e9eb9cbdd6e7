"""Back to the page somebody came from, and never to another site."""

from __future__ import annotations

from flask import url_for


def own_page(where: str) -> str:
    """Where one wants to go, if that is a page of ours; else the first page."""
    ours = where.startswith("/") and not where.startswith(("//", "/\\")) and where.isprintable()
    return where if ours else url_for("home.on_air")

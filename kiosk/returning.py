"""Back to the page somebody came from, and never to another site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, current_app, request, url_for
from werkzeug.routing import MapAdapter


def own_page(where: str) -> str:
    """Where one wants to go, if that is a page of ours; else the first page."""
    ours = where.startswith("/") and not where.startswith(("//", "/\\")) and where.isprintable()
    return where if ours else url_for("home.on_air")


def this_page() -> str:
    """The address that opens this page again; empty for one that only a form opens."""
    return opened(request.full_path.rstrip("?"))


def opened(address: str) -> str:
    """The same for any address of ours."""
    return address if adapter().test(urlsplit(address).path, method="GET") else ""


def adapter() -> MapAdapter:
    """What knows the routes, for addresses at this host."""
    return current_app.create_url_adapter(request) or abort(404)

"""QR codes: what a telephone reads off a screen."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import segno
from flask import current_app, request
from markupsafe import Markup

from kiosk.settings import PUBLIC_URL


def address(path: str) -> str:
    """The whole address of a page for a telephone; empty where none leads here."""
    public: str = current_app.extensions["settings"].get(PUBLIC_URL) or request.host_url
    return "" if _is_this_machine(public) else public.rstrip("/") + path


def _is_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def drawn(told: str) -> Markup:
    """An SVG, with the quiet margin that readers need; a quarter of it may be hidden."""
    code = segno.make(told, error="q", micro=False)
    return Markup(code.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704  (made of squares)

"""What a browser keeps from a sign-in that succeeded, so that strangers who guess cannot keep its owner out.

Failures of a browser that bears this mark are counted for themselves; those of all others by the name alone. The mark opens nothing:
the password is asked for all the same.
"""

from __future__ import annotations

import secrets

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

NAME = "loaga-device"
DAYS = 180
SALT = "device"


def marked_for(name: str) -> str:
    """The mark that this browser bears for that sign-in name, or an empty string."""
    try:
        owner, mark = _serializer().loads(request.cookies.get(_cookie(), ""))
    except (BadSignature, ValueError, TypeError):
        return ""
    return str(mark) if owner == name else ""


def mark(response: Response, name: str) -> None:
    """The browser of whoever has just signed in; one that is marked for that name keeps its mark."""
    value = _serializer().dumps([name, marked_for(name) or secrets.token_urlsafe(12)])
    response.set_cookie(
        _cookie(),
        value,
        max_age=DAYS * 24 * 3600,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _cookie() -> str:
    return f"__Host-{NAME}" if current_app.config["SESSION_COOKIE_SECURE"] else NAME


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=SALT)

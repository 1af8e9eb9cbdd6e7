"""The language of the page that is being made."""

from __future__ import annotations

from flask import request
from flask import session as cookie
from flask_babel import get_locale

DEFAULT = "vi"
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}  # each by its own name
CHOSEN = "language"  # in the cookie
FOR_PROGRAMS = ("/api/", "/metrics")


def choose() -> str:
    """What was chosen at this browser; before that, whichever of the two it asks for."""
    if request.path.startswith(FOR_PROGRAMS):
        return DEFAULT
    chosen = cookie.get(CHOSEN)
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES, DEFAULT)


def language() -> str:
    """ "vi" or "en"; Vietnamese wherever no page is being made."""
    locale = get_locale()
    return locale.language if locale else DEFAULT


def forget_all_but_language() -> None:
    """For whoever signs in or out: nothing of the person before, but no page that suddenly speaks otherwise."""
    chosen = cookie.get(CHOSEN)
    cookie.clear()
    if chosen:
        cookie[CHOSEN] = chosen

"""Whether a kiosk's screen still lives: its page says so while it draws, and the watchdog of that computer asks (deploy/kiosk).

A screen is named by a number that its browser drew by lot when it started. Only the time of its last word is remembered, in memory,
for half a minute. A traveller's own phone has no such number and says nothing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from flask import Blueprint, Response, abort, current_app

from kiosk.accounts.guard import public

SILENT_SECONDS = 30.0  # three words missed
MOST = 500  # whoever invents screens fills no memory
NAME = re.compile(r"[0-9a-f-]{36}")

screens = Blueprint("screens", __name__, url_prefix="/screens")


class Beats:
    """When each screen said last that it lives."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard: dict[str, float] = {}

    def hear(self, name: str) -> bool:
        """False for a new one where there are too many."""
        now = self._clock()
        self._heard = {other: at for other, at in self._heard.items() if now - at < SILENT_SECONDS}
        if self.full and name not in self._heard:
            return False
        self._heard[name] = now
        return True

    @property
    def full(self) -> bool:
        return len(self._heard) >= MOST

    def lives(self, name: str) -> bool:
        return self._clock() - self._heard.get(name, float("-inf")) < SILENT_SECONDS


@screens.get("/<name>/beat")
@public
def beat(name: str) -> tuple[str, int]:
    """A page says that it draws. By GET: it changes nothing that anybody sees, and the page has no form."""
    if not NAME.fullmatch(name):
        abort(404)
    return ("", 204) if _beats().hear(name) else ("", 503)


@screens.get("/<name>")
@public
def lives(name: str) -> Response | tuple[str, int]:
    """For the watchdog, in a word. It acts on "silent" alone; where we cannot know, we do not say it."""
    if not NAME.fullmatch(name):
        abort(404)
    if not _beats().lives(name) and _beats().full:
        return "", 503
    return Response("alive" if _beats().lives(name) else "silent", mimetype="text/plain")


def _beats() -> Beats:
    found: Beats = current_app.extensions.setdefault("beats", Beats())
    return found

"""Loops that must not end."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)

STUMBLE_SECONDS = 0.5


@contextmanager
def going_on(who: str) -> Iterator[None]:
    """What goes wrong in one turn of a loop is logged with all that is known of it, and the next turn tries again a little
    later, so that a fault that stays neither ends the loop nor floods the log.
    """
    try:
        yield
    except Exception:
        log.exception("%s stumbled and goes on.", who)
        time.sleep(STUMBLE_SECONDS)

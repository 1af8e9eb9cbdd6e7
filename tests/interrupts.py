"""A signal comes in the midst of anything: also while the thread it interrupts holds the lock of an event."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

PATIENCE = 5.0


def survives(thing: object, stop: Callable[[], None]) -> bool:
    """Whether ``stop`` comes back while its own thread holds the locks of all events of ``thing``."""

    def interrupted() -> None:
        with contextlib.ExitStack() as held:
            for event in vars(thing).values():
                if isinstance(event, threading.Event):
                    held.enter_context(event._cond)
            stop()

    thread = threading.Thread(target=interrupted, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return not thread.is_alive()

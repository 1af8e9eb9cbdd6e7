"""Codes that nobody has: whoever types many of them is guessing, and waits. A right code counts for nothing."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from datetime import datetime, timedelta

WITHIN = timedelta(minutes=10)
MOST = 20  # wrong codes of the right form: mistyped ones have none


class Guesses:
    """Kept in memory: after a restart everybody begins anew, which costs a guesser more than it gives him."""

    def __init__(self) -> None:
        self._wrong: dict[str, deque[datetime]] = defaultdict(deque)
        self._lock = threading.Lock()

    def too_many(self, who: str, now: datetime) -> bool:
        with self._lock:
            self._forget(now)
            return len(self._wrong.get(who, ())) >= MOST

    def wrong(self, who: str, now: datetime) -> None:
        with self._lock:
            self._wrong[who].append(now)

    def _forget(self, now: datetime) -> None:
        for who, moments in list(self._wrong.items()):
            while moments and now - moments[0] > WITHIN:
                moments.popleft()
            if not moments:
                del self._wrong[who]

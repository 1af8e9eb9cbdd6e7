"""A circuit breaker: after some failures in a row nothing more is tried for a while, then one trial decides.

closed ──most failures──► open ──cool-down──► half-open ──success──► closed
                           ▲                      └──failure──┐
                           └──────────────────────────────────┘
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


@dataclass
class Breaker:
    """``clock`` gives seconds. Not for several threads at once; its owner holds a lock."""

    clock: Callable[[], float]
    most_failures: int = 3
    cool_down_seconds: float = 300.0
    _failures: int = 0
    _opened: float = 0.0

    @property
    def state(self) -> State:
        if self._failures < self.most_failures:
            return State.CLOSED
        return State.OPEN if self.seconds_left > 0 else State.HALF_OPEN

    @property
    def seconds_left(self) -> float:
        """Until a trial is allowed; 0 if one is allowed now."""
        if self._failures < self.most_failures:
            return 0.0
        return max(0.0, self._opened + self.cool_down_seconds - self.clock())

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        self._failures += 1
        self._opened = self.clock()

"""What was worked out before, kept as long as what it was made from has not changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Each value lies here with the mark of what it was made from: a number that rises, a count. With another mark it is
    not found. The ``most`` values looked at last are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Hashable, Value]] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, mark: Hashable) -> Value | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept[0] != mark:
                return None
            self._kept.move_to_end(key)
            return kept[1]

    def keep(self, key: Hashable, mark: Hashable, value: Value) -> None:
        with self._lock:
            self._kept[key] = mark, value
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

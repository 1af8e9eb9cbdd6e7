"""The order in which people look for what has a number in its name."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"([0-9]+)")

Natural = tuple[str | int, ...]


def natural(text: str) -> Natural:
    """A key to sort by, which counts digits as numbers: B1, B2, B10. Words and numbers take turns in it, beginning with a word."""
    return tuple(int(piece) if odd % 2 else piece for odd, piece in enumerate(_NUMBER.split(text)))

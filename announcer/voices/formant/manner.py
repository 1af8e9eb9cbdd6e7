"""How the voice speaks: what may be set about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Manner:
    """``pitch`` is the middle of its speech in Hz, ``mouth`` what a man's formants are multiplied by, ``pace`` 1 its own.

    The recogniser we tuned on understood these best, and little beside them.
    """

    pitch: float = 180.0
    mouth: float = 1.12
    pace: float = 1.0

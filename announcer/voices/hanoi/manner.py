"""How the voice speaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Manner:
    """``pace`` 1 is Kokoro's own, which is too fast for a hall; ``pitch`` in semitones from the speaker's middle;
    ``style`` are Kokoro's speakers, the mean of those joined by "+"; ``accent`` is one of those we learned.
    """

    pace: float = 0.87
    pitch: float = 0.0
    style: str = "jf_tebukuro+jf_gongitsune"
    accent: str = "usual"

"""The signals before and after an announcement, by name. ``assets/make_chimes.py`` made them."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from audio.errors import AudioError
from audio.pcm import Block
from audio.wav import open_blocks

FOLDER = Path(__file__).with_name("assets")

CHIMES = {
    "standard": "three rising notes: something is going to be said",
    "urgent": "two alternating high notes: drop everything and listen",
    "end": "two falling notes: that was all",
}


def chime(name: str) -> Block:
    """The samples of a chime, int16 at 48 kHz, mapped. Raises AudioError for a name that is not in ``CHIMES``."""
    if name not in CHIMES:
        close = get_close_matches(name, CHIMES, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(CHIMES)}."
        raise AudioError(f"There is no chime {name!r}{hint}")
    return open_blocks(FOLDER / f"{name}.wav")

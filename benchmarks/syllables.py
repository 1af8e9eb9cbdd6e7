"""Every syllable that Vietnamese spelling allows, said alone: is there sound for each, and how long does it take?

    python -m benchmarks.syllables --voice formant            some minutes
    python -m benchmarks.syllables --voice hanoi --every 10

A syllable counts as said when the voice raises nothing and its sound is as loud as speech for a twentieth of a second.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import closing
from pathlib import Path

from announcer.errors import VoiceError
from announcer.phonology.inventory import syllables
from announcer.voices.base import Voice
from announcer.voices.registry import Setup, Voices
from audio.measure import FRAME_SECONDS, frame_levels_db
from benchmarks.figures import show

LOUD_DB = -40.0
LEAST_SECONDS = 0.05


def said(voice: Voice, syllable: str) -> bool:
    try:
        levels = frame_levels_db(voice.speak(syllable, "vi"), FRAME_SECONDS)
    except VoiceError:
        return False
    return bool((levels > LOUD_DB).sum() * FRAME_SECONDS >= LEAST_SECONDS)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--voice", default="formant")
    parser.add_argument("--every", type=int, default=1)
    wish = parser.parse_args()
    chosen = list(syllables())[:: wish.every]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as home, closing(Voices(Setup(Path(home)))) as voices:
        voice = voices.get(wish.voice)
        mute = [syllable for syllable in chosen if not said(voice, syllable)]
    seconds = round(time.perf_counter() - began, 1)
    show({"voice": wish.voice, "syllables": len(chosen), "not_said": mute, "seconds": seconds})


if __name__ == "__main__":
    main()

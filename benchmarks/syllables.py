"""Every syllable that Vietnamese spelling allows, said: is there sound for each, and how long does it take?

    python -m benchmarks.syllables --voice formant            each alone, some minutes
    python -m benchmarks.syllables --voice hanoi              in rows of 20, and what is lost there alone; half an hour
    python -m benchmarks.syllables --voice hanoi --every 10

A syllable counts as said when the voice raises nothing and its part of the sound is as loud as speech for a twentieth of
a second.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path

import numpy as np

from announcer.errors import VoiceError
from announcer.phonology.inventory import syllables
from announcer.phonology.words import utterance
from announcer.voices.base import Voice
from announcer.voices.hanoi import weights
from announcer.voices.hanoi.manner import Manner
from announcer.voices.hanoi.model import RATE, UNIT, Model, Plan
from announcer.voices.registry import Setup, Voices
from audio.measure import FRAME_SECONDS, frame_levels_db
from audio.pcm import Pcm
from benchmarks.figures import show

LOUD_DB = -40.0
LEAST_SECONDS = 0.05
TOGETHER = 20  # syllables a phrase


def is_heard(pcm: Pcm) -> bool:
    levels = frame_levels_db(pcm, FRAME_SECONDS)
    return bool((levels > LOUD_DB).sum() * FRAME_SECONDS >= LEAST_SECONDS)


def mute_alone(voice: Voice, chosen: Sequence[str]) -> Iterator[str]:
    """Those of ``chosen`` that were not said, each said alone."""
    for syllable in chosen:
        try:
            heard = is_heard(voice.speak(syllable, "vi"))
        except VoiceError:
            heard = False
        if not heard:
            yield syllable


def mute_in_phrases(model: Model, chosen: Sequence[str]) -> Iterator[str]:
    """Those of ``chosen`` that were not said, many in a phrase."""
    for start in range(0, len(chosen), TOGETHER):
        phrase, manner = chosen[start : start + TOGETHER], Manner()
        plan = model.planned(utterance(" ".join(phrase)), manner)
        samples = model.spoken(plan, manner.accent)
        samples = samples / np.abs(samples).max()
        for syllable, (first, last) in zip(phrase, places(plan), strict=True):
            if not is_heard(Pcm(samples[first * UNIT : last * UNIT], RATE)):
                yield syllable


def places(plan: Plan) -> Iterator[tuple[int, int]]:
    """The first unit of each syllable and the one after its last. Between syllables lie tokens that are no part of one."""
    edges = np.concatenate([[0], np.cumsum(plan.durations)])
    for within, tokens in groupby(range(len(plan.parts)), key=lambda at: plan.parts[at] != ""):
        if within:
            first, *more = tokens
            yield int(edges[first]), int(edges[(more or [first])[-1] + 1])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--voice", default="formant")
    parser.add_argument("--every", type=int, default=1)
    wish = parser.parse_args()
    chosen = list(syllables())[:: wish.every]
    began = time.perf_counter()
    in_rows = wish.voice == "hanoi"
    left = list(mute_in_phrases(Model(weights.folder()), chosen)) if in_rows else chosen
    with tempfile.TemporaryDirectory() as home, closing(Voices(Setup(Path(home)))) as voices:
        mute = list(mute_alone(voices.get(wish.voice), left))
    seconds = round(time.perf_counter() - began, 1)
    lost = {"lost_in_a_row": left} if in_rows else {}
    show({"voice": wish.voice, "syllables": len(chosen), **lost, "not_said": mute, "seconds": seconds})


if __name__ == "__main__":
    main()

"""From a plan to sound: the voice's pulses and the noises, laid over each other."""

from __future__ import annotations

from itertools import chain

import numpy as np

from announcer.voices.formant.manner import Manner
from announcer.voices.formant.noises import breathed
from announcer.voices.formant.planning import Plan
from announcer.voices.formant.pulses import pulses, voiced
from announcer.voices.formant.sampling import sample
from announcer.voices.formant.tract import RATE, SIZE
from audio.pcm import Pcm

SEED = 1  # the same words, the same sound
GAIN = (
    0.08  # the same for all, so that the phrases of an announcement are equally loud; peaks reach about 0.9
)
LOUDEST = 0.95


def render(plan: Plan, manner: Manner) -> Pcm:
    """The sound of ``plan`` at RATE, no peak above LOUDEST. Memory grows by the samples alone."""
    random, curves = np.random.default_rng(SEED), sample(plan)
    closures = pulses(curves, manner, plan.seconds, random)
    samples = np.zeros(int(plan.seconds * RATE) + 2 * SIZE, dtype=np.float32)
    pieces = chain(
        voiced(curves, closures, manner.mouth), breathed(curves, plan.tracks.noises, manner.mouth, random)
    )
    for start, piece in pieces:
        if start >= 0:
            samples[start : start + SIZE] += piece
    heard = samples[: int(plan.seconds * RATE)]
    peak = max(heard.max(initial=0), -heard.min(initial=0))
    return Pcm(heard * np.float32(min(GAIN, LOUDEST / max(peak, LOUDEST))), RATE)

"""How well announcements are understood in a hall, raw and mastered, both equally loud before the loudspeaker.

Per voice and scene: the word error rate of viet-asr, and STOI and ESTOI against the raw speech at the same pace without loudspeaker,
room or noise. Raw is the voice at its own pace; mastered has the profile's steps, pace and pauses. A crowd is made of the
voice's own raw sentences, and it is as loud for mastered speech as for raw.

    python -m benchmarks.intelligibility --voice hanoi --profile concourse --sentences benchmarks/sentences/heldout.txt
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from pystoi import stoi

from announcer.readback.align import align
from announcer.recognisers.base import Recogniser
from announcer.recognisers.registry import Recognisers
from announcer.recognisers.words import spoken_words
from announcer.text import read_phrases
from announcer.voices.base import Voice
from announcer.voices.joining import with_pauses
from announcer.voices.registry import PAUSE_SECONDS, Setup, Voices
from audio.acoustics.noise import babble, traffic
from audio.acoustics.scenes import SCENES, Scene, heard
from audio.mastering.chain import master
from audio.mastering.profiles import PROFILES, Profile, profile
from audio.mastering.resample import resample
from audio.measure import amplitude, lufs
from audio.pcm import Pcm, silence
from benchmarks.figures import show

SENTENCES = Path(__file__).parent / "sentences" / "heldout.txt"
USUAL = "concourse"
FITTING = {"waiting_room": "waiting_room", "platform": "platform"}  # room -> profile
VOICES = ("hanoi", "formant", "espeak")
STANDARD = ("clean", "hall", "hall_babble_10", "hall_babble_5", "platform_traffic_5")
RATE = 16_000
LOUDNESS_LUFS = -26.0  # of every sound before the loudspeaker: leaves the echo room below full scale
NOISE_SECONDS = 20.0
ECHO_SECONDS = 0.5  # of what follows the last word, kept for the recogniser

Speak = Callable[[str, str, float], Pcm]


@dataclass(frozen=True)
class Said:
    """A sentence: its words, raw speech, raw speech at the profile's pace, and that mastered; 16 kHz, equally loud."""

    words: tuple[str, ...]
    raw: Pcm
    paced: Pcm
    mastered: Pcm


def main() -> None:
    asked = _arguments()
    lines = [line.strip() for line in asked.sentences.read_text("utf-8").splitlines() if line.strip()]
    sentences = lines[: asked.limit]
    scenes = [SCENES[name] for name in asked.scene or STANDARD]
    with (
        TemporaryDirectory() as home,
        closing(Voices(Setup(Path(home)))) as voices,
        closing(Recognisers(("viet-asr",))) as recognisers,
    ):
        ear = recognisers.require("vi")
        rows = [
            found
            for name in asked.voice or VOICES
            for found in rows_of(voices.get(name), sentences, scenes, asked.profile, ear)
        ]
    show({"sentences": len(sentences), "lufs": LOUDNESS_LUFS, "rows": rows})


def rows_of(
    voice: Voice, sentences: Sequence[str], scenes: Sequence[Scene], wish: str | None, ear: Recogniser
) -> Iterator[dict[str, Any]]:
    """One voice in each scene, mastered by the profile ``wish`` or the one that fits."""
    speak = cache(voice.speak)

    @cache
    def said(name: str) -> list[Said]:
        return [spoken(speak, sentence, profile(name)) for sentence in sentences]

    for scene in scenes:
        name = wish or FITTING.get(scene.room, USUAL)
        noises = noises_for([one.raw for one in said(name)])
        yield {
            "voice": voice.info.name,
            "scene": scene.name,
            "profile": name,
            **row(scene, said(name), noises, ear),
        }


def spoken(speak: Speak, sentence: str, how: Profile) -> Said:
    phrases = read_phrases(sentence)
    raw = with_pauses([speak(phrase, "vi", 1.0) for phrase in phrases], PAUSE_SECONDS)
    paced = with_pauses([speak(phrase, "vi", how.pace) for phrase in phrases], how.pause_seconds)
    mastered = master(paced, how).pcm
    return Said(spoken_words(sentence, "vi"), *(_ready(pcm) for pcm in (raw, paced, mastered)))


def noises_for(crowd: Sequence[Pcm]) -> dict[str, Pcm]:
    return {
        "": silence(1.0, RATE),
        "babble": babble(crowd, NOISE_SECONDS),
        "traffic": traffic(NOISE_SECONDS, RATE),
    }


def row(scene: Scene, said: Sequence[Said], noises: dict[str, Pcm], recogniser: Recogniser) -> dict[str, Any]:
    noise = noises[scene.noise]
    raw = [(one, one.raw, heard(one.raw, scene, noise, one.raw)) for one in said]
    mastered = [(one, one.paced, heard(one.mastered, scene, noise, one.raw)) for one in said]
    before, after = figures(raw, recogniser), figures(mastered, recogniser)
    cut = 1 - after["wer"] / before["wer"] if before["wer"] else 0.0
    return {"raw": before, "mastered": after, "wer_cut": round(cut, 3)}


def figures(heard_ones: Sequence[tuple[Said, Pcm, Pcm]], recogniser: Recogniser) -> dict[str, float]:
    """``heard_ones``: the sentence, its clean speech, what arrived."""
    errors = sum(
        wrong(one.words, recogniser.transcribe(arrived, "vi").words) for one, _, arrived in heard_ones
    )
    pairs = [together(clean, arrived) for _, clean, arrived in heard_ones]
    return {
        "wer": round(errors / sum(len(one.words) for one, _, _ in heard_ones), 3),
        "stoi": round(fmean(stoi(clean, arrived, RATE) for clean, arrived in pairs), 3),
        "estoi": round(fmean(stoi(clean, arrived, RATE, extended=True) for clean, arrived in pairs), 3),
    }


def wrong(meant: Sequence[str], understood: Sequence[str]) -> int:
    return sum(step.kind != "matched" for step in align(meant, understood))


def together(clean: Pcm, arrived: Pcm) -> tuple[np.ndarray, np.ndarray]:
    """Both from the same moment on and equally long: mastering trims, and STOI compares moment by moment."""
    size = len(clean.samples) + len(arrived.samples)
    product = np.fft.rfft(arrived.samples, size) * np.conj(np.fft.rfft(clean.samples, size))
    later = int(np.argmax(np.fft.irfft(product, size)))
    if later > size // 2:
        later -= size
    one, other = clean.samples[max(0, -later) :], arrived.samples[max(0, later) :]
    length = min(len(one), len(other))
    return one[:length], other[:length]


def _ready(pcm: Pcm) -> Pcm:
    """At 16 kHz and the common loudness, with time for the echo."""
    loud = Pcm(pcm.samples * np.float32(amplitude(LOUDNESS_LUFS - lufs(pcm))), pcm.rate)
    after = silence(ECHO_SECONDS, RATE).samples
    return Pcm(np.concatenate([resample(loud, RATE).samples, after]), RATE)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--voice", action="append", help=f"default: {', '.join(VOICES)}")
    parser.add_argument("--scene", action="append", choices=SCENES, help=f"default: {', '.join(STANDARD)}")
    parser.add_argument(
        "--profile", choices=PROFILES, help="for all scenes; default: the one for the scene's room"
    )
    parser.add_argument("--sentences", type=Path, default=SENTENCES, help="a file, one sentence a line")
    parser.add_argument("--limit", type=int, help="only the first so many sentences")
    return parser.parse_args()


if __name__ == "__main__":
    main()

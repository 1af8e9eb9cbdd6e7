"""How well the voices are understood by recognisers, how fast they speak and what memory they take.

    python -m benchmarks.voice                       every offline voice on the sentences held out of tuning
    python -m benchmarks.voice --voice hanoi --sentences FILE
    python -m benchmarks.voice --table               the same as lines of Markdown
    python -m benchmarks.voice --voice google        needs the network, and sends the sentences abroad

Per voice and recogniser: word error rate, the same without tones, and character error rate. Per voice: which sounds were
heard as which (by viet-asr), seconds of work per second of sound and per phrase, on one thread and by the clock, so run it
on a quiet machine; and the most memory that its helper process held. Voices that speak both languages are asked for both.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from announcer.readback.align import align, cer, toneless_wer, wer
from announcer.recognisers.registry import Recognisers
from announcer.recognisers.words import spoken_words
from announcer.text import read_phrases
from announcer.voices.base import Voice
from announcer.voices.joining import with_pauses
from announcer.voices.registry import PAUSE_SECONDS, Setup, Voices
from announcer.voices.speech import TRIAL
from audio.pcm import Pcm
from benchmarks.confusions import Confusions
from benchmarks.figures import most_memory_mb, show

SENTENCES = Path(__file__).with_name("sentences")
HELD_OUT = {"vi": SENTENCES / "heldout.txt", "en": SENTENCES / "english.txt"}
VOICES = (("hanoi", "vi"), ("formant", "vi"), ("espeak", "vi"), ("piper:joe", "en"), ("espeak", "en"))
SOUNDS_JUDGED_BY = "viet-asr"

Sentence = tuple[tuple[str, ...], list[str]]  # its words, its phrases


@dataclass
class Heard:
    """What recognisers made of one voice: per recogniser pairs of (meant, heard) words."""

    pairs: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    work: list[float] = field(default_factory=list)
    sound: list[float] = field(default_factory=list)
    firsts: list[float] = field(default_factory=list)


def sentences(path: Path, language: str) -> list[Sentence]:
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [(spoken_words(line, language), read_phrases(line, language)) for line in lines]


def row(voice: Voice, language: str, said: Sequence[Sentence], recognisers: Recognisers) -> dict[str, Any]:
    heard = Heard()
    voice.speak(TRIAL[language], language)
    ears = [one for one in recognisers.all() if language in one.info.languages]
    for words, phrases in said:
        pcm = _timed(voice, language, phrases, heard)
        for ear in ears:
            heard.pairs[ear.info.name].append((words, ear.transcribe(pcm, language).words))
    return {
        "voice": voice.info.name,
        "language": language,
        "words": sum(len(words) for words, _ in said),
        "recognisers": {name: _rates(pairs) for name, pairs in heard.pairs.items()},
        "real_time_factor": round(sum(heard.work) / sum(heard.sound), 3),
        "first_sound_seconds": round(statistics.median(heard.firsts), 3),
        "helper_memory_mb": most_memory_mb(getattr(voice, "pid", None)),
        "sounds": _confusions(heard.pairs.get(SOUNDS_JUDGED_BY, [])),
    }


def _timed(voice: Voice, language: str, phrases: Sequence[str], heard: Heard) -> Pcm:
    spoken, began = [], time.perf_counter()
    for phrase in phrases:
        spoken.append(voice.speak(phrase, language))
        if len(spoken) == 1:
            heard.firsts.append(time.perf_counter() - began)
    heard.work.append(time.perf_counter() - began)
    heard.sound.append(sum(pcm.seconds for pcm in spoken))
    return with_pauses(spoken, PAUSE_SECONDS)


def _rates(pairs: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> dict[str, float]:
    """Over all sentences together: each weighs as much as it has words, or characters."""
    words = [len(meant) for meant, _ in pairs]
    letters = [len(" ".join(meant)) for meant, _ in pairs]
    return {
        "wer": _mean([wer(*pair) for pair in pairs], words),
        "toneless_wer": _mean([toneless_wer(*pair) for pair in pairs], words),
        "cer": _mean([cer(*pair) for pair in pairs], letters),
    }


def _mean(values: Sequence[float], weights: Sequence[int]) -> float:
    return round(statistics.fmean(values, weights), 3)


def _confusions(pairs: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> dict[str, Any]:
    found = Confusions()
    for meant, heard in pairs:
        found.add(align(meant, heard))
    return found.table()


def rows(wish: argparse.Namespace) -> Iterator[dict[str, Any]]:
    with (
        TemporaryDirectory() as home,
        closing(Voices(Setup(Path(home), google="google" in wish.voice))) as voices,
        closing(Recognisers()) as recognisers,
    ):
        for name, language in [(name, "vi") for name in wish.voice] or VOICES:
            voice = voices.get(name)
            tongue = language if language in voice.info.languages else voice.info.languages[0]
            said = sentences(wish.sentences or HELD_OUT[tongue], tongue)
            yield row(voice, tongue, said[: wish.limit], recognisers)


def table(found: Sequence[dict[str, Any]]) -> str:
    lines = [
        "| Voice | Language | Recogniser | WER | Tone-less | CER | Real-time factor | First phrase, s | Memory, MB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        for name, rates in one["recognisers"].items():
            cells = (
                one["voice"], one["language"], name, rates["wer"], rates["toneless_wer"], rates["cer"],
                one["real_time_factor"], one["first_sound_seconds"], one["helper_memory_mb"] or "–",
            )  # fmt: skip
            lines.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--voice", action="append", default=[], help="default: every offline voice")
    parser.add_argument("--sentences", type=Path, help="a file, one sentence a line; default: those held out")
    parser.add_argument("--limit", type=int, help="only the first so many sentences")
    parser.add_argument("--table", action="store_true", help="Markdown instead of JSON")
    wish = parser.parse_args()
    found = list(rows(wish))
    if wish.table:
        print(table(found))
    else:
        show({"rows": found})


if __name__ == "__main__":
    main()

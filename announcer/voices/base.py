"""The contract of a voice: something that turns spoken words into sound.

A voice gets text in its spoken form (every number and code already written as words) and gives back raw speech at
whatever sample rate it likes; mastering comes later and is not its business. It runs inside the preparation worker, so
it may block for seconds, but never for ever: each voice keeps a time limit and raises ``VoiceTimeout``. Whatever goes
wrong inside is turned into a :class:`~announcer.errors.VoiceError` at this border.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from audio.pcm import Pcm


@dataclass(frozen=True)
class VoiceInfo:
    """How a voice describes itself. ``languages`` are BCP 47 primary tags ("vi", "en")."""

    name: str
    engine: str
    version: str
    languages: tuple[str, ...]
    licence: str
    offline: bool
    options: dict[str, str | int | float] = field(default_factory=dict)  # all that shapes its sound


class Voice(ABC):
    @property
    @abstractmethod
    def info(self) -> VoiceInfo: ...

    @abstractmethod
    def why_unavailable(self) -> str:
        """An empty string when it can speak now, or one sentence that says why not. Must be quick."""

    @abstractmethod
    def speak(self, spoken: str, language: str, pace: float = 1.0) -> Pcm:
        """Raw speech, mono. Raises VoiceError; never returns silence for words.

        ``pace`` is the share of its own speed: 1 its own, 0.8 slower. A voice that cannot slow down speaks as it does.
        """

    def close(self) -> None:  # noqa: B027  (most voices hold nothing)
        """Give back what it holds: helper processes, open files. Safe to call twice."""

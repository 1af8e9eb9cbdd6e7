"""Stands in for a loudspeaker that could not be opened."""

from __future__ import annotations

from audio.errors import SinkError
from audio.pcm import Block
from audio.sinks.base import Label, Sink


class UnusableSink(Sink):
    """Refuses everything with the reason, so that what it should say ends with that reason too."""

    name = "unusable"

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def describe(self) -> str:
        return "unusable: " + self._reason

    def begin(self, label: Label) -> None:
        raise SinkError(self._reason)

    def write(self, block: Block) -> None:
        raise SinkError(self._reason)

    def end(self, complete: bool) -> None:
        pass

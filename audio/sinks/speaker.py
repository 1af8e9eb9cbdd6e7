"""A sink that plays on a sound card of this machine."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from audio.errors import SinkError, SinkLost
from audio.pcm import Block
from audio.sinks.base import STALL_SECONDS, Label, Sink, check_block
from audio.sinks.cards import Card, MiniaudioCard
from audio.sinks.feed import Feed

OpenCard = Callable[[Feed], Card]


class SpeakerSink(Sink):
    """Opened by the first ``begin`` and kept open, playing silence, so that amplifiers don't click and speech begins at once.

    A card that vanishes raises SinkLost; every later ``begin`` tries to open it again.
    """

    name = "speaker"
    paced = True

    def __init__(self, open_card: OpenCard = MiniaudioCard, stall_seconds: float = STALL_SECONDS) -> None:
        self._open_card = open_card
        self._stall_seconds = stall_seconds
        self._card: Card | None = None
        self._feed = Feed()
        self._playing = False

    def describe(self) -> str:
        return f"sound card {self._card.name}" if self._card else "sound card (not open)"

    @property
    def underruns(self) -> int:
        """How often the card ran dry in the middle of an announcement since it was opened."""
        return self._feed.underruns

    def begin(self, label: Label) -> None:
        self.end(False)
        if self._feed.lost is not None:
            self._give_up()
        if self._card is None:
            self._feed = Feed()
            self._card = self._open_card(self._feed)
        self._playing = True

    def write(self, block: Block) -> None:
        if not self._playing:
            raise SinkError("Nothing has begun.")
        check_block(block)
        try:
            self._feed.put(block, self._stall_seconds)
        except SinkLost:
            self._give_up()
            raise

    def end(self, complete: bool) -> None:
        """Wait for the few blocks in line, a cut announcement's too: they are its fade-out."""
        was_playing, self._playing = self._playing, False
        if was_playing and self._card is not None:
            try:
                self._feed.drain(self._stall_seconds)
            except SinkLost:
                self._give_up()
                raise

    def close(self) -> None:
        try:
            self.end(False)
        except SinkLost:
            return
        card, self._card = self._card, None
        if card is not None:
            card.close()

    def _give_up(self) -> None:
        """Let go of a lost card. Closing one that hangs may hang too, so that is another thread's business."""
        self._playing = False
        card, self._card = self._card, None
        if card is not None:
            Thread(target=card.close, name="close-lost-card", daemon=True).start()

"""The contract between the dispatcher, which decides, and what sounds in one zone.

The dispatcher commits first and then tells the channel; the channel answers with events, which the dispatcher collects
on its next turn. A channel plays one announcement at a time.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

HELD_BLOCKS = 3  # how much is left when the end is announced: an interruption waits at most this long for it


@dataclass(frozen=True)
class Play:
    """One announcement for one zone: the prepared sound (48 kHz mono 16-bit WAV) and when it should begin."""

    id: str
    title: str
    sound: Path
    seconds: float
    due: datetime
    gain_db: float = 0.0


Kind = Literal["ending", "fault", "broken-sound"]


@dataclass(frozen=True)
class ChannelEvent:
    """``ending``: all but the last few hundredths of a second have sounded, and the channel holds the rest until
    :meth:`Channel.confirm`: so the end is on record before it is heard, and nothing is said twice after a crash.
    ``fault``: the loudspeaker failed; ``broken-sound``: the prepared file cannot be played. The sound stopped, and
    ``detail`` says why in a sentence.
    """

    kind: Kind
    id: str
    started_at: datetime
    ended_at: datetime
    detail: str = ""


class Channel(ABC):
    @abstractmethod
    def start(self, play: Play, at: datetime) -> None:
        """Begin at ``at``. What sounds now fades out over 50 ms underneath, or, if it is ending, may end first."""

    @abstractmethod
    def stop(self) -> None:
        """Fade out what sounds now over 50 ms, and forget what was to begin."""

    @abstractmethod
    def confirm(self, id: str) -> None:
        """The end of this announcement is on record."""

    @abstractmethod
    def take_events(self, now: datetime) -> list[ChannelEvent]:
        """What happened since the last call. Never blocks."""

    def next_event_at(self) -> datetime | None:
        """When the next event is certain to come, where the channel knows (only simulated ones do)."""
        return None

    def leave(self) -> None:  # noqa: B027  (likewise)
        """Begin to close; :meth:`close` waits for it. All zones leave before the first is waited for."""

    def close(self) -> None:  # noqa: B027  (a simulated one holds nothing)
        """Stop, and give the device back."""


class SimulatedChannel(Channel):
    """Plays against whatever clock it is asked by: no sound, no thread."""

    def __init__(self) -> None:
        self._running: tuple[Play, datetime, datetime] | None = None

    def start(self, play: Play, at: datetime) -> None:
        self._running = (play, at, at + timedelta(seconds=play.seconds))

    def stop(self) -> None:
        self._running = None

    def confirm(self, id: str) -> None:
        pass

    def take_events(self, now: datetime) -> list[ChannelEvent]:
        if self._running is None or self._running[2] > now:
            return []
        play, start, end = self._running
        self._running = None
        return [ChannelEvent("ending", play.id, start, end)]

    def next_event_at(self) -> datetime | None:
        return self._running[2] if self._running else None

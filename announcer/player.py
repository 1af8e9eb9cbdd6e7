"""The player of one zone: prepared sound out of a sink, block by block, on time.

Everything happens in :meth:`Player.step`, which does one thing and says how long it may be left alone; a thread that
only calls ``step`` makes it live. Blocks of 20 ms keep their moments by the monotonic clock, so that a late turn is
caught up and never drifts.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from announcer.channel import HELD_BLOCKS, Channel, ChannelEvent, Kind, Play
from announcer.sources import Source, open_source
from audio.errors import AudioError, DecodeError
from audio.pcm import BLOCK, BLOCK_SECONDS, RATE, Block, Samples
from audio.sinks.base import Label, Sink
from schedules.core.clock import iso_local, utcnow

log = logging.getLogger(__name__)

FADE_SECONDS = 0.05
CUE_SECONDS = 0.1  # how long before its moment a sound is opened
CLOSE_SECONDS = 2.0
CONFIRM_SECONDS = 5.0  # how long the last block waits for the record before it is played all the same
FADE_BLOCKS = 3
_FADE = np.zeros(FADE_BLOCKS * BLOCK, np.float32)  # full blocks; silent after the fade
_FADE[: int(RATE * FADE_SECONDS)] = 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, int(RATE * FADE_SECONDS)))


@dataclass
class _Run:
    """What sounds now, or is about to."""

    play: Play
    at: float  # monotonic moment of its first block
    source: Source | None = None
    index: int = 0
    started_at: datetime | None = None
    announced_end: bool = False
    confirmed: bool = False
    fading: int = -1  # blocks of the fade already played; -1: not fading
    under: Samples | None = None  # what fades out underneath

    @property
    def blocks(self) -> int:
        return 0 if self.source is None else self.source.blocks


@dataclass
class _Orders:
    """What other threads told the player since its last step."""

    next: _Run | None = None
    cut: bool = False
    confirmed: set[str] = field(default_factory=set)


class Player(Channel):
    def __init__(self, zone: str, sink: Sink, clock: Callable[[], float] = time.monotonic) -> None:
        self.zone = zone
        self.sink = sink
        self._clock = clock
        self._condition = threading.Condition()
        self._orders = _Orders()
        self._events: list[ChannelEvent] = []
        self._run: _Run | None = None
        self._thread: threading.Thread | None = None
        self._closing = False
        self.on_event: Callable[[], None] = lambda: None

    # What the dispatcher calls

    def start(self, play: Play, at: datetime) -> None:
        moment = self._clock() + max(0.0, (at - utcnow()).total_seconds())
        with self._condition:
            self._orders.next, self._orders.cut = _Run(play, moment), True
            self._condition.notify()

    def stop(self) -> None:
        with self._condition:
            self._orders.next, self._orders.cut = None, True
            self._condition.notify()

    def confirm(self, id: str) -> None:
        with self._condition:
            self._orders.confirmed.add(id)
            self._condition.notify()

    def take_events(self, now: datetime) -> list[ChannelEvent]:
        with self._condition:
            events, self._events = self._events, []
        return events

    # The loop and its one step

    def run_in_thread(self) -> None:
        self._thread = threading.Thread(target=self._loop, name=f"zone {self.zone}", daemon=True)
        self._thread.start()

    def _loop(self) -> None:
        while not self._closing:
            pause = self.step()
            if pause is None or pause > 0:
                self._wait(pause)
        self._abandon()
        self.sink.close()

    def _wait(self, pause: float | None) -> None:
        with self._condition:
            if not self._closing and not self._pending():
                self._condition.wait(pause)

    def _pending(self) -> bool:
        run = self._run
        return (
            (self._orders.cut and not (run and run.fading >= 0))
            or bool(self._orders.confirmed)
            or (self._orders.next is not None and run is None)
        )

    def leave(self) -> None:
        """Stop as soon as it can; nobody waits for it."""
        with self._condition:
            self._closing = True
            self._condition.notify()

    def close(self) -> None:
        self.leave()
        if self._thread:
            self._thread.join(timeout=CLOSE_SECONDS)

    def step(self) -> float | None:
        """Do what is due now; returns the seconds until there is more to do, or None to wait for an order.

        Whatever goes wrong ends the attempt and is told; the thread goes on.
        """
        run = self._run
        try:
            self._heed_orders()
            run = self._run
            return None if run is None else self._advance(run)
        except Exception as error:
            self._fault(run, error)
            return 0.0

    def _heed_orders(self) -> None:
        with self._condition:
            orders, old = self._orders, self._run
            if old and old.play.id in orders.confirmed:
                old.confirmed = True
            orders.confirmed.clear()
            if orders.cut and old and old.fading < 0 and not old.announced_end:
                old.fading = 0
            orders.cut = False
            new, due = orders.next, orders.next is not None and orders.next.at <= self._clock()
            if old is None or (old.fading >= 0 and (old.started_at is None or due)):
                self._run, orders.next = new, None
        if old is not None and old is not self._run:
            self._give_way(old)

    def _give_way(self, old: _Run) -> None:
        """What was sounding fades out under the first 50 ms of what interrupts it: nobody waits for the fade."""
        if self._run and old.started_at:
            self._run.under = _tail(old)
        if old.source is not None:
            self._end_quietly()

    def _advance(self, run: _Run) -> float:
        wait = run.at + run.index * BLOCK_SECONDS - self._clock()
        if run.source is None and wait <= CUE_SECONDS:
            self._cue(run)
            wait = run.at - self._clock()
        if wait > 0.0005 and not (self.sink.paced and run.started_at):
            return wait if run.source is not None else wait - CUE_SECONDS
        if run.fading < 0 and not run.announced_end and run.index >= run.blocks - HELD_BLOCKS:
            self._announce_end(run)
        if run.fading < 0 and run.index == run.blocks - 1 and not self._may_end(run):
            return BLOCK_SECONDS / 4
        self._write(run)
        return 0.0

    def _cue(self, run: _Run) -> None:
        run.source = open_source(run.play)
        self.sink.begin(Label(run.play.id, run.play.title, iso_local(run.play.due) or ""))

    def _may_end(self, run: _Run) -> bool:
        overdue = self._clock() - (run.at + run.index * BLOCK_SECONDS)
        return run.confirmed or overdue > CONFIRM_SECONDS

    def _write(self, run: _Run) -> None:
        if run.started_at is None:
            run.started_at = utcnow()
        self.sink.write(_block(run))
        run.index += 1
        if run.fading >= 0:
            run.fading += 1
        if run.index >= run.blocks or run.fading >= FADE_BLOCKS:
            self._finish(run)

    def _announce_end(self, run: _Run) -> None:
        run.announced_end = True
        left = (run.blocks - run.index) * BLOCK_SECONDS
        self._tell(run, "ending", utcnow() + timedelta(seconds=left))

    def _finish(self, run: _Run) -> None:
        complete = run.fading < 0
        self._run = None
        self.sink.end(complete)

    def _fault(self, run: _Run | None, error: Exception) -> None:
        expected = isinstance(error, AudioError | OSError)
        log.warning("Zone %s: %s", self.zone, error, exc_info=not expected)
        self._run = None
        self._end_quietly()
        if run is not None and not run.announced_end and run.fading < 0:
            kind: Kind = "broken-sound" if isinstance(error, DecodeError) else "fault"
            self._tell(run, kind, utcnow(), str(error) or type(error).__name__)

    def _end_quietly(self) -> None:
        """End what was cut or failed; a sink in trouble may fail at that too, which changes nothing."""
        try:
            self.sink.end(False)
        except Exception:
            log.debug("Zone %s: the sink did not end cleanly", self.zone, exc_info=True)

    def _tell(self, run: _Run, kind: Kind, ended_at: datetime, detail: str = "") -> None:
        event = ChannelEvent(kind, run.play.id, run.started_at or ended_at, ended_at, detail)
        with self._condition:
            self._events.append(event)
        self.on_event()

    def _abandon(self) -> None:
        if self._run is not None and self._run.source is not None:
            self._end_quietly()
        self._run = None


def _block(run: _Run) -> Block:
    """The next 20 ms with gain, with its part of the fade when it is being cut, and with what fades out underneath."""
    assert run.source is not None  # noqa: S101
    start = run.index * BLOCK
    piece = run.source.piece(run.index)
    plain = run.play.gain_db == 0 and run.fading < 0 and run.under is None
    if plain and len(piece) == BLOCK:
        return np.asarray(piece)
    loud = np.zeros(BLOCK, dtype=np.float32)
    loud[: len(piece)] = piece
    loud *= np.float32(10 ** (run.play.gain_db / 20))
    if run.fading >= 0:
        loud *= _FADE[run.fading * BLOCK : (run.fading + 1) * BLOCK]
    if run.under is not None:
        under = run.under[start : start + BLOCK]
        loud[: len(under)] += under
        run.under = run.under if start + BLOCK < len(run.under) else None
    return np.clip(loud, -32768, 32767).astype(np.int16)


def _tail(run: _Run) -> Samples:
    """What is left of a run while it fades out; shape (n,), n at most three blocks."""
    blocks = []
    while run.fading < FADE_BLOCKS and run.index < run.blocks:
        blocks.append(_block(run).astype(np.float32))
        run.index += 1
        run.fading += 1
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)

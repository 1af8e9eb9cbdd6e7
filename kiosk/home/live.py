"""Pages that are open learn at once that something has changed: server-sent events.

A stream says only *that* something changed (a number that rises); the page then fetches what it may see. One thread looks
for all pages together, and only while a page is open. Each stream holds a thread of the server, so there are only so many;
a page that gets none asks every two seconds instead.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from flask import Response, make_response, request
from sqlalchemy.orm import Session

from schedules.core.clock import utcnow
from schedules.core.database import Database, Watch
from schedules.core.loops import going_on

EVERY_SECONDS = 0.25  # how often the watcher asks whether anybody committed
LOOK_SECONDS = 2.0  # and how often it looks in any case: some things change by the clock alone
HEARTBEAT_SECONDS = 15.0  # then the same number is said again, so that both ends know of each other
RETRY_MILLISECONDS = 2000

Picture = Callable[[Session, datetime], object]  # what the pages would show; compared with the one before


def fresh(html: str) -> Response:
    """The living part of a page; 304 where the browser has it as it is."""
    response = make_response(html)
    response.add_etag()
    response.make_conditional(request)
    return response


class Watcher:
    """Whether the picture has changed. ``step`` is one look; it must always be called by the same thread."""

    def __init__(self, database: Database, picture: Picture) -> None:
        self._database = database
        self._picture = picture
        self._watch = Watch(database)
        self._seen: object = None
        self._looked_at = -LOOK_SECONDS

    def step(self, now: datetime, clock: float) -> bool:
        """``clock`` in monotonic seconds. The first look finds a change: nobody knows what was before."""
        if not self._watch.changed() and clock - self._looked_at < LOOK_SECONDS:
            return False
        self._looked_at = clock
        with self._database.read() as session:
            picture = self._picture(session, now)
        changed, self._seen = picture != self._seen, picture
        return changed

    def close(self) -> None:
        self._watch.close()


class Live:
    """The streams of one server; at most ``most`` at once."""

    def __init__(self, database: Database, picture: Picture, most: int) -> None:
        self._database = database
        self._picture = picture
        self._most = most
        self._news = threading.Condition()
        self._number = 0
        self._listeners = 0
        self._watching = False
        self._closed = False

    def listen(self) -> Stream | None:
        """A stream for one page, to be closed by whoever sends it; None where there are enough."""
        with self._news:
            if self._closed or self._listeners >= self._most:
                return None
            self._listeners += 1
            if not self._watching:
                self._watching = True
                threading.Thread(target=self._watch, name="live", daemon=True).start()
            return Stream(self)

    def wait(self, seen: int, seconds: float = HEARTBEAT_SECONDS) -> int | None:
        """The number, as soon as it is another than ``seen`` or the time is over; None when the server stops."""
        with self._news:
            self._news.wait_for(lambda: self._closed or self._number != seen, seconds)
            return None if self._closed else self._number

    def leave(self) -> None:
        with self._news:
            self._listeners -= 1
            self._news.notify_all()

    def close(self) -> None:
        """End all streams: the server stops."""
        with self._news:
            self._closed = True
            self._news.notify_all()

    def _watch(self) -> None:
        watcher = Watcher(self._database, self._picture)
        while self._wanted():
            with going_on(
                "What keeps pages fresh"
            ):  # a busy or broken database; the pages that are fetched say so
                if watcher.step(utcnow(), time.monotonic()):
                    self._tell()
        watcher.close()

    def _wanted(self) -> bool:
        """Waits a moment; whether anybody is still there."""
        with self._news:
            self._news.wait_for(lambda: self._closed or not self._listeners, EVERY_SECONDS)
            self._watching = self._listeners > 0 and not self._closed
            return self._watching

    def _tell(self) -> None:
        with self._news:
            self._number += 1
            self._news.notify_all()


class Stream:
    """What is sent to one page. No generator: closing one that never began would not give its place back."""

    def __init__(self, live: Live) -> None:
        self._live: Live | None = live
        self._said: int | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._live is None:
            raise StopIteration
        first, seen = self._said is None, -1 if self._said is None else self._said
        self._said = self._live.wait(seen)
        if self._said is None:
            raise StopIteration
        return (f"retry: {RETRY_MILLISECONDS}\n" if first else "") + f"data: {self._said}\n\n"

    def close(self) -> None:
        if self._live is not None:
            self._live.leave()
        self._live = None

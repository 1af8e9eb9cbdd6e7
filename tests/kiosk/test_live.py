"""Streams to the pages that are open: told of what changed, of nothing else, and never too many."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from kiosk.app import create_app, server_of
from kiosk.home.figures import station_now
from kiosk.home.live import LOOK_SECONDS, Live, Watcher
from schedules.core.settings import Settings
from schedules.models import Message, Zone

Place = Any


@pytest.fixture
def watcher(place: Place) -> Iterator[Watcher]:
    """One that has seen the station as it is."""
    watcher = Watcher(place.database, station_now)
    assert watcher.step(place.now, 0.0)
    yield watcher
    watcher.close()


def test_nothing_has_changed_while_nobody_committed(place: Place, watcher: Watcher) -> None:
    assert not watcher.step(place.now, 0.3)
    assert not watcher.step(place.now, LOOK_SECONDS + 0.3)


def mute(place: Place) -> None:
    with place.database.write() as session:
        session.execute(update(Zone).values(muted_until=place.now + timedelta(minutes=5)))


CHANGES = {
    "what sounds": lambda place: place.say("Đổi quầy", "Mời sang quầy 4."),
    "what waits": lambda place: place.say("Đổi quầy", "Mời sang quầy 4.", state="ready", started_at=None),
    "a mute": mute,
    "a fault": lambda place: place.fault("The sound card has gone."),
    "a result": lambda place: place.log(result="failed"),
    "the announcer's first beat": lambda place: place.alive(place.now),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_the_pages_show_is_seen_at_the_next_look(
    place: Place, watcher: Watcher, change: str
) -> None:
    CHANGES[change](place)
    assert watcher.step(place.now, 0.3)
    assert not watcher.step(place.now, 0.6)


def test_a_commit_that_no_page_shows_wakes_nobody(place: Place, watcher: Watcher) -> None:
    with place.database.write() as session:
        session.execute(update(Message).values(title="Khác"))
    assert not watcher.step(place.now, 0.3)


def test_an_announcer_that_falls_silent_is_seen_although_nobody_commits(
    place: Place, watcher: Watcher
) -> None:
    place.alive(place.now)
    watcher.step(place.now, 1.0)
    assert watcher.step(place.now + timedelta(seconds=30), 1.0 + LOOK_SECONDS)


@pytest.fixture
def live(place: Place) -> Iterator[Live]:
    live = Live(place.database, station_now, most=2)
    yield live
    live.close()


def test_a_stream_begins_by_telling_and_tells_again_when_something_changed(place: Place, live: Live) -> None:
    stream = live.listen()
    assert stream
    first = next(stream)
    assert first.startswith("retry: 2000\ndata: ")
    place.say("Đổi quầy", "Mời sang quầy 4.")
    assert next(stream) not in first


def test_no_more_streams_than_allowed_and_a_closed_one_gives_its_place_back(live: Live) -> None:
    first, second = live.listen(), live.listen()
    assert first
    assert second
    assert live.listen() is None
    for _ in range(2):
        first.close()  # also one that never began; twice gives back one place
    assert live.listen()
    assert live.listen() is None


def test_streams_end_when_the_server_stops(live: Live) -> None:
    stream = live.listen()
    assert stream
    next(stream)
    threading.Timer(0.1, live.close).start()
    assert list(stream)[1:] == []  # at most the first look, then the end
    assert live.listen() is None


def test_a_watcher_goes_on_after_the_database_failed_it(place: Place) -> None:
    looks = []

    def picture(*_: object) -> object:
        looks.append(1)
        if len(looks) == 1:
            raise OSError("busy")
        return len(looks)

    live = Live(place.database, picture, most=1)
    stream = live.listen()
    assert stream
    next(stream)
    next(stream)
    live.close()


def test_where_there_are_enough_streams_a_page_gets_none(place: Place) -> None:
    app = create_app(Settings(place.home, {"web.streams": 0}), place.database)
    assert app.test_client().get("/events").status_code == 204


def test_as_many_streams_as_there_may_be_leave_other_pages_answered(place: Place) -> None:
    """Over real HTTP, with a single thread for requests."""
    app = create_app(Settings(place.home, {"web.streams": 20, "web.threads": 1}), place.database)
    server = server_of(app, "127.0.0.1", 0)
    threading.Thread(target=server.run, daemon=True).start()
    connections = [http.client.HTTPConnection("127.0.0.1", server.effective_port) for _ in range(21)]
    try:
        streams = [asked(connection, "/events") for connection in connections[:20]]
        for stream in streams:
            assert stream.getheader("Content-Type").startswith("text/event-stream")
            assert stream.readline() == b"retry: 2000\n"
        assert asked(connections[20], "/events").status == 204
        assert asked(connections[20], "/healthz").status == 503
        app.extensions["live"].close()
        for stream in streams:
            stream.read()  # comes to its end
    finally:
        app.extensions["live"].close()
        server.close()


def asked(connection: http.client.HTTPConnection, path: str) -> http.client.HTTPResponse:
    connection.request("GET", path)
    answer = connection.getresponse()
    if answer.getheader("Content-Type", "").startswith("text/event-stream"):
        return answer
    answer.read()
    return answer


def test_a_stream_that_is_only_asked_about_holds_no_place(place: Place) -> None:
    client = create_app(Settings(place.home, {"web.streams": 1}), place.database).test_client()
    for _ in range(3):
        with client.head("/events") as answer:
            assert answer.status_code == 200

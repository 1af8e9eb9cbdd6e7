"""The benchmark of the pages at its smallest: a station with a past, and visitors who get every page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_routes import endpoints, staff_pages
from sqlalchemy import func, select
from werkzeug.serving import make_server

from announcer.models import Announcement, Playout
from benchmarks.kiosk import starts, station, travellers, visitors
from benchmarks.kiosk.pages import pages, things
from kiosk.app import create_app
from schedules.core.clock import local_date, utcnow
from schedules.core.database import Database
from schedules.core.settings import Settings
from schedules.models import Occurrence

PLAYOUTS = 1200


@pytest.fixture
def lived_in(database: Database) -> Database:
    station.live_through(database, PLAYOUTS, utcnow())
    return database


@pytest.fixture
def port(lived_in: Database, tmp_path: Path) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, create_app(Settings(tmp_path), lived_in), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_row_of_the_log_has_its_occurrence_and_its_row_in_the_queue(lived_in: Database) -> None:
    with lived_in.read() as session:
        rows = (
            select(func.count())
            .select_from(Playout)
            .join(Announcement, Announcement.id == Playout.announcement_id)
            .join(Occurrence, Occurrence.id == Playout.occurrence_id)
        )
        assert session.scalar(rows) == PLAYOUTS


@pytest.fixture
def walk(lived_in: Database, tmp_path: Path) -> dict[str, str]:
    """The pages that are asked for, by their names."""
    rounds = starts.Rounds(lived_in, tmp_path)
    request, now = rounds.submit(), utcnow()
    with lived_in.write() as session:
        some = things(session, rounds.studio, request, now)
    return pages(local_date(now), "/log?before=ff", some)


def test_visitors_get_every_page(lived_in: Database, port: int, walk: dict[str, str]) -> None:
    [name] = station.people(lived_in, 1)
    visitor = visitors.Visitor("127.0.0.1", port, name)
    walk["log_older"] = visitors.older_page(visitor)
    assert {path: visitor.get(path)[0] for path in walk.values()} == dict.fromkeys(walk.values(), 200)
    assert walk["log_older"].startswith("/log?before=")


def test_every_page_of_staff_is_among_them(lived_in: Database, tmp_path: Path, walk: dict[str, str]) -> None:
    app = create_app(Settings(tmp_path), lived_in)
    assert staff_pages(app) <= endpoints(app, walk.values())


def test_the_first_page_is_weighed_with_all_it_loads(port: int) -> None:
    weight = travellers.weight(port)
    assert {path.rpartition(".")[2].partition("?")[0] for path in weight if "." in path} == {
        "css",
        "js",
        "svg",
        "woff2",
    }
    assert sum(size for name, size in weight.items() if name != "all") < weight["all"]
    assert min(weight.values()) > 0


def test_first_pages_are_asked_for_at_a_fixed_rate(port: int) -> None:
    found = travellers.first_page(port, 20, 1)
    assert (found["n"], found["statuses"]) == (20, {200: 20})


def test_a_flood_is_counted(lived_in: Database, port: int) -> None:
    found = travellers.flood(port, lived_in, 5)
    assert {name: found[name] for name in ("filed", "lost", "doubled", "statuses")} == {
        "filed": 5,
        "lost": 0,
        "doubled": 0,
        "statuses": {303: 20},
    }

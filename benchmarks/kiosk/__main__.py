"""``python -m benchmarks.kiosk``: 20 people at the pages of a station with 100,000 rows in its log; see docs/benchmarks.md."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from benchmarks.figures import percentile, show
from benchmarks.kiosk import starts, station, travellers, visitors
from benchmarks.kiosk.pages import pages, things
from schedules.core.clock import local_date, utcnow
from schedules.core.database import Database

WARM_UP_SECONDS = 10.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0, help="how long each part lasts")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--think", type=float, default=1.0, help="seconds between two pages, on average")
    parser.add_argument("--playouts", type=int, default=100_000)
    parser.add_argument(
        "--first-pages", type=float, default=50.0, help="first pages of travellers each second"
    )
    parser.add_argument("--feedback", type=int, default=500, help="how many give feedback at once")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loaga-kiosk-") as folder:
        home = Path(folder)
        database = Database.of_home(home)
        database.migrate()
        days = station.live_through(database, given.playouts, utcnow())
        names = station.people(database, given.users)
        with station.running(home, database) as (web, port):
            crowd = [visitors.Visitor("127.0.0.1", port, name) for name in names]
            figures = _measure(given, home, database, crowd, web)
            figures["travellers"] = _travellers(given, home, database, port)
        database.close()
    asked = {"users": given.users, "playouts": given.playouts, "days": days, "think_seconds": given.think}
    show({**asked, **figures, "loop": "closed"})


def _measure(
    given: argparse.Namespace,
    home: Path,
    database: Database,
    crowd: list[visitors.Visitor],
    web: psutil.Process,
) -> dict[str, Any]:
    first = starts.Rounds(database, home)
    request = first.submit()
    starts.wait_for(database, request)
    with database.write() as session:
        some = things(session, first.studio, request, utcnow())
    starts.wait_until_prepared(database)
    walk = pages(local_date(utcnow()), visitors.older_page(crowd[0]), some)
    visitors.crowd(crowd, walk, min(WARM_UP_SECONDS, given.seconds), think=0.2)
    return {
        "alone": _part(given.seconds / 2, database, home, [], walk, given.think, web),
        "people": _part(given.seconds, database, home, crowd, walk, given.think, web),
        "without_thinking": _part(given.seconds / 2, database, home, crowd, walk, 0.0, web),
    }


def _part(
    seconds: float,
    database: Database,
    home: Path,
    crowd: list[visitors.Visitor],
    walk: dict[str, str],
    think: float,
    web: psutil.Process,
) -> dict[str, Any]:
    rounds, cpu, served = starts.Rounds(database, home), time.process_time(), station.cpu(web)
    rounds.start()
    if crowd:
        tally = visitors.crowd(crowd, walk, seconds, think)
    else:
        tally = visitors.Tally()
        time.sleep(seconds)
    cpu, served = time.process_time() - cpu, station.cpu(web) - served
    everything = [ms for took in tally.took.values() for ms in took]
    return {
        "start_error_ms": _percentiles(rounds.late()),
        "requests_per_second": round(len(everything) / seconds, 1),
        "errors": dict(tally.errors),
        "all_pages_ms": _percentiles(everything),
        "pages_ms": {name: _percentiles(tally.took[name]) for name in sorted(tally.took)},
        "slowest_page_p95_ms": max(
            (round(percentile(took, 0.95), 1) for took in tally.took.values()), default=None
        ),
        "web_cpu_ms_per_page": round(1000 * served / len(everything), 1) if everything else None,
        "generator_cpu_share": round(cpu / seconds, 2),
        "load_average": round(os.getloadavg()[0], 2),
    }


def _travellers(given: argparse.Namespace, home: Path, database: Database, port: int) -> dict[str, Any]:
    rounds = starts.Rounds(database, home)
    rounds.start()
    weight = travellers.weight(port)
    pages = travellers.first_page(port, given.first_pages, given.seconds / 2)
    flood = travellers.flood(port, database, given.feedback)
    return {
        "start_error_ms": _percentiles(rounds.late()),
        "first_page_bytes": weight,
        "first_page_ms": pages,
        "feedback_at_once": flood,
    }


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    if not values:
        return {}
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {"n": len(values), **{name: round(percentile(values, share), 1) for name, share in shares.items()}}


if __name__ == "__main__":
    main()

from __future__ import annotations

from datetime import date
from pathlib import Path

from factories import bring_in, station

from announcer.simulation import as_data, simulate
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.settings import Settings

FIRST = date(2026, 11, 24)
EVERY = {"kind": "every", "minutes": 15, "from": "06:00", "to": "22:00"}
CONTENT = station(
    {"key": "a", "message": "xep-hang", "trigger": EVERY},
    {"key": "b", "message": "vach-vang", "trigger": EVERY, "expires_minutes": 0.05},
    gap_seconds=5,
)


def test_every_occurrence_of_the_simulated_days_has_a_result(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, CONTENT, utcnow())
    outcome = simulate(Settings(tmp_path), database, FIRST, 2)
    assert outcome.occurrences == 2 * 2 * 65 * 2
    assert outcome.without_result == 0
    assert sum(outcome.by_result.values()) == outcome.occurrences


def test_the_same_days_bring_the_same_again(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, CONTENT, utcnow())
    first, second = (as_data(simulate(Settings(tmp_path), database, FIRST, 1)) for _ in range(2))
    assert first | {"seconds": 0} == second | {"seconds": 0}


def test_a_simulation_leaves_the_station_untouched(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, CONTENT, utcnow())
    before = (tmp_path / "loaga.db").read_bytes()
    simulate(Settings(tmp_path), database, FIRST, 1)
    assert (tmp_path / "loaga.db").read_bytes() == before

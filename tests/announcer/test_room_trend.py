"""When a room is called worse than it was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import factories
import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.room_trend import fallen, keep, records
from audio.acoustics.measuring import RoomMeasures
from schedules.core.database import Database
from schedules.operations import get_zone

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
INDICES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("indices", "lost"),
    [
        ([], 0),
        ([0.3], 0),
        ([0.6, 0.56], 0),
        ([0.6, 0.55], 0.05),
        ([0.6, 0.6, 0.2, 0.6, 0.6, 0.5], 0.1),
        ([0.9, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 0),
        ([0.5, 0.7], 0),
    ],
    ids=["nothing yet", "the first", "a little", "enough", "one bad record", "long ago", "better"],
)
def test_the_latest_is_held_against_the_middle_of_those_before(indices: list[float], lost: float) -> None:
    assert fallen(indices) == pytest.approx(lost)


@given(INDICES)
def test_nothing_falls_that_is_no_lower_than_all_before(indices: list[float]) -> None:
    assert fallen([*indices, max(indices)]) == 0


def test_a_reverberation_that_noise_hides_is_left_empty(database: Database, tmp_path: Path) -> None:
    factories.bring_in(database, tmp_path, factories.station(), NOW)
    measures = RoomMeasures(0.3, float("nan"), -20.0, -15.0, (0.0,) * 7, ())
    with database.write() as session:
        keep(session, get_zone(session, "sanh"), measures, NOW)
    with database.read() as session:
        [kept] = records(session, get_zone(session, "sanh"))
        assert (kept.sti, kept.rt60, kept.measured_at) == (0.3, None, NOW)

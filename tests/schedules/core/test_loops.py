from __future__ import annotations

import pytest

from schedules.core import loops
from schedules.core.loops import going_on


def test_a_turn_that_fails_is_logged_with_its_cause_and_the_loop_goes_on_after_a_while(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(loops.time, "sleep", slept.append)
    done = []
    for turn in range(3):
        with going_on("The watch"):
            if turn == 1:
                raise ValueError("no database")
            done.append(turn)
    assert done == [0, 2]
    assert slept == [loops.STUMBLE_SECONDS]
    assert "The watch stumbled" in caplog.text and "no database" in caplog.text


def test_who_is_told_to_stop_stops() -> None:
    with pytest.raises(KeyboardInterrupt), going_on("The watch"):
        raise KeyboardInterrupt

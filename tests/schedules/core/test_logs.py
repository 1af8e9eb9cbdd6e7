from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from schedules.core.clock import LOCAL, utcnow
from schedules.core.logs import set_up


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The root logger, given back as it was found."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_has_the_time_of_hanoi_level_process_and_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("web")
    logging.getLogger("kiosk").warning("The line is down.")
    day, clock, rest = capsys.readouterr().err.split(" ", 2)
    written = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=LOCAL)
    assert abs(utcnow() - written) < timedelta(minutes=1)
    assert rest == "WARNING web       The line is down.\n"


def test_nothing_is_written_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("web")
    logging.getLogger("kiosk").error("no")
    assert capsys.readouterr().out == ""


def test_details_are_left_out_unless_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("web")
    logging.getLogger("kiosk").debug("a detail")
    set_up("web", "DEBUG")
    logging.getLogger("kiosk").debug("another detail")
    assert "a detail" not in (shown := capsys.readouterr().err)
    assert "another detail" in shown


@pytest.mark.parametrize("name", ["apscheduler", "alembic", "waitress.queue"])
def test_chatty_libraries_speak_only_when_something_is_wrong(name: str) -> None:
    set_up("web", "DEBUG")
    assert not logging.getLogger(name).isEnabledFor(logging.INFO)


def test_setting_up_twice_does_not_write_twice(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("web")
    set_up("web")
    logging.getLogger("kiosk").warning("once")
    assert capsys.readouterr().err.count("once") == 1

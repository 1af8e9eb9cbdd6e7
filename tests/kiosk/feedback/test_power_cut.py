"""The station's machine loses power while travellers write: each piece of feedback is there whole, or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from kiosk.feedback.models import Feedback
from schedules.core.database import Database

Site = Any

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from feedback_given import NOW, picture
from kiosk.feedback import operations
from kiosk.feedback.operations import Beginning
from schedules.core.database import Database
from schedules.core.ids import new_id
from schedules.operations import all_stations
database, photo = Database.of_home(Path(sys.argv[1])), picture(200, 200)
while True:
    with database.write() as session:
        tap = Beginning(id=new_id(), channel="kiosk", language="vi", device="d", mood="bad")
        row = operations.begin(session, all_stations(session)[0], tap, NOW)
        session.flush()
        operations.tell(session, row, "report", "Ghế gãy.", photo, NOW)
"""
TESTS = Path(__file__).parents[2]


@pytest.mark.parametrize("pieces", [1, 12])
def test_what_is_filed_is_filed_whole(site: Site, pieces: int) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(site.home), str(TESTS)])
    while len(filed(site.home)) < pieces:
        assert writer.poll() is None
        time.sleep(0.01)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    rows = filed(site.home)
    assert len(rows) >= pieces
    for row in rows:
        assert (row.state, row.words, len(row.files), [step.act for step in row.steps]) == (
            "open",
            "Ghế gãy.",
            1,
            ["received"],
        )


def filed(home: Path) -> list[Feedback]:
    """As a station finds it that was started again."""
    database = Database.of_home(home)
    everything = select(Feedback).options(selectinload(Feedback.steps), selectinload(Feedback.files))
    with database.read() as session:
        found = list(session.scalars(everything))
    database.close()
    return found

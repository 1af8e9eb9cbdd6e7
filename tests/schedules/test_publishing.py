from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from factories import bring_in, station

from schedules import publishing, versions
from schedules.core import changes
from schedules.core.database import Database
from schedules.core.errors import NotFound, UserError
from schedules.operations import get_message, get_schedule

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
HOURLY = {
    "key": "moi-gio",
    "message": "xep-hang",
    "trigger": {"kind": "every", "minutes": 60, "from": "06:00", "to": "22:00"},
}


@pytest.fixture
def home(database: Database, tmp_path: Path) -> Database:
    bring_in(database, tmp_path, station(HOURLY), NOW)
    return database


def approve(home: Database, kind: str, key: str, **changed: Any) -> None:
    with home.write() as session:
        entry = (publishing.current(session, kind, key) or {}) | {"key": key} | changed
        publishing.approve(session, versions.save_draft(session, kind, entry, "lan", NOW), "truong-ga", NOW)


def test_a_draft_changes_nothing_that_is_broadcast(home: Database) -> None:
    with home.write() as session:
        entry = (publishing.current(session, "message", "xep-hang") or {}) | {"wordings": {"vi": "Khác."}}
        versions.save_draft(session, "message", entry, "lan", NOW)
    with home.read() as session:
        assert get_message(session, "xep-hang").wordings[0].text == "Xin quý khách xếp hàng."


def test_an_approved_draft_is_what_is_broadcast(home: Database) -> None:
    approve(home, "message", "xep-hang", wordings={"vi": "Xin quý khách đứng vào hàng."})
    with home.read() as session:
        assert get_message(session, "xep-hang").wordings[0].text == "Xin quý khách đứng vào hàng."


def test_a_message_that_never_was_there_comes_with_its_approval(home: Database) -> None:
    approve(
        home, "message", "nha-ve-sinh", category="service", title="Vệ sinh", wordings={"vi": "Ở bên trái."}
    )
    with home.read() as session:
        assert get_message(session, "nha-ve-sinh").title == "Vệ sinh"


def test_an_approval_gives_the_announcer_work_to_do(home: Database) -> None:
    with home.read() as session:
        before = changes.number(session, changes.SCHEDULES)
    approve(home, "schedule", "moi-gio", priority="priority")
    with home.read() as session:
        assert changes.number(session, changes.SCHEDULES) == before + 1
        assert get_schedule(session, "moi-gio").priority == "priority"


def test_a_schedule_of_a_message_that_is_not_there_is_refused_and_stays_a_draft(home: Database) -> None:
    with pytest.raises(UserError, match="khong-co"):
        approve(home, "schedule", "moi-gio", message="khong-co")
    with home.read() as session:
        assert [turn.message.key for turn in get_schedule(session, "moi-gio").turns] == ["xep-hang"]


def test_another_stations_own_message_is_refused(home: Database, tmp_path: Path) -> None:
    other = {"key": "ga-khac", "kind": "rail", "name": "Ga Khác", "zones": [{"key": "ke", "name": "ke"}]}
    bring_in(home, tmp_path, {"stations": [other]}, NOW)
    approve(home, "message", "vach-vang", station="ga-khac")
    with pytest.raises(UserError, match="another station"):
        approve(home, "schedule", "moi-gio", message="vach-vang")


def test_a_draft_that_is_no_message_is_refused(home: Database) -> None:
    with pytest.raises(UserError, match="cannot be used"):
        approve(home, "message", "xep-hang", wordings={})


def test_a_recalled_message_is_not_there_to_be_said_and_can_be_approved_again(home: Database) -> None:
    with home.write() as session:
        publishing.recall_message(session, get_message(session, "xep-hang"), "truong-ga", NOW)
    with pytest.raises(NotFound), home.read() as session:
        get_message(session, "xep-hang")
    approve(home, "message", "xep-hang")
    with home.read() as session:
        assert not get_message(session, "xep-hang").retired


def test_a_recalled_schedule_is_switched_off(home: Database) -> None:
    with home.write() as session:
        publishing.recall_schedule(session, get_schedule(session, "moi-gio"), "truong-ga", NOW)
    with home.read() as session:
        assert not get_schedule(session, "moi-gio").enabled


def test_what_a_file_brought_is_in_the_history(home: Database, tmp_path: Path) -> None:
    changed = station(HOURLY)
    changed["messages"][0]["title"] = "Xếp hàng nhé"
    bring_in(home, tmp_path, changed, NOW)
    with home.read() as session:
        found = versions.history(session, "message", "xep-hang")
    assert [(one.entry["title"], one.state, one.written_by) for one in found] == [
        ("Xếp hàng nhé", "approved", "import"),
        ("Xếp hàng", "retired", "import"),
    ]

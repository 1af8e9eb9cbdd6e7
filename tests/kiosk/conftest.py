"""The pages without a browser, over a small station."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from factories import bring_in, station
from people import person
from sites import Browser, Site
from sqlalchemy import insert

from announcer import planning
from announcer.models import Announcement, Heartbeat, Playout, ZoneStatus
from kiosk.accounts import passwords
from kiosk.app import create_app
from kiosk.health.checks import WATCH
from schedules.core.clock import local_date, utcnow
from schedules.core.database import Database
from schedules.core.ids import new_id
from schedules.core.settings import Settings
from schedules.models import Zone
from schedules.operations import all_stations, all_zones
from schedules.planner import plan_occurrences

EVERY_HOUR = {
    "key": "moi-gio",
    "message": "xep-hang",
    "trigger": {"kind": "every", "minutes": 60, "from": "00:00", "to": "24:00"},
}


class Place:
    """A station with its pages, and whatever a test wants to have happened there."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database, self.home = database, home
        self.now = utcnow()
        bring_in(database, home, station(EVERY_HOUR), self.now - timedelta(days=1))
        with database.read() as session:
            self.zones: list[Zone] = all_zones(session)
        app = create_app(Settings(home), database)
        app.config.update(PREFERRED_URL_SCHEME="https", SERVER_NAME="loaga.test")
        self.stranger, self.client = app.test_client(), app.test_client()
        person(database, "xem", "city")
        assert Browser(self.client).sign_in("xem").status_code == 302

    def get(self, path: str) -> str:
        """As somebody who may see everything; the page Đang phát as anybody."""
        response = (self.stranger if path in ("/", "/on-air") else self.client).get(path)
        assert response.status_code == 200, response.text
        return response.text

    def plan(self) -> None:
        with self.database.write() as session:
            for place in all_stations(session):
                plan_occurrences(session, place, local_date(self.now), self.now - timedelta(days=1))

    def alive(self, at: datetime | None = None) -> None:
        with self.database.write() as session:
            planning.beat(session, 1, self.now, at or utcnow())

    def watched(self, at: datetime | None = None) -> None:
        at = at or self.now
        with self.database.write() as session:
            session.merge(Heartbeat(name=WATCH, pid=1, started_at=at, beat_at=at))

    def log(self, count: int = 1, **values: Any) -> None:
        row = {
            "zone": "sanh",
            "title": "Xếp hàng",
            "priority": 0,
            "planned_at": self.now,
            "logged_at": self.now,
            "result": "played",
            "final": True,
        }
        rows = [{**row, **values, "id": new_id()} for _ in range(count)]
        with self.database.write() as session:
            session.execute(insert(Playout), rows)

    def say(self, title: str, text: str, **values: Any) -> None:
        script = {
            "parts": [{"language": "vi", "text": text, "phrases": [text]}],
            "chime": "none",
            "repeats": 1,
            "mastering": "standard",
            "voice": "",
        }
        row = Announcement(
            zone_id=self.zones[0].id,
            title=title,
            category="live",
            priority=0,
            level=1,
            script=script,
            accepted_at=self.now,
            due_at=self.now,
            not_before=self.now,
            expires_at=self.now + timedelta(minutes=10),
            state="playing",
            started_at=self.now,
            seconds=12.0,
        )
        for name, value in values.items():
            setattr(row, name, value)
        with self.database.write() as session:
            session.add(row)

    def fault(self, sentence: str) -> None:
        with self.database.write() as session:
            session.merge(
                ZoneStatus(
                    zone_id=self.zones[0].id, sink="sound card USB", fault=sentence, changed_at=self.now
                )
            )


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    return Place(database, tmp_path)


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Site:
    return Site(database, tmp_path)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm at its least cost: dozens of accounts are made here."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))

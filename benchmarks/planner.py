"""How long planning a full day takes: 20 zones × 300 occurrences, planned and saved, then planned again unchanged."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.figures import percentile, show
from schedules.core.database import Database
from schedules.models import Message, Occurrence, Schedule, Station, Turn, Wording, Zone
from schedules.operations import all_stations
from schedules.planner import plan_occurrences

ZONES = 20
SCHEDULES = 10
EVERY_MINUTES = 36  # from 05:00 to 23:00: thirty times a day
ROUNDS = 5
DAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WORDS = "Xin quý khách giữ gìn vệ sinh chung và bỏ rác đúng nơi quy định. Xin cảm ơn quý khách."


def fill(database: Database) -> None:
    """A station with 20 zones and ten schedules that all zones share."""
    with database.write() as session:
        station = Station(key="ga-do", kind="rail", name="Ga Đo")
        station.zones = [
            Zone(key=f"z{i:02}", name=f"Khu {i}", budget_minutes=30, gap_seconds=5) for i in range(ZONES)
        ]
        session.add(station)
        session.flush()
        for i in range(SCHEDULES):
            message = Message(key=f"m{i}", category="conduct", title=f"Nội dung {i}", blanks={})
            message.wordings = [Wording(language="vi", position=0, text=WORDS)]
            trigger = {
                "kind": "every",
                "minutes": EVERY_MINUTES,
                "from": "05:00",
                "to": "22:59",
                "offset": i * 3,
            }
            schedule = Schedule(key=f"s{i}", station=station, trigger=trigger, since=NOW, zones=station.zones)
            schedule.turns = [Turn(position=0, message=message)]
            session.add(schedule)


def plan(database: Database) -> float:
    began = time.perf_counter()
    with database.write() as session:
        [station] = all_stations(session)
        plan_occurrences(session, station, DAY, NOW)
    return time.perf_counter() - began


def main() -> None:
    first, again = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            database = Database.of_home(Path(folder))
            database.migrate()
            fill(database)
            first.append(plan(database))
            again.append(plan(database))
            with database.read() as session:
                count = session.scalar(select(func.count()).select_from(Occurrence))
            database.close()
    show(
        {
            "zones": ZONES,
            "occurrences": count,
            "plan_day_s": round(percentile(first, 0.5), 3),
            "plan_day_worst_s": round(max(first), 3),
            "plan_again_s": round(percentile(again, 0.5), 3),
        }
    )


if __name__ == "__main__":
    main()

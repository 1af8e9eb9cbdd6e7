"""A station with weeks behind it: the demo content, and *Ga Đo* with twenty zones in which lateness is measured.

One planned day is copied into the past until the log is as long as it shall be. Every row of the log has its occurrence
and its row in the queue, as it would have in life.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from announcer import planning
from announcer.models import Announcement, Playout
from benchmarks.planner import fill
from kiosk.accounts import operations, passwords
from kiosk.commendations.operations import publish, write
from kiosk.feedback.kinds import MOODS
from kiosk.feedback.operations import Beginning, begin, tell
from schedules.core.clock import local_date, utcnow
from schedules.core.database import Database
from schedules.core.ids import new_id
from schedules.home import seed
from schedules.models import Message, Occurrence, Schedule, Zone
from schedules.operations import all_stations
from schedules.planner import plan_occurrences

PASSWORD = "chỉ để đo thời gian"  # noqa: S105  (nobody's)
TEXT = "Xin quý khách đứng sau vạch vàng khi tàu vào ga, giữ trẻ em bên mình và trông giữ hành lý cẩn thận."
# What became of them, in this order, again and again.
RESULTS = ("played",) * 40 + ("gave_way",) * 6 + ("expired", "missed", "failed")
PATIENCE = 120.0
FEEDBACK, UNDER_WAY = 1500, 200
GOOD_EXAMPLES = 40
BY = "console:benchmark"
WORDS = (
    "Nhà vệ sinh tầng một bẩn quá.",
    "Ghế chờ bị gãy.",
    "Bảng giờ tàu khó đọc.",
    "Loa nghe không rõ.",
    "Đèn lối lên ke bị tắt.",
)
ENVIRONMENT = {
    "LOAGA_AUDIO_SINK": "silent",
    "LOAGA_VOICES_VI": "formant",  # made at once: a station's sounds are there long before they are due
    "LOAGA_VOICES_EN": "espeak",
    "LOAGA_READBACK_ENABLED": "0",
    "LOAGA_PREPARATION_AHEAD_HOURS": "1",
}

Rows = list[dict[str, Any]]


def live_through(database: Database, playouts: int, now: datetime) -> int:
    """Fill the past; returns how many days it took."""
    seed(database, now)
    fill(database)
    today, days = local_date(now), 0
    template = _planned(database, today, now)
    while playouts > 0:
        days += 1
        part = template[:playouts]
        occurrences, announcements, log = _day(part, today - timedelta(days=days), days)
        with database.write() as session:
            session.execute(insert(Occurrence), occurrences)
            session.execute(insert(Announcement), announcements)
            session.execute(insert(Playout), log)
        playouts -= len(part)
    with database.write() as session:
        for schedule in session.scalars(select(Schedule).where(Schedule.station.has(key="ga-do"))):
            schedule.enabled = False  # its zones are for measuring now
        plan_occurrences(session, next(s for s in all_stations(session) if s.key == "ga-do"), today, now)
    with database.write() as session:
        _feedback(session, now)
        _good_examples(session, now)
    return days


def _feedback(session: Session, now: datetime) -> None:
    """What travellers said at Ga Hà Nội in the past month: most of it answered, some under way, much a tap on a face alone."""
    here = next(one for one in all_stations(session) if one.key == "ga-ha-noi")
    for number in range(FEEDBACK):
        at = now - timedelta(minutes=30 * number + 10)
        tap = Beginning(id=new_id(), channel="kiosk", language="vi", device="", mood=MOODS[number % 3])
        row = begin(session, here, tap, at)
        if number % 2:
            tell(session, row, "report", f"{WORDS[number % len(WORDS)]} Chỗ {number}.", b"", at)
        if number % 2 and number > UNDER_WAY:
            row.state, row.accepted_at, row.answered_at = (
                "answered",
                at + timedelta(hours=1),
                at + timedelta(hours=3),
            )


def _good_examples(session: Session, now: datetime) -> None:
    here = next(one for one in all_stations(session) if one.key == "ga-ha-noi")
    for number in range(GOOD_EXAMPLES):
        typed = {
            "person": f"Người Đo {number}", "title": f"Việc tốt số {number}", "story": TEXT, "form": "praise", "agreed": "on",
            "honoured_on": f"{local_date(now) - timedelta(days=number):%d/%m/%Y}",
        }  # fmt: skip
        publish(session, write(session, None, here, typed, BY, now), BY, now)


def _planned(database: Database, day: date, now: datetime) -> Sequence[tuple[Occurrence, str, str]]:
    with database.write() as session:
        for station in all_stations(session):
            plan_occurrences(session, station, day, now - timedelta(days=1))
    query = (
        select(Occurrence, Zone.key, Message.title)
        .join(Zone, Zone.id == Occurrence.zone_id)
        .join(Message, Message.id == Occurrence.message_id)
        .order_by(Occurrence.planned_at)
    )
    with database.read() as session:
        return session.execute(query.where(Occurrence.day == day)).all()


def _day(template: Sequence[tuple[Occurrence, str, str]], day: date, back: int) -> tuple[Rows, Rows, Rows]:
    occurrences, announcements, log = [], [], []
    for place, (planned, zone, title) in enumerate(template):
        times = {
            name: getattr(planned, name) - timedelta(days=back)
            for name in ("due_at", "planned_at", "expires_at")
        }
        result = RESULTS[(place + back) % len(RESULTS)]
        occurrence = _copy(planned) | times | {"id": new_id(), "day": day, "queued": True, "result": result}
        occurrences.append(occurrence)
        announcements.append(_announcement(occurrence, title))
        log.append(_logged(occurrence, announcements[-1]["id"], zone, title))
    return occurrences, announcements, log


def _copy(row: Occurrence) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in Occurrence.__table__.columns}


def _announcement(occurrence: dict[str, Any], title: str) -> dict[str, Any]:
    part = {"language": "vi", "text": TEXT, "phrases": [TEXT]}
    return {
        "id": new_id(), "occurrence_id": occurrence["id"], "zone_id": occurrence["zone_id"], "title": title,
        "category": "conduct", "priority": 0, "level": 3, "accepted_at": occurrence["due_at"],
        "script": {"parts": [part], "chime": "ding-dong", "repeats": 1, "mastering": "concourse", "voice": ""},
        "due_at": occurrence["due_at"], "not_before": occurrence["planned_at"],
        "expires_at": occurrence["expires_at"], "state": "ended", "seconds": 9.5, "starts": 1,
        "result": occurrence["result"],
    }  # fmt: skip


def _logged(occurrence: dict[str, Any], announcement: str, zone: str, title: str) -> dict[str, Any]:
    began, played = occurrence["planned_at"], occurrence["result"] == "played"
    ended = began + timedelta(seconds=9.5)
    return {
        "id": new_id(), "announcement_id": announcement, "occurrence_id": occurrence["id"], "zone": zone,
        "title": title, "text": TEXT, "spoken": TEXT, "voice": "vi: hanoi", "sound_sha256": "0" * 64,
        "lufs": -16.0, "priority": 0, "planned_at": began, "started_at": began if played else None,
        "ended_at": ended if played else None, "logged_at": ended, "result": occurrence["result"], "final": True,
        "reason_code": "" if played else "budget", "reason": "" if played else "the hour's budget is spent",
    }  # fmt: skip


def people(database: Database, count: int) -> list[str]:
    """Accounts that may see every page; their sign-in names."""
    now, hashed = utcnow(), passwords.hashed(PASSWORD)
    names = [f"nguoi{i:02}" for i in range(count)]
    with database.write() as session:
        for name in names:
            account = operations.create_account(session, BY, name, "Người Đo", hashed, now)
            for role in ("administrator", "head"):
                operations.grant(session, BY, account, role, None, now)
    return names


@contextlib.contextmanager
def running(home: Path, database: Database) -> Iterator[tuple[psutil.Process, int]]:
    """The station's processes; gives the web server and the port of its pages."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, **ENVIRONMENT, "LOAGA_WEB_PORT": str(port)}
    command = [sys.executable, "-m", "kiosk.supervisor", str(home)]
    up = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait(database, port)
        yield _web(up.pid), port
    finally:
        up.terminate()
        up.wait(30)


def _wait(database: Database, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with database.read() as session, contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            if planning.is_alive(session, utcnow()):
                return
        time.sleep(0.2)
    raise TimeoutError("The station did not come up.")


def _web(supervisor: int) -> psutil.Process:
    return next(one for one in psutil.Process(supervisor).children() if "kiosk.app" in one.cmdline())


def cpu(process: psutil.Process) -> float:
    """Seconds of processor that it has used: what others do on this machine shows less there than in waiting times."""
    times = process.cpu_times()
    return float(times.user + times.system)

"""The plan, what is on air, and the log in JSON, narrowed to what the token may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from factories import bring_in
from programs import Caller
from sqlalchemy import insert, update

from announcer import planning
from announcer.models import Announcement, Playout
from schedules.core import changes
from schedules.core.clock import local_date, utcnow
from schedules.core.ids import new_id
from schedules.models import Schedule
from schedules.operations import all_stations, get_zone
from schedules.planner import plan_occurrences

Site = Any

EVERY_HOUR = {
    "message": "xep-hang",
    "trigger": {"kind": "every", "minutes": 60, "from": "00:00", "to": "24:00"},
}
SCHEDULES = {
    "schedules": [
        {"station": "ga-thu", "zones": ["sanh"], "key": "thu", **EVERY_HOUR},
        {"station": "ga-khac", "zones": ["cho-khac"], "key": "khac", **EVERY_HOUR},
    ]
}


@pytest.fixture
def planned(two: Site) -> Site:
    now = utcnow()
    bring_in(two.database, two.home, SCHEDULES, now - timedelta(days=1))
    with two.database.write() as session:
        for place in all_stations(session):
            plan_occurrences(session, place, local_date(now), now - timedelta(days=1))
    return two


def log(site: Site, zone: str, count: int = 1, **values: Any) -> None:
    now = utcnow()
    row = {
        "zone": zone, "title": "Xếp hàng", "priority": 0, "planned_at": now, "logged_at": now, "result": "played",
        "final": True,
    }  # fmt: skip
    with site.database.write() as session:
        session.execute(insert(Playout), [{**row, **values, "id": new_id()} for _ in range(count)])


def speaking(site: Site, zone: str) -> None:
    now = utcnow()
    part = {"language": "vi", "text": "Mời lên tàu.", "phrases": ["mời lên tàu"]}
    script = {"parts": [part], "chime": "none", "repeats": 1, "mastering": "standard", "voice": ""}
    with site.database.write() as session:
        planning.beat(session, 1, now, now)
        row = Announcement(
            zone_id=get_zone(session, zone).id, title="Mời lên tàu", category="live", priority=1, level=1,
            script=script, accepted_at=now, due_at=now, not_before=now, expires_at=now + timedelta(minutes=9),
            state="playing", started_at=now, seconds=4.0, requested_by="truc",
        )  # fmt: skip
        session.add(row)


@pytest.mark.usefixtures("planned")
def test_the_plan_of_a_day_is_that_of_ones_own_stations(operator: Caller, everywhere: Caller) -> None:
    plan = operator.get("/plan")
    assert plan["date"] == local_date(utcnow()).isoformat()
    assert {one["where"]["zone"] for one in plan["occurrences"]} == {"sanh"}
    assert len(plan["occurrences"]) == 24
    first = plan["occurrences"][0]
    assert first["planned_at"].endswith("T00:00:00.000+07:00")
    assert (first["title"], first["reason_code"]) == ("Xếp hàng", "")
    assert first["seconds"] > 1
    both = everywhere.get("/plan")["occurrences"]
    assert {one["where"]["station"] for one in both} == {"ga-thu", "ga-khac"}
    assert everywhere.get("/plan?date=2020-01-01")["occurrences"] == []


def test_schedules_that_say_nothing_on_a_day_are_told_with_the_reason(
    planned: Site, operator: Caller, everywhere: Caller
) -> None:
    assert everywhere.get("/plan")["left_out"] == []
    with planned.database.write() as session:
        session.execute(update(Schedule).values(enabled=False))
        changes.touch(session, changes.SCHEDULES)
    [mine] = operator.get("/plan")["left_out"]
    assert (mine["title"], mine["reason"]) == ("Xếp hàng", "Lịch này đang tắt.")
    assert len(everywhere.get("/plan")["left_out"]) == 2
    assert everywhere.get("/plan?date=2020-01-01")["left_out"] == []


@pytest.mark.parametrize("path", ["/plan?station=ga-khac", "/on-air?station=ga-khac", "/log?station=ga-khac",
                                  "/log?zone=cho-khac", "/plan?station=ga-ma", "/log?zone=ma", "/log?before=ma"])  # fmt: skip
def test_another_stations_keys_are_like_those_that_are_not_there(operator: Caller, path: str) -> None:
    answer = operator.ask("GET", path)
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    "path, field",
    [
        ("/plan?date=24/11/2026", "date"),
        ("/plan?date=2026-02-30", "date"),
        ("/plan?date=1700000000", "date"),
        ("/plan?day=2026-11-24", "day"),
        ("/log?result=lost", "result"),
        ("/log?zone=", "zone"),
        ("/log?zone=sanh&zone=ke-1", "zone"),
    ],
)
def test_what_is_asked_wrongly_is_named(operator: Caller, path: str, field: str) -> None:
    answer = operator.ask("GET", path)
    assert answer.status_code == 422
    assert f"“{field}”" in answer.json["error"]["message"]


def test_what_is_on_air_and_waits(two: Site, operator: Caller, everywhere: Caller) -> None:
    assert operator.get("/on-air")["announcer"] == "silent"
    speaking(two, "sanh")
    speaking(two, "cho-khac")
    now = operator.get("/on-air")
    assert now["announcer"] == "alive"
    zones = {one["where"]["zone"]: one for one in now["zones"]}
    assert set(zones) == {"sanh", "ke-1"}
    assert zones["ke-1"]["state"] == "quiet"
    assert zones["sanh"]["state"] == "live"
    playing = zones["sanh"]["playing"]
    assert (playing["title"], playing["priority"], playing["requested_by"]) == (
        "Mời lên tàu",
        "priority",
        "truc",
    )
    assert playing["parts"] == [{"language": "vi", "text": "Mời lên tàu."}]
    assert len(everywhere.get("/on-air?station=ga-khac")["zones"]) == 1


def test_the_log_is_read_page_by_page_and_holds_no_other_stations_rows(two: Site, operator: Caller) -> None:
    log(two, "sanh", 130)
    log(two, "cho-khac", 130)
    first = operator.get("/log")
    second = operator.get(f"/log?before={first['older']}")
    assert second["older"] is None
    rows = first["playouts"] + second["playouts"]
    assert len({row["id"] for row in rows}) == len(rows) == 130
    assert {row["zone"] for row in rows} == {"sanh"}


def test_the_log_is_filtered(two: Site, operator: Caller) -> None:
    log(two, "sanh")
    log(two, "ke-1", result="failed", reason_code="sink", reason="The sound card has gone.")
    log(two, "ke-1", logged_at=utcnow() - timedelta(days=2))
    today = local_date(utcnow())
    assert len(operator.get("/log?zone=ke-1")["playouts"]) == 2
    assert len(operator.get(f"/log?date={today}")["playouts"]) == 2
    (row,) = operator.get("/log?result=problems")["playouts"]
    assert (row["zone"], row["reason_code"], row["priority"]) == ("ke-1", "sink", "normal")


def test_a_row_of_another_station_is_no_cursor(two: Site, operator: Caller, everywhere: Caller) -> None:
    log(two, "cho-khac")
    (row,) = everywhere.get("/log")["playouts"]
    assert operator.ask("GET", f"/log?before={row['id']}").status_code == 404


def test_rows_of_a_zone_that_is_gone_are_for_those_who_see_every_station(
    two: Site, operator: Caller, everywhere: Caller
) -> None:
    log(two, "nha-cu")
    assert operator.get("/log")["playouts"] == []
    assert [row["zone"] for row in everywhere.get("/log")["playouts"]] == ["nha-cu"]

"""A week, a day's check, drafts and versions, and what a change would do, in JSON."""

from __future__ import annotations

from typing import Any

import pytest
from programs import Caller, program

Site = Any

ENTRY = {
    "station": "ga-thu",
    "zones": ["sanh"],
    "message": "xep-hang",
    "trigger": {"kind": "every", "minutes": 30, "from": "06:00", "to": "07:59"},
}


@pytest.fixture
def head(two: Site) -> Caller:
    """Of Ga Thử, with a schedule in force there, of four announcements a day."""
    caller = Caller(two.app, program(two.database, "truong", "head", "ga-thu"))
    drafted(caller, ENTRY)
    approved = caller.ask("POST", "/schedules/ga-thu-hang/approve", {"seen": mark(caller)})
    assert approved.status_code == 200, approved.text
    return caller


def drafted(caller: Caller, entry: dict[str, Any]) -> None:
    assert caller.ask("PUT", "/schedules/ga-thu-hang/draft", {"entry": entry}).status_code == 200


def mark(caller: Caller) -> str:
    (draft,) = caller.get("/drafts")["drafts"]
    return str(draft["mark"])


def test_a_week_has_seven_days_from_monday(head: Caller) -> None:
    days = head.get("/plan/week?date=2029-03-01&station=ga-thu")["days"]
    assert [day["date"] for day in days] == [f"2029-02-{day}" for day in (26, 27, 28)] + [
        f"2029-03-0{day}" for day in (1, 2, 3, 4)
    ]
    assert {(day["count"], day["gave_way"], day["lost"]) for day in days} == {(4, 0, 0)}


def test_a_day_is_checked_for_what_would_go_wrong(head: Caller) -> None:
    found = head.get("/plan/check?date=2029-03-01")
    assert (found["date"], found["problems"]) == ("2029-03-01", [])
    assert {one["code"] for one in found["remarks"]} == {"no-wording"}  # no English


def test_another_stations_week_is_not_there(operator: Caller) -> None:
    for path in ("/plan/week?station=ga-khac", "/plan/check?station=ga-khac"):
        assert operator.ask("GET", path).status_code == 404


def test_days_on_which_the_station_is_closed_silence_its_plan(head: Caller) -> None:
    body = {"kind": "closed", "first": "2029-03-01"}
    told = head.ask("POST", "/stations/ga-thu/calendar/effect", body).json
    assert (told["day"], told["said_before"], told["said_after"]) == ("2029-03-01", 4, 0)  # type: ignore[index]
    assert head.get("/stations/ga-thu/calendar") == {"days": []}


def test_quiet_hours_would_take_away_what_falls_into_them(head: Caller) -> None:
    quiet = [{"from": "07:00", "to": "08:00"}]
    body = {"name": "Sảnh", "mastering": "standard", "budget_minutes": 30, "gap_seconds": 0, "quiet": quiet}
    told = head.ask("POST", "/stations/ga-thu/zones/sanh/effect", body | {"seen": ""}).json
    assert (told["said_before"], told["said_after"], told["losses"]) == (4, 2, 2)  # type: ignore[index]
    assert {one["reason_code"] for one in told["lost"]} == {"quiet-hours"}  # type: ignore[index]
    assert head.get("/stations/ga-thu/zones/sanh")["quiet"] == []


def test_versions_tell_who_wrote_and_who_answered(head: Caller) -> None:
    drafted(head, ENTRY | {"message": "vach-vang"})
    newest, first = head.get("/schedules/ga-thu-hang/versions")["versions"]
    assert [(one["number"], one["state"], one["approved_by"]) for one in (newest, first)] == [
        (2, "draft", ""),
        (1, "approved", "truong"),
    ]
    assert first["entry"]["message"] == "xep-hang"


def test_versions_and_drafts_of_another_station_are_not_there(two: Site, head: Caller) -> None:
    drafted(head, ENTRY | {"message": "vach-vang"})
    other = Caller(two.app, program(two.database, "ban", "editor", "ga-khac"))
    assert other.get("/drafts") == {"drafts": []}
    assert other.ask("GET", "/schedules/ga-thu-hang/versions").status_code == 404
    assert other.ask("GET", "/messages/khong-co/versions").status_code == 404

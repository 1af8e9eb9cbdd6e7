"""Zones and the calendar in JSON: the checks of the forms, and nobody else's station."""

from __future__ import annotations

from typing import Any

import pytest
from programs import Caller, program

Site = Any

ZONE = "/stations/ga-thu/zones/sanh"
CALENDAR = "/stations/ga-thu/calendar"


@pytest.fixture
def head(two: Site) -> Caller:
    return Caller(two.app, program(two.database, "truong", "head", "ga-thu"))


def settings(head: Caller, **changes: Any) -> dict[str, Any]:
    now = head.get(ZONE)
    kept = {name: value for name, value in now.items() if name not in ("key", "edition")}
    return kept | {"seen": now["edition"]} | changes


def refused(caller: Caller, method: str, path: str, body: Any = None) -> tuple[int, str]:
    answer = caller.ask(method, path, body)
    return answer.status_code, answer.json["error"]["code"]  # type: ignore[index]


def test_a_zone_is_changed_as_it_was_seen(head: Caller) -> None:
    windows = [{"from": "22:00", "to": "06:00", "db": -9}]
    changed = head.ask("PUT", ZONE, settings(head, name="Sảnh lớn", volume=windows)).json
    assert changed == head.get(ZONE)
    assert (changed["name"], changed["volume"]) == ("Sảnh lớn", windows)  # type: ignore[index]


def test_who_saw_other_settings_changes_nothing(head: Caller) -> None:
    before = head.get(ZONE)
    assert refused(head, "PUT", ZONE, settings(head, name="Khác", seen="other")) == (409, "outdated")
    assert head.get(ZONE) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"mastering": "loud"},
        {"budget_minutes": -1},
        {"quiet": [{"from": "25:00", "to": "06:00"}]},
        {"name": ""},
    ],
)
def test_wrong_settings_are_refused(head: Caller, changes: dict[str, Any]) -> None:
    before = head.get(ZONE)
    assert refused(head, "PUT", ZONE, settings(head, **changes)) == (422, "invalid")
    assert head.get(ZONE) == before


def test_days_are_added_and_removed(head: Caller) -> None:
    added = head.ask("POST", CALENDAR, {"kind": "closed", "first": "2029-05-01", "note": "Sửa"}).json
    (days,) = added["days"]  # type: ignore[index]
    assert (days["first"], days["last"], days["note"]) == ("2029-05-01", "2029-05-01", "Sửa")
    assert head.ask("DELETE", f"{CALENDAR}/{days['id']}").json == {"days": []}
    assert head.ask("DELETE", f"{CALENDAR}/{days['id']}").status_code == 404


def test_days_that_are_past_or_there_already_are_refused(head: Caller) -> None:
    assert refused(head, "POST", CALENDAR, {"kind": "closed", "first": "2020-05-01"}) == (422, "invalid")
    head.ask("POST", CALENDAR, {"kind": "closed", "first": "2029-05-01"})
    assert refused(head, "POST", CALENDAR, {"kind": "closed", "first": "2029-05-01"}) == (422, "invalid")


@pytest.mark.parametrize("path", ["/stations/ga-khac/zones/cho-khac", "/stations/ga-khac/calendar"])
def test_another_station_is_not_ones_own(head: Caller, path: str) -> None:
    assert refused(head, "GET", path) == (403, "forbidden")


def test_a_zone_of_another_station_is_not_there(head: Caller) -> None:
    assert refused(head, "GET", "/stations/ga-thu/zones/cho-khac") == (404, "not-found")

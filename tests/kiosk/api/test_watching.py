"""Health and the audit log in JSON."""

from __future__ import annotations

from typing import Any

import pytest
from programs import Caller, program

from schedules.core import audit
from schedules.core.clock import utcnow

Site = Any


def test_health_is_that_of_the_machine_and_of_ones_own_stations(operator: Caller, everywhere: Caller) -> None:
    found = operator.get("/health")["findings"]
    assert {one["station"] for one in found} == {"", "ga-thu"}
    assert found[0] == {
        "about": "Bộ phát thanh",
        "state": "bad",
        "sentence": "Không trả lời. Mở lại bằng lệnh loaga up.",
        "station": "",
    }
    assert {one["station"] for one in everywhere.get("/health")["findings"]} == {"", "ga-thu", "ga-khac"}


@pytest.fixture
def auditor(two: Site) -> Caller:
    return Caller(two.app, program(two.database, "kiem-toan", "administrator"))


def test_the_audit_log_is_read_page_by_page(two: Site, auditor: Caller) -> None:
    with two.database.write() as session:
        for number in range(150):
            audit.record(session, "lan", "muted", f"zone z{number}", utcnow(), after={"minutes": 30})
    first = auditor.get("/audit?actor=lan")
    second = auditor.get(f"/audit?actor=lan&before={first['older']}")
    entries = first["entries"] + second["entries"]
    assert [len(first["entries"]), len(second["entries"]), second["older"]] == [100, 50, None]
    assert entries[0]["subject"] == "zone z149"
    assert entries[-1]["subject"] == "zone z0"
    assert entries[0]["after"] == {"minutes": 30}
    assert entries[0]["before"] is None


def test_it_is_for_administrators_of_every_station_only(two: Site, operator: Caller) -> None:
    local = Caller(two.app, program(two.database, "mot-ga", "administrator", "ga-thu"))
    for caller in (operator, local):
        assert caller.ask("GET", "/audit").status_code == 403

"""What was said outside schedules, on the plan of its day."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from kiosk.home.asides import asides
from schedules.core.clock import day_bounds, local_date
from schedules.core.ids import new_id

Place = Any


def test_what_was_said_outside_schedules_is_in_the_plan_of_its_day(place: Place) -> None:
    place.plan()
    request, start = new_id(), day_bounds(local_date(place.now))[0] + timedelta(hours=6)
    place.log(title="Đổi quầy", request_id=request, started_at=start, ended_at=start + timedelta(seconds=20))
    page = place.get("/plan")
    section = page.partition('<section id="asides">')[2].partition("</section>")[0]
    assert "Đổi quầy" in section and f'href="/requests/{request}"' in section
    assert page.count('<rect class="mark aside" x="25.0%"') == 1
    assert "Đổi quầy" not in place.get(f"/plan?date={local_date(place.now) - timedelta(days=1)}")


def test_what_a_schedule_said_is_not_listed_as_said_outside_it(place: Place) -> None:
    place.log(occurrence_id=new_id())
    assert "Ngoài lịch" not in place.get("/plan")


def test_the_last_of_very_many_are_listed_in_order_of_time(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.home.asides.MOST", 3)
    start = day_bounds(local_date(place.now))[0]
    for number in range(5):
        moment = start + timedelta(seconds=number)
        place.log(title=f"lượt {number}", planned_at=moment, logged_at=moment)
    page = place.get("/plan")
    assert re.findall(r'<td class="title">(lượt \d)', page) == ["lượt 2", "lượt 3", "lượt 4"]
    assert "Đây là 3 lượt sau cùng của ngày" in page


def test_what_was_said_outside_schedules_is_found_in_the_index(place: Place) -> None:
    with place.database.read() as session:
        asked: list[tuple[str, Any]] = []
        event.listen(session.get_bind(), "before_cursor_execute", lambda *told: asked.append(told[2:4]))
        asides(session, local_date(place.now), ["sanh", "ke-1"])
        statement, values = asked[-1]
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        assert "ix_playouts_occurrence (occurrence_id=? AND logged_at>? AND logged_at<?)" in str(plan.all())

"""The check of a day before it comes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from schedules.core import changes
from schedules.core.clock import local_date
from schedules.models import Message, Occurrence

Place = Any


def test_the_check_names_what_must_be_mended_and_what_is_not_made(place: Place) -> None:
    place.plan()
    today = local_date(place.now)
    assert "48 lượt cần 1 tiếng; 0 tiếng đã sẵn sàng" in place.get(f"/plan/check?date={today}")
    with place.database.write() as session:
        session.execute(update(Message).where(Message.key == "xep-hang").values(blanks={"time": "time"}))
        changes.touch(session, changes.SCHEDULES)
    page = place.get(f"/plan/check?date={today}")
    assert "1 việc phải sửa" in page
    assert "Chỗ trống “time” của “Xếp hàng” chưa điền." in page


def test_the_check_of_a_day_without_a_plan_says_so(place: Place) -> None:
    assert "chưa lập kế hoạch" in place.get("/plan/check?date=24/11/2027")


def test_the_check_of_a_day_on_which_everything_gives_way_does_not_wait_for_a_plan(place: Place) -> None:
    place.plan()
    with place.database.write() as session:
        session.execute(update(Occurrence).values(way_code="quiet-hours"))
    page = place.get(f"/plan/check?date={local_date(place.now)}")
    assert "mọi lượt đều nhường" in page
    assert "lập kế hoạch" not in page

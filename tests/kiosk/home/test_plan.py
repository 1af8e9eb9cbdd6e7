"""The plan of a day and of a week, as they are read on screen."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from announcer.models import Sound
from kiosk import desk
from kiosk.home import readiness
from schedules.core import changes
from schedules.core.clock import local_date
from schedules.models import RESULTS, Occurrence, Schedule, Zone
from schedules.operations import all_stations
from schedules.planner import plan_occurrences

Place = Any


def test_the_plan_shows_results_and_reasons(place: Place) -> None:
    place.plan()
    values = {"result": "gave_way", "reason_code": "stopped", "reason": "stopped by hoa"}
    with place.database.write() as session:
        session.execute(update(Occurrence).values(**values))
    page = place.get("/plan")
    assert "Nhường" in page
    assert "Dừng theo lệnh của hoa." in page
    assert 'title="stopped by hoa"' in page
    assert page.count('class="mark gave_way"') == page.count('<tr class="gave_way">') + 1  # and the legend


def test_what_the_plan_lets_give_way_is_told_beforehand(place: Place) -> None:
    place.plan()
    with place.database.write() as session:
        session.execute(update(Occurrence).values(way_code="quiet-hours", way_reason="quiet hours"))
    page = place.get("/plan")
    assert "Sẽ nhường" in page
    assert "Rơi vào giờ yên tĩnh." in page


def test_a_very_full_day_has_a_band_for_each_state_of_a_zone(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.home.day.MOST_ROWS", 40)
    place.plan()
    page = place.get(f"/plan?date={local_date(place.now)}&hour=5")
    assert page.count('class="band ') == len(place.zones) * len(set(re.findall('class="band (\\w+)"', page)))
    assert page.count("M") >= 48
    assert "<title>05:00" not in page


def test_one_hour_of_the_plan_can_be_asked_for(place: Place) -> None:
    place.plan()
    page = place.get(f"/plan?date={local_date(place.now)}&hour=5")
    assert page.count('<td class="figure time">05:00') == 2
    assert "06:00</td>" not in page


@pytest.mark.parametrize("text", ["2026-11-24", "24/11/2026", "24.11.2026", "24-11-2026", " 24/11/2026 "])
def test_a_day_may_be_typed_as_people_write_it(place: Place, text: str) -> None:
    assert "Thứ Ba, 24/11/2026" in place.client.get("/plan", query_string={"date": text}).text


@pytest.mark.parametrize("path", ["/plan", "/log"])
@pytest.mark.parametrize(
    "text", ["2026-02-30", "31/02/2026", "x", "0001-01-01", "9999-12-31", "20261301", "'"]
)
def test_a_day_that_does_not_exist_is_answered_with_a_sentence(place: Place, path: str, text: str) -> None:
    response = place.client.get(path, query_string={"date": text})
    assert response.status_code == 404
    assert "Không có ngày nào như vậy" in response.text


def test_an_unknown_station_is_answered_with_a_sentence(place: Place) -> None:
    response = place.client.get("/plan?station=ga-khac")
    assert response.status_code == 404
    assert "Không có nhà ga" in response.text


def test_a_day_ahead_that_is_not_planned_yet_is_foreseen_and_nothing_is_saved(place: Place) -> None:
    page = place.get(f"/plan?date={local_date(place.now) + timedelta(days=9)}")
    assert "đây là những gì lịch hiện nay sẽ làm" in page
    assert page.count('<td class="figure time">05:00') == 2
    with place.database.read() as session:
        assert session.scalar(select(func.count(Occurrence.id))) == 0


def test_a_day_ahead_is_shown_where_a_zone_has_nothing_to_say(place: Place) -> None:
    with place.database.write() as session:
        schedule = session.scalars(select(Schedule)).one()
        schedule.zones = [zone for zone in schedule.zones if zone.key == "sanh"]
    tomorrow = local_date(place.now) + timedelta(days=1)
    assert "chưa được lập kế hoạch" in place.get(f"/plan?date={tomorrow}")
    with place.database.write() as session:
        plan_occurrences(session, all_stations(session)[0], tomorrow, place.now)
    page = place.get(f"/plan?date={tomorrow}")
    assert "Xếp hàng" in page and "chưa được lập kế hoạch" not in page


def test_the_minutes_of_every_hour_are_held_against_the_budget(place: Place) -> None:
    def drawn() -> list[str]:
        lane = place.get("/plan").partition('<svg class="hours-spent"')[2].partition("</svg>")[0]
        return re.findall(r' d="([^"]*)"', lane)

    place.plan()
    within, beyond = drawn()
    assert (within.count("M"), beyond) == (24, "")
    with place.database.write() as session:
        session.execute(update(Zone).values(budget_minutes=0.01))
    within, beyond = drawn()
    assert (within, beyond.count("M")) == ("", 24)


def test_a_day_that_is_over_is_remembered_and_still_follows_new_names_and_what_is_removed(
    place: Place,
) -> None:
    yesterday = local_date(place.now) - timedelta(days=1)
    place.plan()
    with place.database.write() as session:
        session.execute(update(Occurrence).values(day=yesterday, result="played"))
    path = f"/plan?date={yesterday}"
    assert "48 đã phát" in place.get(path)
    with place.database.write() as session:
        session.execute(update(Zone).values(name="Sảnh mới"))
        changes.touch(session, changes.SCHEDULES)
    assert "Sảnh mới" in place.get(path)
    with place.database.write() as session:
        session.execute(delete(Occurrence).where(Occurrence.zone_id == place.zones[0].id))
    assert "24 đã phát" in place.get(path)


def test_a_day_that_is_over_but_not_settled_is_looked_at_anew(place: Place) -> None:
    yesterday = local_date(place.now) - timedelta(days=1)
    place.plan()
    with place.database.write() as session:
        session.execute(update(Occurrence).values(day=yesterday))
    assert "48 đã phát" not in place.get(f"/plan?date={yesterday}")
    with place.database.write() as session:
        session.execute(update(Occurrence).values(result="played"))
    assert "48 đã phát" in place.get(f"/plan?date={yesterday}")


def test_a_week_shows_its_days_and_what_each_holds(place: Place) -> None:
    page = place.get("/plan/week?date=24/11/2027")
    assert "Thứ Hai, 22/11/2027" in page and "Chủ Nhật, 28/11/2027" in page
    assert page.count("48 lượt") == 7


def test_the_plan_says_how_many_of_its_sounds_are_made(place: Place) -> None:
    place.plan()
    today = local_date(place.now)
    page = place.get("/plan")
    assert f'href="/plan/check?date={today}">Tiếng: 0/1 đã sẵn sàng</a>' in page
    with place.client.application.app_context(), place.database.write() as session:
        [sound] = readiness.readiness(session, desk.studio(), today, ["ga-thu"], place.now).pending
        session.add(
            Sound(
                key=sound.key, seconds=3.0, lufs=-16.0, true_peak_db=-2.0, sha256="", voices={}, spoken={},
                tried=[], made_at=place.now,
            )
        )  # fmt: skip
    assert "Tiếng: 1/1 đã sẵn sàng" in place.get("/plan")


def test_a_day_that_needs_no_sound_says_nothing_of_sounds(place: Place) -> None:
    assert "Tiếng: " not in place.get("/plan")


def test_every_state_that_a_mark_can_have_is_in_the_legend(place: Place) -> None:
    place.plan()
    legend = place.get("/plan").partition('<ul class="legend">')[2].partition("</ul>")[0]
    shown = set(re.findall('class="mark (\\w+)"', legend))
    assert shown | {"giving_way"} == {*RESULTS, "planned", "giving_way", "waiting", "playing"}

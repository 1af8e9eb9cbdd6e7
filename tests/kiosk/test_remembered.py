"""What pages remember of days, and that they never tell what is no longer so."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from announcer.voices.espeak import EspeakVoice
from announcer.voices.formant.voice import FormantVoice
from announcer.voices.hanoi.voice import HanoiVoice
from kiosk import desk
from kiosk.home import readiness
from kiosk.remembered import Memory
from schedules.core import changes
from schedules.core.clock import local_date
from schedules.models import Occurrence, Schedule, Zone
from schedules.operations import all_stations
from schedules.planner import plan_occurrences

Place = Any


def test_a_value_is_found_until_its_mark_changes() -> None:
    memory = Memory[str](most=2)
    memory.keep("a", 1, "first")
    assert memory.find("a", 1) == "first"
    assert memory.find("a", 2) is None


def test_what_was_looked_at_last_is_kept() -> None:
    memory = Memory[str](most=2)
    memory.keep("a", 1, "one")
    memory.keep("b", 1, "two")
    memory.find("a", 1)
    memory.keep("c", 1, "three")
    assert [memory.find(key, 1) for key in "abc"] == ["one", None, "three"]


def test_a_result_is_seen_at_once_on_the_plan_and_in_its_week(place: Place) -> None:
    place.plan()
    assert "48 lỡ" not in place.get("/plan")
    before = place.get("/plan/week").count("48 lượt")
    with place.database.write() as session:
        session.execute(update(Occurrence).values(result="missed"))
    assert "48 lỡ" in place.get("/plan")
    assert place.get("/plan/week").count("48 lượt") == before - 1


def test_a_plan_that_is_saved_anew_is_seen_at_once(place: Place) -> None:
    tomorrow = local_date(place.now) + timedelta(days=1)
    path = f"/plan?date={tomorrow}"

    def plan() -> None:
        with place.database.write() as session:
            plan_occurrences(session, all_stations(session)[0], tomorrow, place.now)

    plan()
    assert "05:00" in place.get(path)
    with place.database.write() as session:
        trigger = {"kind": "every", "minutes": 60, "from": "00:10", "to": "24:00"}
        session.scalars(select(Schedule)).one().trigger = trigger
    plan()
    page = place.get(path)
    assert "05:10" in page and not re.search(r'<td class="figure time">05:00', page)


def test_a_day_that_is_foreseen_follows_its_schedules(place: Place) -> None:
    path = f"/plan?date={local_date(place.now) + timedelta(days=9)}"
    assert "48 lượt" in place.get(path)
    with place.database.write() as session:
        session.scalars(select(Schedule)).one().enabled = False
        changes.touch(session, changes.SCHEDULES)
    assert "Ngày này không lịch nào phát." in place.get(path)


def test_the_check_of_a_day_follows_what_is_set_up(place: Place) -> None:
    assert "nhường: " not in place.get("/plan/check")
    with place.database.write() as session:
        session.execute(update(Zone).values(budget_minutes=0))
        changes.touch(session, changes.SCHEDULES)
    assert "24 lượt “Xếp hàng” nhường: Hết quỹ phút của giờ đó." in place.get("/plan/check")


def test_the_check_of_a_day_follows_the_words_of_the_staff(place: Place) -> None:
    def needed() -> str:
        with place.client.application.app_context(), place.database.read() as session:
            day, stations = local_date(place.now), ["ga-thu"]
            [sound] = readiness.readiness(session, desk.studio(), day, stations, place.now).pending
            return sound.key

    place.plan()
    before = needed()
    (place.home / "lexicon.toml").write_text('[exact]\n"hàng" = "hàng lối"\n', "utf-8")
    assert needed() != before


def test_the_check_of_a_day_follows_the_voices(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = "Không có giọng nào đọc được tiếng Việt"
    assert gone not in place.get("/plan/check")
    for voice in (HanoiVoice, FormantVoice, EspeakVoice):
        monkeypatch.setattr(voice, "why_unavailable", lambda self: "It is not there.")
    assert gone in place.get("/plan/check")


def test_what_is_due_waits_and_what_sounds_plays_without_being_read_again(place: Place) -> None:
    place.alive()
    place.plan()
    place.get("/plan")
    with place.database.read() as session:
        first = session.scalars(select(Occurrence).order_by(Occurrence.planned_at)).first()
    place.say("Xếp hàng", "Xin xếp hàng.", occurrence_id=first.id)
    page = place.get("/plan")
    assert page.count('<tr class="playing">') == 1


def test_a_plan_that_did_not_change_raises_no_number(place: Place) -> None:
    place.plan()
    with place.database.read() as session:
        before = changes.number(session, changes.PLAN)
    place.plan()
    with place.database.read() as session:
        assert changes.number(session, changes.PLAN) == before

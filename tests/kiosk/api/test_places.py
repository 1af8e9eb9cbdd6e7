"""Stations, zones and messages in JSON, narrowed to what the token may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from programs import Caller
from sqlalchemy import update

from schedules.core.clock import iso_local, utcnow
from schedules.models import Zone

Site = Any


def test_a_token_of_one_station_sees_no_other(operator: Caller, everywhere: Caller) -> None:
    assert [one["key"] for one in operator.get("/stations")["stations"]] == ["ga-thu"]
    assert [one["key"] for one in everywhere.get("/stations")["stations"]] == ["ga-khac", "ga-thu"]


def test_a_zone_tells_until_when_it_is_mute_and_nothing_once_that_is_past(
    two: Site, operator: Caller
) -> None:
    until = utcnow() + timedelta(minutes=5)
    with two.database.write() as session:
        session.execute(update(Zone).where(Zone.key == "sanh").values(muted_until=until))
        past = utcnow() - timedelta(minutes=5)
        session.execute(update(Zone).where(Zone.key == "ke-1").values(muted_until=past))
    zones = {one["key"]: one["muted_until"] for one in operator.get("/stations")["stations"][0]["zones"]}
    assert zones == {"sanh": iso_local(until), "ke-1": None}


def test_messages_have_their_words_and_blanks(operator: Caller) -> None:
    listed = {one["key"]: one for one in operator.get("/messages")["messages"]}
    assert set(listed) == {"xep-hang", "vach-vang", "chao-tau", "chay"}
    one = operator.get("/messages/chao-tau")
    assert one == listed["chao-tau"]
    assert one["blanks"] == {"service": "service", "time": "time"}
    assert [wording["language"] for wording in one["wordings"]] == ["vi", "en"]


def test_a_message_that_is_not_there_is_not_found(operator: Caller) -> None:
    answer = operator.ask("GET", "/messages/khong-co")
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "not-found")

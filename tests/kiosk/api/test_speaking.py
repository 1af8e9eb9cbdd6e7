"""Saying, stopping and muting through the API: what is committed, what is refused, and what is on record."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from programs import Caller
from sqlalchemy import select

from announcer.models import Announcement, ZoneCommand
from kiosk.accounts import operations, second
from kiosk.accounts.signing_in import FAILURES_ALLOWED
from schedules.core import audit
from schedules.core.clock import utcnow
from schedules.core.ids import new_id

Site = Any

TEXT = {"text": "Mời khách ra cửa 2.", "zones": ["sanh"]}
TRAIN = {"message": "chao-tau", "values": {"service": "SE1", "time": "19:30"}, "zones": ["sanh"]}


def queued(site: Site) -> list[Announcement]:
    with site.database.read() as session:
        return list(session.scalars(select(Announcement).order_by(Announcement.id)))


def commands(site: Site) -> list[ZoneCommand]:
    with site.database.read() as session:
        return list(session.scalars(select(ZoneCommand)))


def on_record(site: Site) -> list[tuple[str, str]]:
    with site.database.read() as session:
        return [(entry.actor, entry.action) for entry in audit.entries(session, 50)]


def say(caller: Caller, id: str = "", **body: Any) -> Any:
    return caller.ask("PUT", f"/announcements/{id or new_id()}", body)


def test_a_text_is_committed_for_its_zones_and_on_record(two: Site, operator: Caller) -> None:
    id = new_id()
    answer = say(operator, id, text=" Mời khách\n ra cửa 2. ", zones=["sanh", "ke-1"], priority="priority")
    assert answer.status_code == 200
    assert answer.json == {
        "id": id,
        "title": "Mời khách ra cửa 2.",
        "zones": ["sanh", "ke-1"],
        "added": True,
        "expires_minutes": 10.0,
        "announcer": "silent",
    }
    rows = queued(two)
    assert {(row.request_id, row.requested_by, row.priority) for row in rows} == {(id, "bang-dien-tu", 1)}
    assert rows[0].script["parts"][0]["phrases"] == ["mời khách ra cửa hai"]
    assert len(rows) == 2
    assert on_record(two)[0] == ("bang-dien-tu", "spoke")


def test_a_message_is_filled_and_said_in_both_languages(two: Site, operator: Caller) -> None:
    assert say(operator, **TRAIN, repeats=2).status_code == 200
    (row,) = queued(two)
    assert [part["text"] for part in row.script["parts"]] == [
        "Tàu SE1 đến lúc 19h30.",
        "Train SE1 arrives at 19:30.",
    ]
    assert row.script["repeats"] == 2


def test_sent_again_it_adds_nothing_however_the_id_is_written(two: Site, operator: Caller) -> None:
    id = new_id()
    answers = [say(operator, one, **TEXT) for one in (id, id, id.upper())]
    assert [answer.json["added"] for answer in answers] == [True, False, False]
    assert len(queued(two)) == 1
    assert [action for _, action in on_record(two)].count("spoke") == 1


@pytest.mark.parametrize(
    "other", [{"text": "Xin chào."}, {"zones": ["ke-1"]}, {"priority": "urgent"}, {"repeats": 2}]
)
def test_an_id_that_was_used_for_something_else_is_a_conflict(
    two: Site, operator: Caller, other: dict[str, Any]
) -> None:
    id = new_id()
    say(operator, id, **TEXT)
    answer = say(operator, id, **{**TEXT, **other})
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "conflict")
    assert len(queued(two)) == 1


def test_an_id_that_somebody_else_used_is_a_conflict(two: Site, operator: Caller, everywhere: Caller) -> None:
    id = new_id()
    say(operator, id, **TEXT)
    assert say(everywhere, id, **TEXT).status_code == 409


def test_an_emergency_is_urgent_and_said_three_times_whatever_is_asked(two: Site, operator: Caller) -> None:
    say(operator, message="chay", zones=["sanh"], priority="normal")
    assert [(row.priority, row.level, row.script["repeats"]) for row in queued(two)] == [(2, 0, 3)]


@pytest.mark.parametrize("zones", [["cho-khac"], ["sanh", "cho-khac"], ["nowhere"], ["all"]])
def test_a_zone_of_another_station_is_refused_like_one_that_is_not_there(
    two: Site, operator: Caller, zones: list[str]
) -> None:
    asked = [
        say(operator, text="Xin chào.", zones=zones),
        operator.ask("POST", "/preview", {"text": "Xin chào.", "zones": zones}),
        operator.ask("POST", "/stop", {"zones": zones}),
        operator.ask("POST", "/mute", {"zones": zones, "minutes": 5}),
        operator.ask("POST", "/unmute", {"zones": zones}),
    ]
    assert {(one.status_code, one.json["error"]["code"]) for one in asked} == {(403, "forbidden")}
    assert queued(two) == []
    assert commands(two) == []


@pytest.mark.parametrize(
    "body, sentence",
    [
        ({"zones": ["sanh"]}, "Hãy gửi hoặc “message” hoặc “text”."),
        ({**TEXT, **TRAIN}, "Hãy gửi hoặc “message” hoặc “text”."),
        ({"text": "?!", "zones": ["sanh"]}, "Hãy gõ lời cần phát."),
        ({"text": "a" * 1201, "zones": ["sanh"]}, "“text” không đúng kiểu hoặc ngoài giới hạn."),
        ({"text": "Xin chào."}, "“zones” còn thiếu."),
        ({**TEXT, "repeats": 6}, "“repeats” không đúng kiểu hoặc ngoài giới hạn."),
        ({**TEXT, "repeats": "2"}, "“repeats” không đúng kiểu hoặc ngoài giới hạn."),
        ({**TEXT, "prioriti": "urgent"}, "“prioriti” không có trong API này."),
        ({**TRAIN, "values": {"service": "SE1"}}, "Chỗ trống “Giờ” chưa điền"),
        ({**TRAIN, "values": {"service": "SE1", "time": "25:00"}}, "“25:00” không điền được vào “Giờ”"),
        ({**TRAIN, "values": {**TRAIN["values"], "gate": "2"}}, "Nội dung này không có chỗ trống “gate”."),
    ],
)
def test_what_is_unclear_is_refused_with_its_reason_and_changes_nothing(
    two: Site, operator: Caller, body: dict[str, Any], sentence: str
) -> None:
    before = on_record(two)
    for answer in (say(operator, **body), operator.ask("POST", "/preview", body)):
        assert answer.status_code == 422
        assert answer.json["error"]["code"] == "invalid"
        assert answer.json["error"]["message"].startswith(sentence)
        assert answer.json["error"]["message"].endswith("Chưa có gì thay đổi.")
    assert queued(two) == []
    assert on_record(two) == before


def test_a_message_that_is_not_there_is_not_found(operator: Caller) -> None:
    assert say(operator, message="khong-co", zones=["sanh"]).status_code == 404


def test_a_preview_tells_how_it_is_read_and_commits_nothing(two: Site, operator: Caller) -> None:
    answer = operator.ask("POST", "/preview", {"text": "Tàu SE1 chạy lúc 19h30.", "zones": ["sanh"]})
    found = answer.json
    assert found["parts"][0]["spoken"] == "tàu ét e một chạy lúc mười chín giờ ba mươi phút"
    assert (found["priority"], found["repeats"], found["prepared"]) == ("normal", 1, False)
    assert 3 < found["seconds"] < 12
    assert queued(two) == []


@pytest.mark.parametrize(
    "kind, more, act",
    [("stop", {}, "stopped"), ("mute", {"minutes": 5}, "muted"), ("unmute", {}, "unmuted")],
)
def test_zones_are_told_to_stop_or_be_mute_or_speak_again(
    two: Site, operator: Caller, kind: str, more: dict[str, Any], act: str
) -> None:
    answer = operator.ask("POST", f"/{kind}", {"zones": ["sanh", "ke-1", "sanh"], **more})
    assert answer.json == {"zones": ["sanh", "ke-1"]}
    assert [(row.kind, row.requested_by) for row in commands(two)] == [(kind, "bang-dien-tu")] * 2
    assert on_record(two)[:2] == [("bang-dien-tu", act)] * 2
    if kind == "mute":
        assert {row.until - row.accepted_at for row in commands(two)} == {timedelta(minutes=5)}


@pytest.mark.parametrize("minutes", [0, -5, 1441, "5", None, 1e300])
def test_a_mute_that_has_no_sensible_end_is_refused(two: Site, operator: Caller, minutes: Any) -> None:
    assert operator.ask("POST", "/mute", {"zones": ["sanh"], "minutes": minutes}).status_code == 422
    assert commands(two) == []


class Desk:
    """A signed-in operator with the second step switched on, who uses the API from a browser."""

    def __init__(self, site: Site) -> None:
        self.browser = site.signed_in("truc", "operator", "ga-thu")
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.browser.get("/account").text)
        assert found
        self.headers = {"X-CSRFToken": found[1]}
        key = site.app.extensions["second-step-key"]
        with site.database.write() as session:
            account = operations.get_account(session, "truc")
            operations.begin_second_step(session, account)
            self.totp = pyotp.TOTP(second.secret(key, account))
            operations.switch_on_second_step(session, key, "truc", account, self.totp.at(utcnow()), utcnow())

    def say(self, id: str = "", **body: Any) -> tuple[int, str]:
        answer = self.browser.client.put(
            f"/api/v1/announcements/{id or new_id()}", base_url="https://loaga.test", json={**TEXT, **body},
            headers=self.headers,
        )  # fmt: skip
        return answer.status_code, answer.json.get("error", {}).get("code", "")


def test_a_person_with_the_second_step_needs_a_new_code_for_what_is_urgent(two: Site) -> None:
    desk, id = Desk(two), new_id()
    assert desk.say() == (200, "")
    assert desk.say(priority="urgent") == (403, "code-wrong")
    code = desk.totp.at(utcnow() + timedelta(seconds=30))
    for _ in range(2):  # sent again, the same needs no second code
        assert desk.say(id, priority="urgent", code=code) == (200, "")
    assert desk.say(priority="urgent", code=code) == (403, "code-wrong")
    assert [row.priority for row in queued(two)] == [0, 2]


def test_who_guesses_codes_is_locked_out(two: Site) -> None:
    desk = Desk(two)
    for _ in range(FAILURES_ALLOWED):
        desk.say(priority="urgent", code="000000")
    assert desk.say(priority="urgent", code="000000") == (429, "locked")
    assert queued(two) == []


def test_a_token_has_no_second_step(two: Site, operator: Caller) -> None:
    assert say(operator, **TEXT, priority="urgent").status_code == 200
    assert [row.priority for row in queued(two)] == [2]

"""Drafts of messages and schedules in JSON: the same checks, rights and decisions as on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from people import person
from programs import Caller, program

Site = Any

MESSAGE = {
    "station": "ga-thu",
    "category": "service",
    "title": "Mất điện",
    "wordings": {
        "vi": "Nhà ga đang mất điện, xin quý khách đứng yên tại chỗ.",
        "en": "The power is out. Please stay where you are.",
    },
}
SCHEDULE = {
    "station": "ga-thu",
    "zones": ["sanh"],
    "message": "xep-hang",
    "trigger": {"kind": "every", "minutes": 30, "from": "06:00", "to": "22:00"},
}


@pytest.fixture
def editor(two: Site) -> Caller:
    return Caller(two.app, program(two.database, "soan", "editor", "ga-thu"))


@pytest.fixture
def head(two: Site) -> Caller:
    return Caller(two.app, program(two.database, "duyet", "head", "ga-thu"))


def written(caller: Caller, path: str, entry: dict[str, Any], seen: str = "") -> dict[str, Any]:
    answer = caller.ask("PUT", path, {"entry": entry, "seen": seen})
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def refused(caller: Caller, method: str, path: str, body: Any) -> tuple[int, str]:
    answer = caller.ask(method, path, body)
    return answer.status_code, answer.json["error"]["code"]  # type: ignore[index]


def test_a_message_is_drafted_approved_and_recalled(editor: Caller, head: Caller) -> None:
    draft = written(editor, "/messages/mat-dien/draft", MESSAGE)
    assert editor.get("/messages/mat-dien/draft") == draft
    assert head.ask("GET", "/messages/mat-dien").status_code == 404
    assert head.ask("POST", "/messages/mat-dien/approve", {"seen": draft["mark"]}).json["state"] == "approved"  # type: ignore[index]
    assert head.get("/messages/mat-dien")["title"] == "Mất điện"
    assert head.ask("POST", "/messages/mat-dien/recall").json["state"] == "retired"  # type: ignore[index]
    assert head.ask("GET", "/messages/mat-dien").status_code == 404


def test_a_schedule_is_foreseen_drafted_approved_and_switched_off(editor: Caller, head: Caller) -> None:
    ahead = editor.ask("POST", "/schedules/moi/foresight", {"entry": SCHEDULE}).json
    assert ahead and len(ahead["occurrences"]) == 10
    assert ahead["count"] > 10 and ahead["gives_way"] == ahead["crowded"] == []
    draft = written(editor, "/schedules/moi/draft", SCHEDULE)
    assert head.ask("POST", "/schedules/moi/approve", {"seen": draft["mark"]}).status_code == 200
    assert {one["key"]: one["draft"] for one in head.get("/schedules")["schedules"]}["moi"] is None
    assert head.get("/schedules/moi")["entry"]["enabled"]
    assert head.ask("POST", "/schedules/moi/recall").status_code == 200
    assert not head.get("/schedules/moi")["entry"]["enabled"]


def test_a_draft_can_be_thrown_away(editor: Caller) -> None:
    draft = written(editor, "/schedules/moi/draft", SCHEDULE)
    assert editor.ask("POST", "/schedules/moi/discard", {"seen": draft["mark"]}).status_code == 200
    assert editor.ask("GET", "/schedules/moi/draft").status_code == 404


def test_who_saw_another_draft_changes_and_decides_nothing(editor: Caller, head: Caller) -> None:
    written(editor, "/messages/mat-dien/draft", MESSAGE)
    again = {"entry": MESSAGE, "seen": "another"}
    assert refused(editor, "PUT", "/messages/mat-dien/draft", again) == (409, "outdated")
    assert refused(head, "POST", "/messages/mat-dien/approve", {"seen": "another"}) == (409, "outdated")


def test_an_editor_approves_nothing(editor: Caller) -> None:
    draft = written(editor, "/messages/mat-dien/draft", MESSAGE)
    assert refused(editor, "POST", "/messages/mat-dien/approve", {"seen": draft["mark"]}) == (
        403,
        "forbidden",
    )


def test_a_heads_own_draft_waits_for_another_person(two: Site, head: Caller) -> None:
    person(two.database, "pho-ga", "head")
    draft = written(head, "/messages/mat-dien/draft", MESSAGE)
    assert refused(head, "POST", "/messages/mat-dien/approve", {"seen": draft["mark"]}) == (403, "own-draft")


@pytest.mark.parametrize("path, entry", [("/messages/xa/draft", MESSAGE), ("/schedules/xa/draft", SCHEDULE)])
def test_another_stations_drafts_are_not_ones_own(
    editor: Caller, everywhere: Caller, path: str, entry: dict[str, Any]
) -> None:
    there = entry | {"station": "ga-khac"} | ({"zones": ["sanh-khac"]} if "zones" in entry else {})
    assert refused(editor, "PUT", path, {"entry": there})[0] == 403
    assert editor.ask("GET", path).status_code == 404


@pytest.mark.parametrize(
    "path, entry",
    [
        ("/messages/mat-dien/draft", MESSAGE | {"title": ""}),
        ("/messages/mat-dien/draft", MESSAGE | {"wordings": {}}),
        ("/messages/mat-dien/draft", MESSAGE | {"nonsense": 1}),
        (
            "/messages/mat-dien/draft",
            MESSAGE | {"wordings": {"vi": {"text": "Xin chờ.", "clip": "khong-co"}}},
        ),
        ("/messages/Mất Điện/draft", MESSAGE),
        ("/schedules/moi/draft", SCHEDULE | {"zones": ["khong-co"]}),
        ("/schedules/moi/draft", SCHEDULE | {"message": "khong-co"}),
        ("/schedules/moi/draft", SCHEDULE | {"trigger": {"kind": "never"}}),
        ("/schedules/moi/draft", SCHEDULE | {"repeats": 99}),
    ],
)
def test_a_wrong_entry_is_refused_and_kept_nowhere(editor: Caller, path: str, entry: dict[str, Any]) -> None:
    assert refused(editor, "PUT", path, {"entry": entry}) == (422, "invalid")
    assert editor.ask("GET", path).status_code == 404

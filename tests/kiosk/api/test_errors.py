"""Every refusal has one shape, whoever refuses."""

from __future__ import annotations

from typing import Any

import pytest
from programs import Caller

Site = Any


@pytest.mark.parametrize(
    "method, path, sent, status, code",
    [
        ("GET", "/nothing", {}, 404, "not-found"),
        ("GET", "/announcements/not-a-uuid", {}, 404, "not-found"),
        ("DELETE", "/stations", {}, 405, "method-not-allowed"),
        ("POST", "/stop", {"data": "zones=sanh"}, 415, "not-json"),
        ("POST", "/stop", {"data": "{}", "content_type": "text/plain"}, 415, "not-json"),
        ("POST", "/stop", {"data": "{", "content_type": "application/json"}, 400, "bad-request"),
        ("POST", "/stop", {"data": b"\xff", "content_type": "application/json"}, 400, "bad-request"),
        ("POST", "/stop", {"data": '"\\ud800"', "content_type": "application/json"}, 400, "bad-request"),
        ("POST", "/stop", {"data": "", "content_type": "application/json"}, 400, "bad-request"),
        ("POST", "/stop", {"data": " " * 1_000_001, "content_type": "application/json"}, 413, "too-large"),
        ("POST", "/stop", {"data": "[" * 900_000, "content_type": "application/json"}, 400, "bad-request"),
        ("POST", "/stop", {"json": []}, 422, "invalid"),
        ("POST", "/stop", {"json": {"zones": "sanh"}}, 422, "invalid"),
    ],
)
def test_a_refusal_is_json_with_a_code_and_a_sentence(
    operator: Caller, method: str, path: str, sent: dict[str, Any], status: int, code: str
) -> None:
    headers = {"Authorization": f"Bearer {operator.token}"}
    answer = operator.client.open(f"/api/v1{path}", method=method, headers=headers, **sent)
    assert answer.mimetype == "application/json"
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)
    assert set(answer.json) == {"error"}
    assert set(answer.json["error"]) == {"code", "message"}
    assert answer.json["error"]["message"].endswith(".")


def test_a_method_that_is_not_allowed_says_which_are(operator: Caller) -> None:
    assert set(operator.ask("DELETE", "/stations").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_fault_of_ours_shows_nothing_of_it(operator: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("kiosk.accounts.reach.all_messages", broken)
    answer = operator.ask("GET", "/messages")
    assert (answer.status_code, answer.json["error"]["code"]) == (500, "internal")
    assert "secret" not in answer.text

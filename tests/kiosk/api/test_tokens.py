"""Who comes in to the API, and with what."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from programs import Caller, program
from sqlalchemy import update

from kiosk.accounts import tokens
from kiosk.accounts.models import ApiToken
from schedules.core.clock import utcnow
from schedules.core.ids import new_id

Site = Any


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["error"]["code"]


@pytest.mark.parametrize("token", ["", "x", "loaga_made-up", "a=b", "é", "x" * 7000])
@pytest.mark.parametrize("path", ["/stations", "/openapi.json"])
def test_a_wrong_token_is_nobodys_and_is_told_so(two: Site, token: str, path: str) -> None:
    answer = Caller(two.app, token).ask("GET", path)
    assert code(answer) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json["error"]["message"].startswith("Khóa truy cập sai")


def test_without_a_token_and_not_signed_in_only_the_description_is_there(two: Site) -> None:
    assert code(two.browser().get("/api/v1/stations")) == (401, "unauthenticated")
    assert two.browser().get("/api/v1/openapi.json").status_code == 200


def test_a_withdrawn_or_expired_token_is_refused_from_then_on(two: Site, operator: Caller) -> None:
    operator.get("/stations")
    with two.database.write() as session:
        session.execute(update(ApiToken).values(expires_at=utcnow() - timedelta(seconds=1)))
    assert operator.ask("GET", "/stations").status_code == 401
    with two.database.write() as session:
        session.execute(update(ApiToken).values(expires_at=None))
        tokens.withdraw(session, "admin", "bang-dien-tu", utcnow())
    assert operator.ask("GET", "/stations").status_code == 401


def test_a_token_is_never_helped_by_a_cookie(two: Site) -> None:
    answer = two.admin.client.get(
        "/api/v1/audit", base_url="https://loaga.test", headers={"Authorization": "Bearer wrong"}
    )
    assert answer.status_code == 401
    other = {"Authorization": f"Bearer {program(two.database, 'bang', 'operator')}"}
    answer = two.admin.client.get("/api/v1/audit", base_url="https://loaga.test", headers=other)
    assert answer.status_code == 403


def test_a_token_opens_no_page(two: Site) -> None:
    sent = {"Authorization": f"Bearer {program(two.database, 'quan-tri', 'administrator')}"}
    client = two.app.test_client(use_cookies=False)
    assert client.get("/accounts", headers=sent).status_code == 302
    assert client.post("/accounts", headers=sent).status_code == 403
    assert two.admin.client.get("/accounts", base_url="https://loaga.test", headers=sent).status_code == 302


def test_the_signed_in_use_the_api_with_their_own_rights(two: Site) -> None:
    assert two.admin.get("/api/v1/audit").status_code == 200
    assert two.admin.client.post("/api/v1/stop", base_url="https://loaga.test", json={}).status_code == 400


def test_the_signed_in_need_the_token_of_a_form_to_change_anything(two: Site) -> None:
    desk = two.signed_in("truc", "operator", "ga-thu")
    token = re.search(r'name="csrf_token" value="([^"]+)"', desk.get("/account").text)
    assert token

    def stop(headers: dict[str, str]) -> int:
        answer = desk.client.post(
            "/api/v1/stop", base_url="https://loaga.test", json={"zones": ["sanh"]}, headers=headers
        )
        return int(answer.status_code)

    assert stop({}) == 400
    assert stop({"X-CSRFToken": "made-up"}) == 400
    assert stop({"X-CSRFToken": token[1]}) == 200


def test_an_inspector_sees_but_does_not_speak(two: Site) -> None:
    inspector = Caller(two.app, program(two.database, "kiem-tra", "inspector"))
    body = {"text": "Xin chào.", "zones": ["sanh"]}
    inspector.get("/on-air")
    for method, path in (("PUT", f"/announcements/{new_id()}"), ("POST", "/preview"), ("POST", "/stop")):
        assert code(inspector.ask(method, path, body)) == (403, "forbidden")
    assert code(inspector.ask("GET", "/audit")) == (403, "forbidden")


def test_a_program_without_a_role_sees_nothing(two: Site) -> None:
    with two.database.write() as session:
        token = tokens.create(session, "console:test", "moi", "Máy mới", [], None, utcnow())
    assert code(Caller(two.app, token).ask("GET", "/stations")) == (403, "forbidden")


def test_its_last_use_is_kept_to_the_hour(two: Site, operator: Caller) -> None:
    def used() -> Any:
        with two.database.read() as session:
            return tokens.all_tokens(session)[0].used_at

    assert used() is None
    operator.get("/stations")
    first = used()
    assert first is not None
    operator.get("/stations")
    assert used() == first


def test_answers_are_kept_by_nobody_and_set_no_cookie(operator: Caller) -> None:
    for path in ("/stations", "/log?before=made-up", "/openapi.json"):
        answer = operator.ask("GET", path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers

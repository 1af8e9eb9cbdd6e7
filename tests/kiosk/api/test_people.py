"""Accounts and tokens in JSON: what the pages of administrators do, and nothing for anybody else."""

from __future__ import annotations

from typing import Any

import pytest
from people import PASSWORD, person
from programs import Caller, program

Site = Any

ROLE = {"role": "operator", "station": "ga-thu"}


@pytest.fixture
def admin(two: Site) -> Caller:
    person(two.database, "lan", "editor", "ga-thu")
    return Caller(two.app, program(two.database, "quan-tri", "administrator"))


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["error"]["message"]


def test_a_person_is_made_and_may_do_nothing_yet(two: Site, admin: Caller) -> None:
    body = {"name": "minh", "full_name": "Minh Thử", "password": "bốn từ của riêng tôi"}
    made = admin.ask("POST", "/accounts", body).json
    assert (made["name"], made["roles"], made["closed_at"]) == ("minh", [], None)  # type: ignore[index]
    assert two.browser().sign_in("minh", "bốn từ của riêng tôi").location == "/account"


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"name": "lan"}, "Tên đăng nhập này đã có người dùng."),
        ({"name": "LAN!"}, "“name” không đúng kiểu hoặc ngoài giới hạn."),
        ({"password": "ngắn"}, "“password” để trống hoặc ngắn quá."),
        ({"password": "1234567890"}, "Mật khẩu này quá dễ đoán"),
        ({"full_name": " \u00a0 "}, "Họ và tên dài từ 1 đến 80 ký tự."),
    ],
)
def test_a_person_who_cannot_be_is_refused(admin: Caller, changes: dict[str, str], sentence: str) -> None:
    before = admin.get("/accounts")
    body = {"name": "minh", "full_name": "Minh Thử", "password": PASSWORD, **changes}
    status, told = refused(admin.ask("POST", "/accounts", body))
    assert (status, told.startswith(sentence)) == (422, True)
    assert admin.get("/accounts") == before


def test_roles_are_granted_and_withdrawn(admin: Caller) -> None:
    granted = admin.ask("POST", "/accounts/lan/grant", ROLE).json["roles"]  # type: ignore[index]
    assert granted == [{"role": "editor", "station": "ga-thu"}, ROLE]
    assert refused(admin.ask("POST", "/accounts/lan/grant", ROLE))[0] == 422
    assert admin.ask("POST", "/accounts/lan/withdraw", ROLE).json["roles"] == granted[:1]  # type: ignore[index]
    elsewhere = {"role": "operator", "station": "khong-co"}
    assert refused(admin.ask("POST", "/accounts/lan/grant", elsewhere))[0] == 422


def test_a_closed_account_signs_nobody_in_until_it_is_open_again(two: Site, admin: Caller) -> None:
    assert admin.ask("POST", "/accounts/lan/close").json["closed_at"]  # type: ignore[index]
    assert two.browser().sign_in("lan").status_code == 401
    assert admin.ask("POST", "/accounts/lan/reopen").json["closed_at"] is None  # type: ignore[index]
    assert two.browser().sign_in("lan").status_code == 302


def test_the_last_administrator_stays(admin: Caller) -> None:
    status, told = refused(admin.ask("POST", "/accounts/admin/close"))
    assert (status, told.startswith("Đây là người quản trị cuối cùng.")) == (422, True)


def test_a_new_password_counts_from_now_on(two: Site, admin: Caller) -> None:
    admin.ask("POST", "/accounts/lan/password", {"password": "năm từ khác của tôi"})
    assert two.browser().sign_in("lan").status_code == 401
    assert two.browser().sign_in("lan", "năm từ khác của tôi").status_code == 302


def test_a_new_password_that_a_program_set_must_be_changed(two: Site, admin: Caller) -> None:
    admin.ask("POST", "/accounts/lan/password", {"password": "năm từ khác của tôi"})
    browser = two.browser()
    browser.sign_in("lan", "năm từ khác của tôi")
    assert browser.get("/log").location == "/account"


def test_a_token_is_answered_once_and_opens_until_it_is_withdrawn(two: Site, admin: Caller) -> None:
    body = {"name": "bang-ke-1", "full_name": "Bảng ke 1", "roles": [ROLE], "last_day": "2029-12-31"}
    made = admin.ask("POST", "/tokens", body).json
    screen = Caller(two.app, made["token"])  # type: ignore[index]
    assert screen.ask("GET", "/stations").status_code == 200
    (listed,) = [one for one in admin.get("/tokens")["tokens"] if one["name"] == "bang-ke-1"]
    assert (listed["roles"], listed["last_day"], "token" in listed) == ([ROLE], "2029-12-31", False)
    assert admin.ask("DELETE", "/tokens/bang-ke-1").json["withdrawn_at"]  # type: ignore[index]
    assert screen.ask("GET", "/stations").status_code == 401


def test_a_token_that_ends_before_it_begins_is_refused(admin: Caller) -> None:
    body = {"name": "bang", "full_name": "Bảng", "roles": [ROLE], "last_day": "2020-12-31"}
    assert refused(admin.ask("POST", "/tokens", body))[0] == 422
    assert admin.ask("DELETE", "/tokens/bang").status_code == 404


def test_an_administrator_of_one_station_keeps_nobodys_account(two: Site, admin: Caller) -> None:
    local = Caller(two.app, program(two.database, "quan-tri-ga", "administrator", "ga-thu"))
    asked = [
        local.ask("GET", "/accounts"),
        local.ask("GET", "/accounts/lan"),
        local.ask("POST", "/accounts/lan/grant", ROLE),
        local.ask("POST", "/accounts/lan/password", {"password": "năm từ khác của tôi"}),
        local.ask("GET", "/tokens"),
        local.ask("DELETE", "/tokens/quan-tri"),
    ]
    assert {one.status_code for one in asked} == {403}
    assert admin.get("/accounts/lan")["roles"] == [{"role": "editor", "station": "ga-thu"}]


def test_who_is_not_there_is_not_found(admin: Caller) -> None:
    assert admin.ask("GET", "/accounts/khong-co").status_code == 404
    assert admin.ask("POST", "/accounts/khong-co/close").status_code == 404

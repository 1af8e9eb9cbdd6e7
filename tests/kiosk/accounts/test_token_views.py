"""The page of tokens, as an administrator's browser gets it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kiosk.accounts import tokens
from schedules.core.clock import utcnow

Site = Any
FIELDS = {"full_name": "Bảng điện tử", "name": "bang", "role": "operator", "station": "ga-thu", "expires": ""}


def made(site: Site, **fields: str) -> str:
    page = site.admin.post("/tokens", **{**FIELDS, **fields}).text
    found = re.search(r"<code>(loaga_[\w-]+)</code>", page)
    return found[1] if found else ""


def test_a_token_is_shown_once_and_then_never_again(site: Site) -> None:
    token = made(site, expires="31/12/2099")
    with site.database.read() as session:
        found = tokens.holder(session, token, utcnow())
    assert found
    assert found[0].name == "bang"
    page = site.admin.get("/tokens").text
    assert token not in page
    assert "Bảng điện tử" in page
    assert "dùng đến hết ngày 31/12/2099" in page
    assert "chưa dùng lần nào" in page


def test_the_answer_with_the_token_is_kept_nowhere(site: Site) -> None:
    answer = site.admin.post("/tokens", **FIELDS)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_a_token_is_withdrawn_on_the_page(site: Site) -> None:
    token = made(site)
    answer = site.admin.post("/tokens/bang/withdraw", form_on="/tokens")
    page = site.admin.get(answer.location).text
    assert "Đã thu hồi khóa truy cập." in page
    assert "đã thu hồi" in page
    with site.database.read() as session:
        assert tokens.holder(session, token, utcnow()) is None
    assert site.admin.post("/tokens/nobody/withdraw", form_on="/tokens").status_code == 400


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"name": "Bảng"}, "Tên đăng nhập gồm"),
        ({"name": "admin"}, "Tên đăng nhập này đã có người dùng."),
        ({"full_name": " "}, "Họ và tên dài từ 1 đến 80 ký tự."),
        ({"role": "king"}, "Không có vai trò này."),
        ({"station": "ga-ma"}, "Không có nhà ga, bến xe này."),
        ({"expires": "31/02/2099"}, "Ngày hết hạn phải từ hôm nay trở đi"),
        ({"expires": "01/01/2020"}, "Ngày hết hạn phải từ hôm nay trở đi"),
        ({"expires": "31/12/9999"}, "Ngày hết hạn phải từ hôm nay trở đi"),
    ],
)
def test_what_is_refused_is_told_and_what_was_typed_stays(
    site: Site, fields: dict[str, str], sentence: str
) -> None:
    answer = site.admin.post("/tokens", **{**FIELDS, **fields})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "Chưa có khóa truy cập nào." in answer.text
    if "expires" in fields:
        assert 'value="Bảng điện tử"' in answer.text


def test_a_programs_own_page_gives_roles_but_no_password(site: Site) -> None:
    made(site)
    page = site.admin.get("/accounts/bang").text
    assert "Giao vai trò" in page
    assert "Mật khẩu" not in page
    assert "Đóng tài khoản" not in page
    site.admin.post("/accounts/bang", act="grant", role="city", station="*")
    assert "Thành phố: mọi nơi" in site.admin.get("/tokens").text
    assert "bang" not in site.admin.get("/accounts").text

"""The pages of accounts, as a browser gets them."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from html import unescape
from typing import Any

import pyotp
import pytest
from people import PASSWORD, person

from kiosk.accounts.signing_in import FAILURES_ALLOWED
from kiosk.accounts.views import MOST_ENTRIES
from schedules.core import audit
from schedules.core.clock import utcnow

Site = Any


def told(site: Site, path: str, **fields: str) -> str:
    """Send a form as the administrator and read the page that follows."""
    answer = site.admin.post(path, **fields)
    assert answer.status_code == 302, answer.text
    page: str = site.admin.get(answer.location).text
    return page


def test_who_signs_in_arrives_where_she_wanted_to_go(site: Site) -> None:
    person(site.database, "lan")
    browser = site.browser()
    asked = browser.get("/account")
    answer = browser.post(asked.location, name="lan", password=PASSWORD, code="")
    assert answer.location == "/account"
    assert "Người Thử" in browser.get("/account").text


@pytest.mark.parametrize(
    "go",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "", "/%0d%0aX:1", "//[x"],
)
def test_signing_in_leads_to_no_other_site(site: Site, go: str) -> None:
    person(site.database, "lan")
    assert site.browser().sign_in("lan", go=go).location == "/"


def test_a_wrong_password_is_told_and_the_name_stays_in_the_form(site: Site) -> None:
    answer = site.browser().sign_in("<b>lan", "sai rồi nhé")
    assert answer.status_code == 401
    assert "Tên đăng nhập, mật khẩu hoặc mã chưa đúng." in answer.text
    assert 'value="&lt;b&gt;lan"' in answer.text
    assert "sai rồi nhé" not in answer.text


def test_a_locked_name_is_told_what_to_do_and_an_administrator_lets_it_in_again(site: Site) -> None:
    person(site.database, "lan")
    browser = site.browser()
    for _ in range(FAILURES_ALLOWED):
        browser.sign_in("lan", "sai rồi nhé")
    assert "thử lại sau 15 phút" in browser.sign_in("lan").text
    assert "tạm khóa" in site.admin.get("/accounts").text
    assert "Đã ghi nhận thay đổi." in told(site, "/accounts/lan", act="let-in")
    assert browser.sign_in("lan").status_code == 302


def test_a_stranger_who_guesses_does_not_lock_out_whoever_signed_in_at_this_browser_before(
    site: Site,
) -> None:
    own, stranger = site.signed_in("lan"), site.browser()
    own.post("/sign-out", form_on="/account")
    for _ in range(FAILURES_ALLOWED):
        stranger.sign_in("lan", "sai rồi nhé")
    assert "thử lại sau 15 phút" in stranger.sign_in("lan").text
    assert own.sign_in("lan").status_code == 302
    assert "thử lại sau 15 phút" in stranger.sign_in("lan").text


def test_guessing_at_a_browser_that_is_known_locks_there_and_nowhere_else(site: Site) -> None:
    own = site.signed_in("lan")
    own.post("/sign-out", form_on="/account")
    for _ in range(FAILURES_ALLOWED):
        own.sign_in("lan", "sai rồi nhé")
    assert "thử lại sau 15 phút" in own.sign_in("lan").text
    assert site.browser().sign_in("lan").status_code == 302
    assert "tạm khóa" in site.admin.get("/accounts").text
    told(site, "/accounts/lan", act="let-in")
    assert own.sign_in("lan").status_code == 302


def test_the_mark_of_a_browser_is_worth_nothing_for_another_name_or_when_forged(site: Site) -> None:
    person(site.database, "minh")
    browser = site.signed_in("lan")
    browser.post("/sign-out", form_on="/account")
    for _ in range(FAILURES_ALLOWED):
        site.browser().sign_in("minh", "sai rồi nhé")
    assert "thử lại sau 15 phút" in browser.sign_in("minh").text
    browser.client.set_cookie("__Host-loaga-device", "x.y", domain="loaga.test", secure=True)
    assert browser.sign_in("lan").status_code == 302


def test_signing_out_leaves_nothing_behind(site: Site) -> None:
    answer = site.admin.post("/sign-out", form_on="/account")
    assert answer.location == "/sign-in"
    assert site.admin.get("/account").status_code == 302


def test_the_frame_says_who_is_here(site: Site) -> None:
    assert "Quản Trị Thử" in site.admin.get("/").text
    assert "Người dùng</a>" in site.admin.get("/").text
    browser = site.signed_in("lan", "operator")
    assert "Trực loa Thử" in browser.get("/").text
    assert "Người dùng</a>" not in browser.get("/").text
    assert "Đăng nhập</a>" in site.browser().get("/").text


def test_a_person_is_added_and_may_do_nothing_until_a_role_is_given(site: Site) -> None:
    page = told(site, "/accounts", full_name="Lê Thị Thử", name="thu.le", password=PASSWORD)
    assert "Đã tạo người dùng." in page
    assert "Chưa có vai trò nào" in page
    page = told(site, "/accounts/thu.le", act="grant", role="operator", station=site.station)
    assert "<strong>Trực loa</strong>" in page
    assert "giao vai trò" in page
    page = told(site, "/accounts/thu.le", act="withdraw", role="operator", station=site.station)
    assert "<strong>Trực loa</strong>" not in page


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"name": "Bà Lan"}, "Tên đăng nhập gồm 2 đến 32 chữ thường"),
        ({"name": "admin"}, "đã có người dùng"),
        ({"full_name": "\u200b"}, "Họ và tên dài từ 1 đến 80"),
        ({"password": "ngắn"}, "ít nhất 10 ký tự"),
        ({"password": "1234567890"}, "quá dễ đoán"),
    ],
)
def test_a_person_that_cannot_be_added_is_refused_with_the_reason(
    site: Site, fields: dict[str, str], sentence: str
) -> None:
    answer = site.admin.post(
        "/accounts", **{"full_name": "Lan", "name": "lan", "password": PASSWORD, **fields}
    )
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "/accounts/lan" not in answer.text


def test_a_person_that_is_refused_stays_in_the_form_without_the_password(site: Site) -> None:
    page = site.admin.post("/accounts", full_name="Lê <b> Thử", name="thu.le", password="ngắn").text
    assert 'name="full_name" value="Lê &lt;b&gt; Thử"' in page
    assert 'name="name" value="thu.le"' in page
    assert "ngắn" not in page


def test_who_has_no_role_yet_is_told_so_where_signing_in_leads(site: Site) -> None:
    sentence = "Quý vị chưa được giao việc nào."
    assert sentence in site.signed_in("lan").get("/").text
    assert sentence not in site.admin.get("/").text
    assert sentence not in site.browser().get("/").text


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"act": "grant", "role": "king", "station": "*"}, "Không có vai trò này."),
        ({"act": "grant", "role": "operator", "station": "ga-khac"}, "Không có nhà ga, bến xe này."),
        ({"act": "close"}, "người quản trị cuối cùng"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_with_the_reason(
    site: Site, fields: dict[str, str], sentence: str
) -> None:
    assert sentence in told(site, "/accounts/admin", **fields)


def test_an_administrator_sets_a_lost_password(site: Site) -> None:
    browser = site.signed_in("lan")
    path, form = "/accounts/lan/password", "/accounts/lan"
    assert "ít nhất 10 ký tự" in told(site, path, form_on=form, password="ngắn")
    assert "Đã ghi nhận thay đổi." in told(site, path, form_on=form, password="một câu hoàn toàn khác")
    assert browser.get("/account").status_code == 302
    assert site.browser().sign_in("lan", "một câu hoàn toàn khác").status_code == 302


def test_an_act_that_does_not_exist_and_a_person_who_does_not_are_refused(site: Site) -> None:
    assert site.admin.post("/accounts/admin", act="promote").status_code == 400
    assert site.admin.get("/accounts/nobody").status_code == 404
    assert site.admin.post("/accounts/nobody", form_on="/accounts/admin", act="close").status_code == 404


def test_a_closed_account_is_shown_as_closed_and_can_be_opened_again(site: Site) -> None:
    browser = site.signed_in("lan", "operator")
    assert "đã đóng" in told(site, "/accounts/lan", act="close")
    assert browser.get("/account").status_code == 302
    assert "đã đóng" not in told(site, "/accounts/lan", act="reopen").split("Việc gần đây")[0]


def test_markup_in_a_name_is_text(site: Site) -> None:
    told(site, "/accounts", full_name="<script>alert(1)</script>", name="lan", password=PASSWORD)
    for page in ("/accounts", "/accounts/lan", "/audit"):
        assert "<script>alert" not in site.admin.get(page).text


def test_a_password_is_changed_by_whoever_knows_the_present_one(site: Site) -> None:
    browser = site.signed_in("lan")

    def change(present: str, new: str, again: str) -> str:
        answer = browser.post("/account/password", form_on="/account", present=present, new=new, again=again)
        page: str = browser.get(answer.location).text
        return page

    new = "một câu hoàn toàn khác"
    assert "Mật khẩu hiện tại chưa đúng." in change("sai rồi nhé", new, new)
    assert "không giống nhau" in change(PASSWORD, new, new + "!")
    assert "ít nhất 10 ký tự" in change(PASSWORD, "ngắn", "ngắn")
    same = unicodedata.normalize("NFD", PASSWORD)
    assert "phải khác mật khẩu hiện tại" in change(PASSWORD, same, same)
    browser.post("/account/password", form_on="/account", present=PASSWORD, new=new, again=new)
    assert "Xin đăng nhập lại bằng mật khẩu mới." in browser.get("/sign-in").text
    assert browser.get("/account").status_code == 302
    assert site.browser().sign_in("lan", PASSWORD).status_code == 401
    assert site.browser().sign_in("lan", new).status_code == 302


GIVEN, OWN = "một câu hoàn toàn khác", "bốn từ của riêng tôi"


@pytest.fixture
def given(site: Site) -> Any:
    """The browser of an operator who has just signed in with the password that the administrator set."""
    person(site.database, "lan", "operator")
    told(site, "/accounts/lan/password", form_on="/accounts/lan", password=GIVEN)
    browser = site.browser()
    assert browser.sign_in("lan", GIVEN, go="/log").location == "/account"
    return browser


def test_with_a_password_that_somebody_else_set_no_page_of_staff_opens_but_the_own_one(given: Any) -> None:
    page = given.get("/account").text
    assert "Mật khẩu này do người khác đặt." in page
    assert "Bắt đầu" not in page
    for path in ("/log", "/speak", "/cases", "/accounts"):
        assert given.get(path).location == "/account", path
    assert given.post("/account/second-step", form_on="/account", step="begin").location == "/account"
    assert given.post("/control", form_on="/account", stop="all").location == "/account"
    assert given.get("/api/v1/log").status_code == 403


def test_with_a_password_that_somebody_else_set_public_pages_are_as_for_strangers(given: Any) -> None:
    page = given.get("/").text
    assert "Xin chọn mật khẩu của riêng mình trước đã." in page
    assert "Dừng mọi loa" not in page
    assert "Quý vị chưa được giao việc nào." not in page


def test_who_has_chosen_an_own_password_is_free(site: Site, given: Any) -> None:
    given.post("/account/password", form_on="/account", present=GIVEN, new=GIVEN, again=GIVEN)
    assert given.get("/log").location == "/account"
    given.post("/account/password", form_on="/account", present=GIVEN, new=OWN, again=OWN)
    assert given.sign_in("lan", OWN, go="/log").location == "/log"
    assert given.get("/log").status_code == 200
    assert "do người khác đặt" not in given.get("/account").text


def test_the_first_password_of_a_person_is_somebody_elses_too(site: Site) -> None:
    told(site, "/accounts", full_name="Lê Thị Thử", name="thu.le", password=GIVEN)
    assert site.browser().sign_in("thu.le", GIVEN).location == "/account"


def test_an_administrator_who_sets_her_own_password_is_free(site: Site) -> None:
    site.admin.post("/accounts/admin/password", form_on="/accounts/admin", password=OWN)
    assert site.admin.sign_in("admin", OWN, go="/accounts").location == "/accounts"
    assert site.admin.get("/accounts").status_code == 200


def test_the_second_step_is_switched_on_with_an_app_and_off_with_the_password(site: Site) -> None:
    browser, elsewhere = site.signed_in("lan"), site.browser()
    elsewhere.sign_in("lan")

    def step(**fields: str) -> str:
        answer = browser.post("/account/second-step", form_on="/account", **fields)
        page: str = browser.get(answer.location).text
        return page

    found = re.search(r'class="secret">([A-Z2-7 ]+)<', step(step="begin"))
    assert found
    totp = pyotp.TOTP(found[1].replace(" ", ""))
    assert "Mã chưa đúng" in step(step="on", code="000000")
    assert "Đã bật mã xác thực." in step(step="on", code=totp.at(utcnow()))
    assert elsewhere.get("/account").status_code == 302
    assert 'class="secret"' not in browser.get("/account").text
    assert "cần thêm mã 6 số" in site.browser().sign_in("lan").text
    assert site.browser().sign_in("lan", code=totp.at(utcnow() + timedelta(seconds=30))).status_code == 302
    assert "Mật khẩu hiện tại chưa đúng." in step(step="off", present="sai rồi nhé")
    assert "Đã tắt mã xác thực." in step(step="off", present=PASSWORD)
    assert site.browser().sign_in("lan").status_code == 302


def test_an_administrator_switches_a_lost_telephones_second_step_off(site: Site) -> None:
    browser = site.signed_in("lan")
    page = browser.get(browser.post("/account/second-step", form_on="/account", step="begin").location).text
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert secret
    code = pyotp.TOTP(secret[1].replace(" ", "")).at(utcnow())
    browser.post("/account/second-step", form_on="/account", step="on", code=code)
    assert site.browser().sign_in("lan").status_code == 401
    told(site, "/accounts/lan", act="second-step-off")
    assert site.browser().sign_in("lan").status_code == 302


def test_a_step_that_does_not_exist_is_refused(site: Site) -> None:
    assert site.admin.post("/account/second-step", form_on="/account", step="leap").status_code == 400


def test_the_audit_page_tells_who_did_what_with_before_and_after(site: Site) -> None:
    person(site.database, "lan")
    told(site, "/accounts/lan", act="grant", role="editor", station="*")
    page = site.admin.get("/audit").text
    assert "giao vai trò" in page
    assert "trước: chưa có vai trò" in page
    assert "sau: Biên tập (mọi nơi)" in page
    assert "tài khoản lan" in page


def numbers(page: str) -> list[int]:
    """Of the entries of the audit log that a page shows."""
    return [int(number) for number in re.findall(r">số (\d+)<", page)]


def test_the_audit_page_goes_back_to_the_first_entry_and_loses_none(site: Site) -> None:
    with site.database.write() as session:
        for _ in range(MOST_ENTRIES):
            audit.record(session, "lan", "muted", "zone sanh", utcnow())
        last = audit.head(session).number
    newest = site.admin.get("/audit").text
    found = re.search(r'rel="next" href="([^"]+)"', newest)
    assert found
    oldest = site.admin.get(unescape(found[1])).text
    assert numbers(newest) + numbers(oldest) == list(range(last, 0, -1))
    assert 'rel="next"' not in oldest


def test_the_audit_page_shows_what_one_person_did_on_every_page(site: Site) -> None:
    with site.database.write() as session:
        for number in range(2 * MOST_ENTRIES + 2):
            audit.record(session, "lan" if number % 2 else "minh", "muted", "zone sanh", utcnow())
    newest = site.admin.get("/audit?actor=+Lan").text
    found = re.search(r'rel="next" href="([^"]+)"', newest)
    assert found
    both = newest + site.admin.get(unescape(found[1])).text
    assert len(numbers(both)) == MOST_ENTRIES + 1
    assert '<td class="zone-name">minh</td>' not in both
    assert "Không có dòng nào" in site.admin.get("/audit?actor=nobody").text


def test_the_audit_page_leaves_sign_ins_out_where_so_wanted(site: Site) -> None:
    told(site, "/accounts/admin", act="grant", role="editor", station="*")
    assert "đăng nhập<span" in site.admin.get("/audit").text
    page = site.admin.get("/audit?quiet=on").text
    assert "đăng nhập<span" not in page
    assert "giao vai trò" in page


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "²"])
def test_an_entry_that_cannot_be_is_no_place_to_begin_at(site: Site, before: str) -> None:
    assert numbers(site.admin.get(f"/audit?before={before}").text)


def test_guessing_the_present_password_locks(site: Site) -> None:
    browser = site.signed_in("lan")
    for _ in range(FAILURES_ALLOWED):
        browser.post("/account/second-step", form_on="/account", step="off", present="sai rồi nhé")
    answer = browser.post("/account/second-step", form_on="/account", step="off", present=PASSWORD)
    assert "Đã nhập sai quá nhiều lần." in browser.get(answer.location).text


def test_another_secret_can_be_asked_for_before_it_is_switched_on(site: Site) -> None:
    browser = site.signed_in("lan")
    secrets = []
    for _ in range(2):
        browser.post("/account/second-step", form_on="/account", step="begin")
        found = re.search(r'class="secret">([A-Z2-7 ]+)<', browser.get("/account").text)
        assert found
        secrets.append(found[1])
    assert secrets[0] != secrets[1]

"""What was typed outlives the session: through the sign-in, and on by one press; but never for another site, and never a password."""

from __future__ import annotations

import html
import io
import json
import re
from typing import Any

import pytest
from people import PASSWORD, person
from sentences import templates
from sites import Browser
from sqlalchemy import delete, select
from strangers import MESSAGE
from werkzeug.test import TestResponse

from announcer.models import Announcement
from kiosk.accounts.kept import MOST_BYTES, SECRET
from kiosk.accounts.models import SignIn
from kiosk.app import create_app
from schedules.core.ids import new_id
from schedules.core.settings import Settings
from schedules.models import Version

Site = Any

NEW = "/messages/new"
OVER = "Phiên đăng nhập đã hết. Chưa có gì thay đổi."
TOO_OLD = "Trang vừa gửi đã mở từ trước lần đăng nhập này. Chưa có gì thay đổi."
OURS = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@pytest.fixture
def writer(site: Site) -> Browser:
    return site.signed_in("bien", "editor")  # type: ignore[no-any-return]


def send(browser: Browser, path: str, fields: dict[str, Any], headers: dict[str, str] = OURS) -> TestResponse:
    return browser.client.post(path, base_url="https://loaga.test", data=fields, headers=headers)


def end_sessions(site: Site) -> None:
    with site.database.write() as session:
        session.execute(delete(SignIn))


def interrupted(site: Site, writer: Browser, path: str = NEW, **fields: Any) -> TestResponse:
    """The writer's form, sent when her session was over."""
    token = writer.token("/account")
    end_sessions(site)
    return send(writer, path, {"csrf_token": token, **(fields or MESSAGE)})


def hidden(answer: TestResponse) -> dict[str, str]:
    """The hidden fields of the page's last form; in the header stands the one that signs out."""
    form = answer.text.rpartition("<form")[2]
    return {html.unescape(name): html.unescape(value) for name, value in HIDDEN.findall(form)}


def carried(answer: TestResponse) -> Any:
    return json.loads(hidden(answer)["kept"])


def sign_in_there(browser: Browser, answer: TestResponse, name: str = "bien") -> TestResponse:
    where = html.unescape(re.search(r'action="(/sign-in[^"]*)"', answer.text)[1])  # type: ignore[index]
    return send(browser, where, {**hidden(answer), "name": name, "password": PASSWORD, "code": ""})


def send_on(browser: Browser, answer: TestResponse) -> TestResponse:
    where = html.unescape(re.findall(r'action="([^"]*)"', answer.text)[-1])
    return send(browser, where, hidden(answer))


def drafts(site: Site) -> list[Any]:
    with site.database.read() as session:
        return list(session.scalars(select(Version.entry).filter_by(state="draft")))


def test_a_form_after_the_session_is_sent_on_once_its_sender_has_signed_in(
    site: Site, writer: Browser
) -> None:
    answer = interrupted(site, writer)
    assert answer.status_code == 403
    assert OVER in answer.text
    signed_in = sign_in_there(writer, answer)
    assert "Biên Tập Thử" in signed_in.text
    assert drafts(site) == []  # nothing is sent by itself
    assert send_on(writer, signed_in).status_code == 303
    assert [draft["title"] for draft in drafts(site)] == [MESSAGE["title"]]


def test_who_signed_out_elsewhere_keeps_the_text_too(site: Site, writer: Browser) -> None:
    token = writer.token(NEW)
    writer.post("/sign-out", form_on="/account")
    answer = send(writer, NEW, {"csrf_token": token, **MESSAGE})
    assert answer.status_code == 403
    assert OVER in answer.text
    send_on(writer, sign_in_there(writer, answer))
    assert len(drafts(site)) == 1


def test_a_wrong_password_does_not_lose_the_text(site: Site, writer: Browser) -> None:
    answer = interrupted(site, writer)
    wrong = send(writer, "/sign-in", {**hidden(answer), "name": "bien", "password": "sai rồi nhé"})
    assert wrong.status_code == 401
    assert carried(wrong) == carried(answer)


def test_who_may_not_do_it_is_refused_as_ever(site: Site, writer: Browser) -> None:
    person(site.database, "lan")
    answer = send_on(writer, sign_in_there(writer, interrupted(site, writer), "lan"))
    assert answer.status_code == 403
    assert "Quý vị không có quyền làm việc này. Chưa có gì thay đổi." in answer.text
    assert drafts(site) == []


def test_no_right_and_no_session_are_told_apart(site: Site, writer: Browser) -> None:
    refused = site.signed_in("lan").post(NEW, form_on="/account", **MESSAGE)
    assert refused.status_code == 403
    assert "phiên" not in refused.text.casefold()
    assert "không có quyền" not in interrupted(site, writer).text


def test_a_page_from_before_signing_in_anew_is_sent_on_with_a_fresh_token(
    site: Site, writer: Browser
) -> None:
    token = writer.token(NEW)
    writer.post("/sign-out", form_on="/account")
    writer.sign_in("bien")
    answer = send(writer, NEW, {"csrf_token": token, **MESSAGE})
    assert answer.status_code == 400
    assert TOO_OLD in answer.text
    assert drafts(site) == []
    send_on(writer, answer)
    assert len(drafts(site)) == 1


def test_who_signed_in_elsewhere_meanwhile_need_not_do_it_again(site: Site, writer: Browser) -> None:
    answer = interrupted(site, writer)
    writer.sign_in("bien")
    late = sign_in_there(writer, answer)
    assert late.status_code == 400
    assert TOO_OLD in late.text
    send_on(writer, late)
    assert len(drafts(site)) == 1


FOREIGN: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "https://loaga.test"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "null"},
    {"Origin": "https://evil.example", "Referer": "https://loaga.test/messages/new"},
    {"Referer": "https://evil.example/https://loaga.test/"},
    {"Referer": "https://[x"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_nothing_of_another_sites_form_is_kept(site: Site, writer: Browser, headers: dict[str, str]) -> None:
    planted = {**MESSAGE, "title": "Lời gài"}
    signed_in = send(writer, NEW, planted, headers)
    assert signed_in.status_code == 400
    assert "Trang này đã cũ" in signed_in.text
    end_sessions(site)
    over = send(writer, NEW, planted, headers)
    assert over.status_code == 403
    assert OVER in over.text
    for answer in (signed_in, over):
        assert "Lời gài" not in answer.text
        assert 'name="kept"' not in answer.text


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_can_plant_nothing_in_the_sign_in_either(
    site: Site, writer: Browser, headers: dict[str, str]
) -> None:
    planted = json.dumps([NEW, [["title", "Lời gài"]], False])
    answer = send(writer, "/sign-in", {"name": "bien", "password": PASSWORD, "kept": planted}, headers)
    assert answer.status_code == 400
    assert "Lời gài" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://loaga.test"},
        {"Origin": "null", "Referer": "https://loaga.test/messages/new"},
        {"Referer": "https://loaga.test/"},
    ],
)
def test_a_browser_that_tells_only_the_address_of_the_page_keeps_the_text(
    site: Site, writer: Browser, headers: dict[str, str]
) -> None:
    end_sessions(site)
    assert carried(send(writer, NEW, MESSAGE, headers))[0] == NEW


def test_a_script_is_told_without_what_it_sent(site: Site, writer: Browser) -> None:
    end_sessions(site)
    answer = send(writer, NEW, MESSAGE, {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"})
    assert answer.status_code == 403
    assert 'name="kept"' not in answer.text


def test_what_was_typed_is_no_markup_on_the_way(site: Site, writer: Browser) -> None:
    evil = '"><script>alert(1)</script>'
    answer = interrupted(site, writer, **{**MESSAGE, "title": evil, evil: "x"})
    on = sign_in_there(writer, answer)
    for page in (answer.text, on.text):
        assert "<script>alert" not in page
    assert hidden(on)["title"] == evil
    assert hidden(on)[evil] == "x"


def test_fields_of_one_name_and_lines_stay_as_they_were(site: Site, writer: Browser) -> None:
    answer = interrupted(site, writer, zone=["sanh", "ke"], text="Một.\r\nHai {time} “ba”.")
    assert carried(answer)[1] == [["zone", "sanh"], ["zone", "ke"], ["text", "Một.\r\nHai {time} “ba”."]]


def test_the_address_is_sent_on_whole(site: Site, writer: Browser) -> None:
    answer = interrupted(site, writer, "/messages/preview?key=xep-hang", title="Xếp hàng")
    assert carried(answer)[0] == "/messages/preview?key=xep-hang"


def test_a_file_that_cannot_be_kept_is_told(site: Site, writer: Browser) -> None:
    sound = (io.BytesIO(b"x" * 2_000_000), "loi.wav")  # more than a form without a file may be
    answer = interrupted(site, writer, "/speak/recording", text="Thử máy", sound=sound)
    assert answer.status_code == 403
    assert carried(answer) == ["/speak/recording", [["text", "Thử máy"]], True]
    on = sign_in_there(writer, answer)
    for page in (answer.text, on.text):
        assert "Tệp gửi kèm thì không giữ được" in page
    assert "Tệp" not in interrupted(site, writer).text


@pytest.mark.parametrize("length", [MOST_BYTES, 600_000, 13_000_000])
def test_more_than_can_be_sent_on_is_not_kept(site: Site, writer: Browser, length: int) -> None:
    answer = interrupted(site, writer, title="x" * length)
    assert answer.status_code == 403
    assert OVER in answer.text
    assert 'name="kept"' not in answer.text


def test_as_much_as_is_kept_passes_the_sign_in(site: Site, writer: Browser) -> None:
    title = "ế" * (MOST_BYTES // 3 - 100)
    sheet = {**OURS, "Content-Type": "multipart/form-data"}  # as both pages send it
    end_sessions(site)
    answer = send(writer, NEW, {"title": title}, sheet)
    signed_in = {**hidden(answer), "name": "bien", "password": PASSWORD}
    assert hidden(send(writer, "/sign-in", signed_in, sheet))["title"] == title


NEVER = (
    "/sign-in",
    "/sign-out",
    "/account/password",
    "/account/second-step",
    "/accounts",
    "/accounts/admin/password",
    "/speak/live",
    "/kiosk/ga-thu/feedback",
    "/api/v1/stop",
    "/nowhere",
    "//evil.example/messages/new",
    "https://evil.example/messages/new",
    "/\\evil.example",
    "/messages/xep-hang",  # no form goes there
)


@pytest.mark.parametrize("address", NEVER)
def test_what_is_never_kept_is_not_taken_from_the_sign_in_either(site: Site, address: str) -> None:
    answer = site.browser().post("/sign-in", name="admin", password=PASSWORD, kept=json.dumps([address, [], False]))  # fmt: skip
    assert answer.status_code == 302


@pytest.mark.parametrize("address", [one for one in NEVER if not one.startswith(("//", "https", "/\\"))])
def test_no_secret_form_is_kept(site: Site, writer: Browser, address: str) -> None:
    for answer in (
        send(writer, address, {"step": "on", "title": "Lời ấy"}),
        interrupted(site, writer, address, step="on", title="Lời ấy"),
    ):
        assert "Lời ấy" not in answer.text


@pytest.mark.parametrize("rubbish", ["", "x", "[]", "{}", "null", '["/messages/new", 1, 2]', '["/messages/new", [[1]], 0]', "[" * 100_000])  # fmt: skip
def test_a_sign_in_that_carries_rubbish_is_an_ordinary_one(site: Site, rubbish: str) -> None:
    answer = site.browser().post("/sign-in", name="admin", password=PASSWORD, kept=rubbish)
    assert answer.status_code == 302


def test_no_password_and_no_code_is_ever_kept(site: Site, writer: Browser) -> None:
    secrets = dict.fromkeys(SECRET - {"csrf_token"}, "bí mật lắm")
    answer = interrupted(site, writer, **MESSAGE, **secrets)
    assert {name for name, _ in carried(answer)[1]} == set(MESSAGE)
    assert "bí mật lắm" not in answer.text


def test_every_field_for_a_password_or_a_code_is_among_the_secrets() -> None:
    field = re.compile(r'<input (?=[^>]*(?:type="password"|autocomplete="one-time-code"))[^>]*name="([^"]+)"')
    found = {name for one in templates() for name in field.findall(one.read_text("utf-8"))}
    assert found == SECRET - {"csrf_token"}


def test_what_was_to_be_spoken_is_looked_at_again_first(site: Site, writer: Browser) -> None:
    id = new_id()
    answer = interrupted(site, writer, "/speak/text", id=id, text="Xin chào.", language="vi", priority="urgent", repeats="1",
        zone="sanh", act="speak", code="123456",
    )  # fmt: skip
    on = sign_in_there(writer, answer, _operator(site))
    assert "Trang sau cho xem lại trước khi phát." in on.text
    form = send_on(writer, on)
    assert form.status_code == 200
    assert "Loa sẽ nói" in form.text
    assert id in form.text
    with site.database.read() as session:
        assert session.scalars(select(Announcement)).all() == []


def _operator(site: Site) -> str:
    person(site.database, "truc", "operator")
    return "truc"


def test_no_browser_stores_what_was_typed(site: Site, writer: Browser) -> None:
    token = writer.token(NEW)
    writer.post("/sign-out", form_on="/account")
    answer = send(writer, NEW, {"csrf_token": token, **MESSAGE})
    assert answer.headers["Cache-Control"] == "no-store"
    assert sign_in_there(writer, answer).headers["Cache-Control"] == "no-store"


def test_whoever_leaves_it_comes_to_the_page_of_the_form(site: Site, writer: Browser) -> None:
    on = sign_in_there(writer, interrupted(site, writer))
    assert f'<a href="{NEW}">Bỏ, không gửi</a>' in on.text
    on = sign_in_there(writer, interrupted(site, writer, "/control", stop="sanh"))
    assert '<a href="/on-air">Bỏ, không gửi</a>' in on.text or '<a href="/">Bỏ, không gửi</a>' in on.text


def test_over_plain_http_it_is_the_same(site: Site) -> None:
    app = create_app(Settings(site.home, {"web.secure_cookies": False}), site.database)
    client = app.test_client()
    answer = client.post(NEW, base_url="http://10.0.0.5:8080", data=MESSAGE, headers={"Referer": "http://10.0.0.5:8080/messages/new"})  # fmt: skip
    assert answer.status_code == 403
    assert carried(answer)[0] == NEW

"""The screens of feedback without a browser: three taps, mistakes that lose nothing, and following by code."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from feedback_given import picture
from sites import Browser, Site
from sqlalchemy import func, select

from kiosk.feedback import floods
from kiosk.feedback.guesses import MOST
from kiosk.feedback.models import Feedback
from schedules.core import audit
from schedules.core.ids import new_id

HERE = "/kiosk/ga-thu"


def rows(site: Site) -> list[Feedback]:
    with site.database.read() as session:
        return list(session.scalars(select(Feedback).order_by(Feedback.id)))


def tap(browser: Browser, mood: str = "bad", **more: Any) -> Any:
    return browser.post(f"{HERE}/feedback", f"{HERE}/start", id=more.pop("id", new_id()), mood=mood, **more)


def say(browser: Browser, words: str = "Nhà vệ sinh bẩn quá", **more: Any) -> Any:
    return browser.post(f"{HERE}/feedback/tell", words=words, kind=more.pop("kind", "report"), **more)


def code_of(browser: Browser) -> str:
    found = re.search(r"GY-\w{4}-\w{4}", browser.get(f"{HERE}/feedback/done").text)
    assert found
    return found[0]


def test_three_taps_are_filed_as_they_come(site: Site) -> None:
    browser = site.browser()
    assert tap(browser).location == f"{HERE}/feedback/about"
    assert [row.state for row in rows(site)] == ["mark"]
    assert browser.post(f"{HERE}/feedback/about", topic="place").location == f"{HERE}/feedback/tell"
    assert code_of(browser)
    (row,) = rows(site)
    assert (row.mood, row.topic, row.kind, row.channel) == ("bad", "place", "", "phone")


def test_a_double_tap_files_once(site: Site) -> None:
    id = new_id()
    for _ in range(2):
        assert tap(site.browser(), id=id).status_code == 303
    assert len(rows(site)) == 1


def test_about_a_rule_one_begins_at_the_rule(site: Site) -> None:
    browser, page = site.browser(), f"{HERE}/rules/cong-cong/xep-hang"
    rule = {"topic": "rule", "rule": "cong-cong/xep-hang", "id": new_id()}
    assert browser.post(f"{HERE}/feedback", page, **rule).location == f"{HERE}/feedback/tell"
    assert "Xếp hàng" in browser.get(f"{HERE}/feedback/tell").text
    assert rows(site)[0].rule == "cong-cong/xep-hang"


def test_about_the_rules_one_is_asked_which(site: Site) -> None:
    browser = site.browser()
    tap(browser)
    asked = browser.post(f"{HERE}/feedback/about", topic="rule")
    assert asked.location == f"{HERE}/feedback/rule"
    assert "Nói tục, chửi bậy, xúc phạm" in browser.get(asked.location).text
    chosen = browser.post(f"{HERE}/feedback/about", asked.location, topic="rule", rule="cong-cong/noi-tuc")
    assert chosen.location == f"{HERE}/feedback/tell"
    assert "Về điều: Nói tục, chửi bậy, xúc phạm" in browser.get(chosen.location).text
    assert (rows(site)[0].topic, rows(site)[0].rule) == ("rule", "cong-cong/noi-tuc")


def test_words_are_filed_and_shown_by_the_code(site: Site) -> None:
    browser = site.browser()
    tap(browser)
    assert say(browser).location == f"{HERE}/feedback/done"
    other = site.browser()
    assert other.post(f"{HERE}/follow", code=code_of(browser)).location == f"{HERE}/follow/one"
    assert "Nhà vệ sinh bẩn quá" in other.get(f"{HERE}/follow/one").text


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"words": " "}, "Hãy viết vài lời, hoặc gửi một bức ảnh."),
        ({"words": "a" * 2500}, "Lời viết dài quá 2000 ký tự."),
        ({"words": "Xin chào.", "kind": "không có"}, "Hãy chọn loại góp ý."),
        (
            {"words": "Xem ảnh.", "photo": (io.BytesIO(b"no picture"), "a.jpg")},
            "không phải ảnh mà máy đọc được",
        ),
    ],
)
def test_a_mistake_loses_nothing_that_was_typed(site: Site, fields: dict[str, Any], sentence: str) -> None:
    browser = site.browser()
    tap(browser)
    answer = say(browser, **fields)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert fields["words"].strip() in answer.text
    assert rows(site)[0].state == "mark"


def test_words_are_shown_as_words(site: Site) -> None:
    browser = site.browser()
    tap(browser)
    say(browser, "<script>alert(1)</script> \u202e{{ 7*7 }}")
    page = browser.get(f"{HERE}/feedback/tell").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page
    assert "<script>alert" not in page


def test_a_photo_is_shown_to_whoever_has_the_code_and_nobody_else(site: Site) -> None:
    browser = site.browser()
    tap(browser)
    say(browser, photo=(io.BytesIO(picture()), "a.jpg"))
    other = site.browser()
    other.post(f"{HERE}/follow", code=code_of(browser))
    found = re.search(rf"{HERE}/follow/files/[\w-]+", other.get(f"{HERE}/follow/one").text)
    assert found
    shown = other.get(found[0])
    assert (shown.mimetype, shown.data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert site.browser().get(found[0]).status_code == 404


def test_complaints_are_told_where_they_belong_and_taken_all_the_same(site: Site) -> None:
    browser = site.browser()
    tap(browser)
    assert "nơi tiếp công dân" in browser.get(f"{HERE}/feedback/lawful").text
    answer = browser.post(
        f"{HERE}/feedback/tell", f"{HERE}/feedback/lawful", words="Ông Thử lấy tiền.", kind="denunciation"
    )
    assert answer.status_code == 303
    assert (rows(site)[0].kind, rows(site)[0].restricted) == ("denunciation", True)


def test_where_too_much_comes_from_that_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "MOST", 1)
    browser = site.browser()
    tap(browser)
    refused = tap(browser)
    assert (refused.status_code, "quá nhiều góp ý" in refused.text) == (429, True)


def test_whoever_needs_help_sees_the_numbers_and_calls_once(site: Site) -> None:
    browser, id = site.browser(), new_id()
    page = browser.get(f"{HERE}/feedback/help").text
    assert all(number in page for number in ("113", "114", "115"))
    for _ in range(2):
        browser.post(f"{HERE}/feedback/help", id=id)
    assert [(row.kind, row.state) for row in rows(site)] == [("urgent", "open")]
    assert "Đã báo cho nhân viên nhà ga." in browser.get(f"{HERE}/feedback/done").text


def test_consents_are_never_ticked_beforehand(site: Site) -> None:
    browser = site.browser()
    tap(browser)
    page = browser.get(f"{HERE}/feedback/contact").text
    assert page.count('type="checkbox"') == 3
    assert "checked" not in page
    refused = browser.post(f"{HERE}/feedback/contact", phone="0912345678")
    assert (refused.status_code, "0912345678" in refused.text) == (400, True)
    assert browser.post(f"{HERE}/feedback/contact", phone="0912345678", purpose="answer").status_code == 303


def test_with_a_code_one_sees_takes_back_and_deletes_what_is_kept(site: Site) -> None:
    browser = site.browser()
    tap(browser)
    say(browser)
    browser.post(f"{HERE}/feedback/contact", phone="0912345678", purpose=["answer", "ask"])
    code = code_of(browser)
    browser.post(f"{HERE}/follow", code=code)
    told = browser.get(f"{HERE}/follow/data.json").json
    assert (told["contact"], len(told["consents"])) == ({"phone": "0912345678"}, 2)  # type: ignore[index]
    for purpose in ("answer", "ask"):
        browser.post(f"{HERE}/follow/data", act=purpose)
    assert browser.get(f"{HERE}/follow/data.json").json["contact"] == {}  # type: ignore[index]
    assert browser.post(f"{HERE}/follow/data", act="delete").location == f"{HERE}/follow/deleted"
    assert browser.post(f"{HERE}/follow", code=code).status_code == 400
    assert rows(site)[0].words == ""
    with site.database.read() as session:
        (entry,) = audit.entries(session, 1)
    assert (entry.actor, entry.action) == ("-", "erased feedback")


def test_a_code_leads_from_the_address_into_the_cookie(site: Site) -> None:
    browser = site.browser()
    tap(browser)
    phone = site.browser()
    assert phone.get(f"/g/{code_of(browser)}").location == f"{HERE}/follow/one"
    assert phone.get(f"{HERE}/follow/one").status_code == 200
    assert phone.get("/g/GY-2222-2223").status_code == 404


def test_whoever_guesses_codes_waits_and_a_mistyped_one_counts_for_nothing(site: Site) -> None:
    browser = site.browser()
    tap(browser)
    right = code_of(browser)
    for _ in range(MOST + 5):
        assert "Mã chưa đúng" in browser.post(f"{HERE}/follow", code=right[:-1] + "?").text
    for _ in range(MOST):
        assert browser.post(f"{HERE}/follow", code="22222222").status_code == 400
    assert browser.post(f"{HERE}/follow", code="22222222").status_code == 429


def test_handed_back_the_screen_knows_nothing_of_it(site: Site) -> None:
    browser = site.browser()
    tap(browser)
    browser.client.delete_cookie("__Host-loaga", domain="loaga.test")  # as Clear-Site-Data has it
    browser.client.delete_cookie("loaga", domain="loaga.test")
    for page in ("about", "tell", "contact", "done"):
        assert browser.get(f"{HERE}/feedback/{page}").location == f"{HERE}/start"
    assert browser.get(f"{HERE}/follow/one").location == f"{HERE}/follow"


@pytest.mark.parametrize("page", ["", "/start", "/said", "/rules/cong-cong", "/follow", "/feedback/help"])
def test_no_browser_keeps_a_travellers_page(site: Site, page: str) -> None:
    assert site.browser().get(f"{HERE}{page or '/'}").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("fields", [{"id": "x"}, {}])
def test_a_tap_without_a_page_is_refused(site: Site, fields: dict[str, str]) -> None:
    assert site.browser().post(f"{HERE}/feedback", f"{HERE}/start", **fields).status_code == 400
    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Feedback)) == 0


def test_without_a_form_of_ours_nothing_is_filed(site: Site) -> None:
    client = site.app.test_client()
    answer = client.post(
        f"{HERE}/feedback", base_url="https://loaga.test", data={"id": new_id(), "mood": "bad"}
    )
    assert answer.status_code == 400
    assert rows(site) == []

"""Feedback under a finger: three taps, words and photos, following by code, calling for help, and what the next traveller finds."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import zxingcpp
from desks import sign_in
from feedback_given import picture, some_of_each
from people import person
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect
from screens import EVERYWHERE, HERE, assert_easy_for_all, in_words, opened, tap
from sqlalchemy import select

from kiosk.feedback.codes import written
from kiosk.feedback.models import Feedback
from schedules.core.clock import utcnow

Site = Any
Visit = Callable[..., Page]
Screen = Callable[[str, str], BrowserContext]

PUBLIC = "https://gopy.example.vn"
SAID, KEYS = "Nhà vệ sinh bẩn quá", "⇧Nhaf veej sinh baanr quas"
ANSWER = "Đã dọn sạch lúc 9h30."
PHOTO = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": picture()}
FORGOTTEN = "async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length]"


@pytest.fixture
def size(request: pytest.FixtureRequest) -> str:
    return str(request.node.callspec.params["context"][0])


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    return str(request.node.callspec.params["context"][1])


def filed(site: Site) -> list[Feedback]:
    with site.database.read() as session:
        return list(session.scalars(select(Feedback)))


def press(page: Page, sentence: str, language: str, role: Any = "button") -> None:
    page.get_by_role(role, name=in_words(sentence, language), exact=True).tap()


def choose_place(page: Page) -> None:
    page.locator("[name=topic][value=place]").tap()


def come_to_the_words(page: Page, language: str = "vi") -> None:
    press(page, "Chưa hài lòng", language)
    choose_place(page)
    expect(page.locator("#words")).to_be_visible()


def write(page: Page, selector: str, words: str, keys: str) -> None:
    """With the keys on the screen of a kiosk, with its own on a phone."""
    if page.locator(".keyboard").count() == 0:
        page.locator(selector).fill(words)
        return
    if page.locator('.key[data-key="telex"]:visible').count():
        page.locator('.key[data-key="telex"]').tap()
    tap(page, keys)


def code_on(page: Page) -> str:
    return page.locator("p.code").inner_text()


# Giving it


@EVERYWHERE
def test_three_taps_are_feedback(context: BrowserContext, site: Site, language: str) -> None:
    page = opened(context, site)
    press(page, "Chạm để bắt đầu", language, "link")
    press(page, "Chưa hài lòng", language)
    press(page, "Không nói thêm", language, "link")
    expect(page.get_by_role("heading", name=in_words("Cảm ơn quý khách.", language))).to_be_visible()
    (row,) = filed(site)
    assert (row.mood, row.topic, row.state, written(row.code)) == ("bad", "", "mark", code_on(page))


@EVERYWHERE
def test_three_taps_say_what_it_is_about(context: BrowserContext, site: Site, language: str) -> None:
    page = opened(context, site, "start")
    come_to_the_words(page, language)
    press(page, "Bỏ qua", language, "link")
    assert code_on(page) == written(filed(site)[0].code)
    assert [(row.mood, row.topic, row.state) for row in filed(site)] == [("bad", "place", "mark")]


@EVERYWHERE
def test_words_are_answered_with_proof_and_the_traveller_is_happy(
    context: BrowserContext, site: Site, screen: Screen, visit: Visit, size: str, language: str
) -> None:
    site.settings["web.public_url"] = PUBLIC
    site.restart()
    page = opened(context, site, "start")
    come_to_the_words(page, language)
    write(page, "#words", SAID, KEYS)
    expect(page.locator("#words")).to_have_value(SAID)
    if page.locator("[name=photo]").is_visible():
        page.locator("[name=photo]").set_input_files([PHOTO])
    press(page, "Gửi", language)
    code = code_on(page)
    follow_what_the_code_shows(screen("phone", language).new_page(), page, site)
    answer_as_staff(visit, site)
    say_that_one_is_happy(screen, site, code, size, language)
    expect_it_on_the_staffs_page(visit, site)


def follow_what_the_code_shows(phone: Page, page: Page, site: Site) -> None:
    """The telephone reads the code off the screen."""
    drawn = Image.open(io.BytesIO(page.locator(".qr").screenshot()))
    (read,) = zxingcpp.read_barcodes(drawn)
    assert read.text == f"{PUBLIC}/g/{filed(site)[0].code}"
    phone.goto(site.address + read.text.removeprefix(PUBLIC))
    expect(phone).to_have_url(site.address + HERE + "follow/one")
    expect(phone.locator(".own")).to_have_text(SAID)


def answer_as_staff(visit: Visit, site: Site) -> None:
    person(site.database, "tiep.khach", "reception", "ga-thu")
    desk = visit("/sign-in?next=/cases")
    sign_in(desk, "tiep.khach")
    desk.get_by_role("link", name=SAID).click()
    desk.get_by_role("button", name="Tiếp nhận").click()
    desk.get_by_label("Câu trả lời").fill(ANSWER)
    desk.get_by_label("Bằng chứng").set_input_files([PHOTO])
    desk.get_by_role("button", name="Trả lời và kết thúc").click()
    expect(desk.locator(".lead")).to_contain_text("đã trả lời")


def say_that_one_is_happy(screen: Screen, site: Site, code: str, size: str, language: str) -> None:
    page = opened(screen(size, language), site, "start")
    page.locator("a[href$='/follow']").tap()
    write(page, "[name=code]", code, code.removeprefix("GY").replace("-", "").lower())
    press(page, "Xem", language)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    proof = page.locator("li.answered img")
    proof.scroll_into_view_if_needed()
    expect(proof).to_have_js_property("naturalWidth", 40)
    press(page, "Hài lòng", language)
    expect(page.get_by_text(in_words("Quý khách hài lòng với câu trả lời", language))).to_be_visible()


def expect_it_on_the_staffs_page(visit: Visit, site: Site) -> None:
    desk = visit(f"/sign-in?next=/cases/{filed(site)[0].id}")
    sign_in(desk, "tiep.khach")
    expect(desk.locator(".history")).to_contain_text("Khách hài lòng")


def test_a_photo_from_a_phone_is_seen_by_the_staff(screen: Screen, site: Site, visit: Visit) -> None:
    page = opened(screen("phone", "vi"), site, "start")
    come_to_the_words(page)
    page.locator("[name=photo]").set_input_files([PHOTO])
    expect(page.locator(".photo")).to_have_class("photo at-phone filled")
    press(page, "Gửi", "vi")
    person(site.database, "tiep.khach", "reception", "ga-thu")
    desk = visit(f"/sign-in?next=/cases/{filed(site)[0].id}")
    sign_in(desk, "tiep.khach")
    expect(desk.locator(".canvas img")).to_have_js_property("naturalWidth", 40)


# Fingers that tremble


def test_a_double_tap_on_a_face_files_once(context: BrowserContext, site: Site) -> None:
    page = opened(context, site, "start")
    page.locator(".mood.bad").evaluate("face => { face.click(); face.click(); }")
    expect(page.locator("[name=topic]").first).to_be_visible()
    assert len(filed(site)) == 1


@EVERYWHERE
def test_a_double_tap_does_not_touch_the_next_page(
    context: BrowserContext, site: Site, language: str
) -> None:
    """The browser's clock stands still, so that the second tap is soon after the first on any machine."""
    page = context.new_page()
    page.clock.set_fixed_time(utcnow())
    page.goto(site.address + HERE + "start")
    at = middle(page, ".mood.bad")
    page.touchscreen.tap(*at)
    page.wait_for_url("**/feedback/about")
    page.touchscreen.tap(*at)
    press(page, "Không nói thêm", language, "link")
    assert code_on(page) == written(filed(site)[0].code)
    assert [row.topic for row in filed(site)] == [""]


def test_a_tap_a_moment_later_is_a_new_one(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.clock.set_fixed_time(utcnow())
    page.goto(site.address + HERE + "start")
    at = middle(page, ".mood.bad")
    page.touchscreen.tap(*at)
    page.wait_for_url("**/feedback/about")
    page.clock.set_fixed_time(utcnow() + timedelta(seconds=10))
    page.touchscreen.tap(*at)
    page.wait_for_url("**/feedback/tell")


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_words_that_are_sent_twice_are_filed_once(context: BrowserContext, site: Site) -> None:
    page = opened(context, site, "start")
    come_to_the_words(page)
    tap(page, KEYS)
    page.locator("button[form=tell]").evaluate("send => { send.click(); send.click(); }")
    expect(page.locator("p.code")).to_be_visible()
    assert [(row.words, len(row.flags)) for row in filed(site)] == [(SAID, 0)]


# The next traveller


def test_whoever_goes_leaves_nothing_behind(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(site.address + HERE + "start")
    come_to_the_words(page)
    tap(page, KEYS)
    page.evaluate("localStorage.setItem('left', 'behind')")
    page.clock.run_for(76_000)
    expect(page).to_have_url(site.address + HERE)
    assert context.cookies() == []
    assert page.evaluate(FORGOTTEN) == [0, 0, 0]
    for _ in range(page.evaluate("history.length") - 1):
        page.go_back()
        assert "/feedback" not in page.url
        assert SAID not in page.content()


def test_who_sends_and_goes_is_not_found_by_going_back(context: BrowserContext, site: Site) -> None:
    page = opened(context, site, "start")
    come_to_the_words(page)
    tap(page, KEYS)
    press(page, "Gửi", "vi")
    code = code_on(page)
    page.get_by_role("link", name="Xong", exact=True).press(
        "Enter"
    )  # a tap where “Gửi” was would be its second
    expect(page).to_have_url(site.address + HERE)
    for _ in range(page.evaluate("history.length") - 1):
        page.go_back()
        assert "/feedback" not in page.url
        assert SAID not in page.content()
        assert code not in page.content()


# Loudspeakers and help


def test_what_sounds_meanwhile_is_seen_and_no_word_is_lost(context: BrowserContext, site: Site) -> None:
    page = opened(context, site, "start")
    come_to_the_words(page)
    tap(page, KEYS)
    id = site.start_saying("Nhắc nhở", "Xin quý khách đứng sau vạch vàng.")
    expect(page.locator(".saying")).to_contain_text("Xin quý khách đứng sau vạch vàng.")
    expect(page.locator("#words")).to_have_value(SAID)
    site.stop_saying(id)
    expect(page.locator(".saying")).to_have_count(0)


@EVERYWHERE
def test_a_call_for_help_reaches_a_page_that_is_open(
    context: BrowserContext, site: Site, visit: Visit, language: str
) -> None:
    person(site.database, "truc.loa", "operator", "ga-thu")
    open_page, other = visit("/sign-in?next=/"), visit("/sign-in?next=/cases")
    for desk in (open_page, other):
        sign_in(desk, "truc.loa")
        desk.wait_for_url(lambda url: "/sign-in" not in url)
    open_page.evaluate("window.name = 'never reloaded'")
    page = opened(context, site, "start")
    press(page, "Cần giúp khẩn cấp", language, "link")
    press(page, "Báo nhân viên nhà ga", language)
    expect(page.locator("h1")).to_have_text(in_words("Đã báo cho nhân viên nhà ga.", language))
    expect(open_page.get_by_role("alert")).to_contain_text("Có người cần giúp khẩn cấp ở Ga Thử")
    other.reload()
    other.get_by_role("alert").get_by_role("link").click()
    other.get_by_role("button", name="Tiếp nhận").click()
    expect(other.get_by_role("alert")).to_have_count(0)
    expect(open_page.get_by_role("alert")).to_have_count(0)
    assert open_page.evaluate("performance.getEntriesByType('navigation')[0].type") == "navigate"


# What every finger and every eye needs

GIVING = ("start", "feedback/about", "feedback/rule", "feedback/tell", "feedback/lawful", "feedback/contact", "feedback/done", "feedback/help")  # fmt: skip
FOLLOWING = ("follow", "follow/one", "follow/data", "follow/deleted")


@EVERYWHERE
def test_every_page_is_easy_to_touch_and_to_read(context: BrowserContext, site: Site) -> None:
    is_easy_for_all(context, site)


@pytest.mark.parametrize("context", [("phone", "vi"), ("phone", "en")], indirect=True, ids=str)
def test_large_text_has_room_even_on_a_phone(context: BrowserContext, site: Site) -> None:
    is_easy_for_all(context, site, "large")


def is_easy_for_all(context: BrowserContext, site: Site, comfort: str = "") -> None:
    """Each page of giving feedback, and of following one that is answered and one that has a photo."""
    site.settings["web.public_url"] = PUBLIC
    site.restart()
    person(site.database, "lan", "reception")
    given = some_of_each(site.database, site.home)
    page = opened(context, site, f"comfort/{comfort}?next={HERE}start" if comfort else "start")
    page.locator(".mood.bad").tap()
    page.wait_for_url("**/feedback/about")
    for name, paths in (("answered", (*GIVING, *FOLLOWING)), ("photo", FOLLOWING)):
        page.goto(f"{site.address}/g/{given[name].code}")
        for path in paths:
            page.goto(site.address + HERE + path)
            expect(page).to_have_url(site.address + HERE + path)
            assert_easy_for_all(page)

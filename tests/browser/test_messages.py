"""Writing a message, in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from desks import sign_in
from people import person
from playwright.sync_api import Page, expect
from sqlalchemy import select

from announcer.auditions import Audition
from schedules.models import Version

Site = Any
Visit = Callable[..., Page]
NEW, AGAIN = "/messages/new", "/messages/chao-tau/edit"


@pytest.fixture
def write(visit: Visit, site: Site) -> Callable[..., Page]:
    """The editor of messages, as an editor of the station reaches it."""
    person(site.database, "bien", "editor", "ga-thu")

    def come_in(path: str = NEW, scripts: bool = True, size: tuple[int, int] = (1280, 900)) -> Page:
        page = visit(path, size, scripts=scripts)
        sign_in(page, "bien")
        page.wait_for_url(f"**{path}")
        return page

    return come_in


Write = Callable[..., Page]


def vietnamese(page: Page) -> Any:
    return page.locator("[name=text-vi]")


def drafts(site: Site) -> list[dict[str, Any]]:
    with site.database.read() as session:
        return list(session.scalars(select(Version.entry).filter_by(state="draft")))


def test_a_blank_is_put_in_where_the_cursor_is_under_a_free_name(write: Write) -> None:
    page = write()
    vietnamese(page).fill("Tàu  khởi hành lúc , trả khách lúc .")
    for at, blank in ((35, "Giờ"), (19, "Giờ")):
        vietnamese(page).evaluate("(area, at) => { area.focus(); area.setSelectionRange(at, at); }", at)
        page.locator("[data-inserts]").get_by_role("button", name=blank, exact=True).click()
    expect(vietnamese(page)).to_have_value("Tàu  khởi hành lúc {time2}, trả khách lúc {time}.")
    expect(vietnamese(page)).to_be_focused()
    expect(page.get_by_label("{time2} nhận")).to_have_value("time")


def test_the_preview_follows_the_typing_and_says_how_it_is_read(write: Write, site: Site) -> None:
    page = write()
    expect(page.locator("#preview")).to_contain_text("Gõ lời bên trái")
    vietnamese(page).press_sequentially("Cửa 2 mở lúc 7h15.")
    expect(page.locator("#preview")).to_contain_text("cửa hai mở lúc bảy giờ mười lăm")
    expect(page.locator("#preview")).to_contain_text("giây")
    vietnamese(page).press("End")
    vietnamese(page).press_sequentially(" {")
    expect(page.get_by_role("alert")).to_contain_text("dấu ngoặc nhọn")
    assert drafts(site) == []


def test_what_a_blank_takes_is_chosen_beside_the_preview(write: Write, site: Site) -> None:
    page = write()
    page.get_by_label("Tên").fill("Vì sao chậm")
    vietnamese(page).fill("Tàu chậm vì {ly_do}.")
    page.get_by_label("{ly_do} nhận").select_option("place")
    expect(page.locator("#preview")).to_contain_text("ở đây điền thử ly_do")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu bản nháp.")
    assert [entry["blanks"] for entry in drafts(site)] == [{"ly_do": "place"}]


def test_listening_waits_for_the_sound_on_the_same_page(write: Write, site: Site) -> None:
    page = write()
    vietnamese(page).fill("Xin chào.")
    page.get_by_role("button", name="Nghe thử").click()
    expect(page.locator("#preview").get_by_role("status")).to_contain_text("Đang làm tiếng")
    expect(vietnamese(page)).to_have_value("Xin chào.")
    with site.database.read() as session:
        assert len(session.scalars(select(Audition.key)).all()) == 1


def test_words_that_are_not_saved_are_not_lost_without_a_question(write: Write) -> None:
    page = write()
    page.on("dialog", lambda dialog: dialog.dismiss())
    vietnamese(page).press_sequentially("Xin chào.")
    with page.expect_event("dialog") as asked:
        page.get_by_role("link", name="Nhật ký").click()
    assert asked.value.type == "beforeunload"
    expect(vietnamese(page)).to_have_value("Xin chào.")
    page.get_by_label("Tên").fill("Chào")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(
        page.get_by_role("heading", name="Chào")
    ).to_be_visible()  # nothing was asked, or it would still be there


def test_a_page_that_was_only_read_is_left_without_a_question(write: Write) -> None:
    page = write(AGAIN)
    expect(page.locator("#preview")).to_contain_text("Tàu SE1 đến lúc")
    page.get_by_role("link", name="Nhật ký").click()
    expect(page.get_by_role("heading", name="Nhật ký")).to_be_visible()


def test_without_scripts_the_buttons_do_the_same(write: Write, site: Site) -> None:
    page = write(scripts=False)
    page.get_by_label("Tên").fill("Cửa mở")
    vietnamese(page).fill("Cửa 2 mở lúc {time}.")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#preview")).to_contain_text("cửa hai mở lúc")
    page.get_by_label("{time} nhận").select_option("text")
    page.get_by_role("button", name="Nghe thử").click()
    with page.expect_popup() as beside:  # the words stay where they are
        page.get_by_role("link", name="Mở trang nghe thử").click()
    expect(beside.value.get_by_text("Đang làm tiếng")).to_be_visible()
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu bản nháp.")
    assert [(entry["title"], entry["blanks"]) for entry in drafts(site)] == [("Cửa mở", {"time": "text"})]


def test_two_who_write_at_once_are_told_and_neither_loses_a_word(write: Write, site: Site) -> None:
    site.complaints_are_meant()  # the browser names every answer that is a refusal
    first, second = write(AGAIN), write(AGAIN)
    first.locator("[name=text-en]").fill("Train {service} comes at {time}.")
    first.get_by_role("button", name="Lưu bản nháp").click()
    expect(first.get_by_role("status").first).to_contain_text("Đã lưu bản nháp.")
    second.locator("[name=text-en]").fill("Train {service} is coming at {time}.")
    second.get_by_role("button", name="Lưu bản nháp").click()
    expect(second.get_by_role("alert")).to_contain_text("bien vừa lưu bản nháp này.")
    expect(second.locator("[name=text-en]")).to_have_value("Train {service} is coming at {time}.")


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_the_editor_is_not_wider_than_the_screen(write: Write, size: tuple[int, int]) -> None:
    page = write(AGAIN, size=size)
    expect(page.locator("#preview .said").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


PHONE = (390, 844)


def on_screen(page: Page, one: Any) -> None:
    """What the answer says has the focus, and the eye need not look for it."""
    expect(one).to_be_focused()
    expect(one).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scripts", [True, False])
def test_whoever_saves_on_a_phone_is_brought_to_why_it_was_refused(
    write: Write, site: Site, scripts: bool
) -> None:
    site.complaints_are_meant()  # the browser names every answer that is a refusal
    page = write(scripts=scripts, size=PHONE)
    page.get_by_label("Tên").fill("Cửa mở")
    vietnamese(page).fill("Cửa {")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.wait_for_load_state()
    on_screen(page, page.get_by_role("alert"))


@pytest.mark.parametrize("scripts", [True, False])
def test_whoever_asks_for_a_preview_on_a_phone_is_brought_to_it(write: Write, scripts: bool) -> None:
    page = write(scripts=scripts, size=PHONE)
    vietnamese(page).fill("Cửa 2 mở lúc 7h15.")
    page.get_by_role("button", name="Xem trước").click()
    on_screen(page, page.get_by_role("heading", name="Loa sẽ nói"))


def test_typing_is_not_interrupted_by_what_the_preview_says(write: Write) -> None:
    page = write(size=PHONE)
    vietnamese(page).press_sequentially("Cửa {")
    expect(page.get_by_role("alert")).to_contain_text("dấu ngoặc nhọn")
    expect(vietnamese(page)).to_be_focused()


@pytest.mark.parametrize("path", [NEW, "/schedules/new"])
def test_nothing_cuts_off_what_shows_where_the_focus_is(write: Write, path: str) -> None:
    assert write(path).locator("#edit").evaluate("form => getComputedStyle(form).overflowX") == "visible"

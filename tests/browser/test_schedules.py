"""Writing a schedule, in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from desks import sign_in
from people import person
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from schedules.models import Message, Version

Site = Any
Visit = Callable[..., Page]
Write = Callable[..., Page]
NEW, AGAIN = "/schedules/new", "/schedules/nua-gio/edit"


@pytest.fixture
def write(visit: Visit, site: Site) -> Write:
    """The editor of schedules, as an editor of the station reaches it."""
    person(site.database, "bien", "editor", "ga-thu")

    def come_in(path: str = NEW, scripts: bool = True, size: tuple[int, int] = (1280, 900)) -> Page:
        page = visit(path, size, scripts=scripts)
        sign_in(page, "bien")
        page.wait_for_url(f"**{path}")
        return page

    return come_in


def when(page: Page) -> Any:
    return page.get_by_label("Lúc nào phát")


def choose(page: Page, *keys: str) -> None:
    for number, key in enumerate(keys):
        page.locator("[name=message]").nth(number).select_option(key)
    page.get_by_label("sanh").check()


def drafts(site: Site) -> list[dict[str, Any]]:
    with site.database.read() as session:
        return list(session.scalars(select(Version.entry).filter_by(kind="schedule", state="draft")))


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu bản nháp.")


def test_phrases_are_put_together_to_a_sentence_by_buttons(write: Write) -> None:
    page = write()
    for phrase in ("mỗi 20 phút", "6h–22h", "trừ Tết"):
        page.get_by_role("button", name=phrase, exact=True).click()
    expect(when(page)).to_have_value("mỗi 20 phút, 6h–22h, trừ Tết")
    expect(when(page)).to_be_focused()


def test_what_a_schedule_would_do_follows_the_typing(write: Write, site: Site) -> None:
    page = write()
    preview = page.locator("#preview")
    expect(preview).to_contain_text("máy hiện ngay mười lượt sắp tới")
    choose(page, "vach-vang")
    when(page).press_sequentially("mỗi 30 phút, 0h")
    expect(page.get_by_role("alert")).to_contain_text("Chưa hiểu “0h”")
    when(page).press_sequentially("–24h")
    expect(preview.locator("caption")).to_have_text("10 lượt sắp tới")
    expect(preview.get_by_role("img", name="sanh: 0 giờ")).to_be_visible()
    assert drafts(site) == []


def test_a_row_for_one_more_message_is_added_and_they_take_turns(write: Write, site: Site) -> None:
    page = write()
    when(page).fill("mỗi 30 phút, 6h–22h")
    choose(page, "vach-vang", "xep-hang")
    rows = page.locator(".turn")
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Thêm nội dung").click()
    expect(rows).to_have_count(3)
    expect(rows.nth(2).get_by_label("Nội dung")).to_be_focused()
    expect(rows.nth(2).get_by_label("Nội dung")).to_have_value("")
    rows.nth(1).get_by_label("số lượt").fill("3")
    save(page)
    turns = [{"message": "vach-vang", "weight": 1}, {"message": "xep-hang", "weight": 3}]
    assert [entry["rotation"] for entry in drafts(site)] == [turns]


def test_a_blank_that_is_being_filled_keeps_the_cursor_while_the_preview_changes(
    write: Write, site: Site
) -> None:
    page = write()
    when(page).fill("lúc 7h30")
    choose(page, "chao-tau")
    train = page.locator("[name=value-service]")
    train.press_sequentially("SE1")
    expect(page.get_by_role("alert")).to_contain_text("“Giờ”")
    expect(train).to_be_focused()
    expect(train).to_have_value("SE1")
    page.locator("[name=value-time]").fill("8h15")
    expect(page.locator("#preview caption")).to_have_text("10 lượt sắp tới")
    save(page)
    assert [entry["values"] for entry in drafts(site)] == [{"service": "SE1", "time": "8h15"}]


def test_a_sentence_that_is_not_saved_is_not_lost_without_a_question(write: Write) -> None:
    page = write(AGAIN)
    page.on("dialog", lambda dialog: dialog.dismiss())
    when(page).press("End")
    when(page).press_sequentially(", trừ Tết")
    with page.expect_event("dialog") as asked:
        page.get_by_role("link", name="Nhật ký").click()
    assert asked.value.type == "beforeunload"
    save(page)  # nothing is asked, or the page would still be there


def test_without_scripts_the_buttons_do_the_same(write: Write, site: Site) -> None:
    site.complaints_are_meant()  # the browser names every answer that is a refusal
    page = write(scripts=False)
    when(page).fill("lúc 7h30, chủ nhật")
    choose(page, "chao-tau")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa điền")
    page.locator("[name=value-service]").fill("SE1")
    page.locator("[name=value-time]").fill("8h15")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#preview caption")).to_contain_text("lượt sắp tới")
    save(page)
    assert [entry["days"]["weekdays"] for entry in drafts(site)] == [["sun"]]


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_the_editor_is_not_wider_than_the_screen(write: Write, site: Site, size: tuple[int, int]) -> None:
    with site.database.write() as session:
        session.execute(update(Message).values(title="Hỗ trợ người khuyết tật, người cao tuổi và trẻ nhỏ"))
    page = write(AGAIN, size=size)
    expect(page.locator("#preview caption")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    edges = page.locator("#edit, #edit .turn input").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().right)"
    )
    assert max(edges) <= edges[0] + 0.5


@pytest.mark.parametrize("scripts", [True, False])
def test_whoever_saves_on_a_phone_is_brought_to_why_it_was_refused(
    write: Write, site: Site, scripts: bool
) -> None:
    site.complaints_are_meant()  # the browser names every answer that is a refusal
    page = write(scripts=scripts, size=(390, 844))
    when(page).fill("lúc gà gáy")
    choose(page, "vach-vang")
    page.get_by_role("button", name="Lưu bản nháp").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Chưa hiểu “lúc gà gáy”")
    expect(alert).to_be_focused()
    expect(alert).to_be_in_viewport(ratio=1)

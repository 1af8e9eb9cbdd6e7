"""The session is over while somebody writes, in Chromium: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from desks import assert_fits, sign_in
from people import person
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select, update

from announcer.models import Announcement
from kiosk.accounts.models import SignIn
from schedules.models import Version

Site = Any
Visit = Callable[..., Page]

NEW = "/messages/new"
TEXT = "Nhà vệ sinh ở bên trái. Xin đi theo biển."
NOTHING_LOST = "Phiên đăng nhập đã hết. Lưu thì máy sẽ hỏi đăng nhập lại, lời đã gõ vẫn còn."


@pytest.fixture
def write(visit: Visit, site: Site) -> Callable[[str], Page]:
    person(site.database, "bien", "editor", "ga-thu")
    site.complaints_are_meant()  # of what is refused

    def come_in(path: str) -> Page:
        page = visit(path)
        sign_in(page, "bien")
        page.wait_for_url(f"**{path}")
        return page

    return come_in


Write = Callable[[str], Page]


def end_sessions(site: Site) -> None:
    with site.database.write() as session:
        session.execute(delete(SignIn))


def drafts(site: Site) -> list[dict[str, Any]]:
    with site.database.read() as session:
        return list(session.scalars(select(Version.entry).filter_by(state="draft")))


def violations(page: Page) -> list[str]:
    return [one["id"] for one in Axe().run(page).response["violations"]]


def test_a_message_is_typed_the_session_ends_and_it_is_a_draft_all_the_same(write: Write, site: Site) -> None:
    page = write(NEW)
    page.get_by_label("Tên").fill("Nhà vệ sinh")
    page.locator("[name=text-vi]").fill(TEXT)
    end_sessions(site)
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_role("alert")).to_contain_text("Phiên đăng nhập đã hết.")
    assert violations(page) == []
    assert_fits(page, (390, 844), "main button")
    sign_in(page, "bien")
    expect(page.get_by_role("button", name="Gửi tiếp")).to_be_visible()
    assert violations(page) == []
    assert_fits(page, (390, 844), "main button")
    assert drafts(site) == []
    page.get_by_role("button", name="Gửi tiếp").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu bản nháp.")
    assert [entry["wordings"] for entry in drafts(site)] == [{"vi": TEXT}]


def test_the_preview_of_a_message_says_that_the_session_is_over(write: Write, site: Site) -> None:
    page = write(NEW)
    page.locator("[name=text-vi]").fill("Tàu chậm vì {ly_do}.")
    expect(page.get_by_label("{ly_do} nhận")).to_be_visible()
    end_sessions(site)
    page.locator("[name=text-vi]").press_sequentially(" Xin chờ.")
    expect(page.get_by_role("alert")).to_have_text(NOTHING_LOST)
    expect(page.get_by_label("{ly_do} nhận")).to_be_visible()  # it is of the form, too


def test_the_preview_of_a_schedule_says_so_too(write: Write, site: Site) -> None:
    page = write("/schedules/new?station=ga-thu")
    end_sessions(site)
    page.locator("[name=when]").fill("mỗi 20 phút")
    expect(page.get_by_role("alert")).to_have_text(NOTHING_LOST)


def test_a_page_that_is_kept_fresh_becomes_the_sign_in_and_does_not_hold_it(site: Site, write: Write) -> None:
    request = site.start_saying("Đổi quầy vé", "Mời quý khách sang quầy số 4.")
    with site.database.write() as session:
        session.execute(update(Announcement).values(request_id=request))
    page = write(f"/requests/{request}")
    expect(page.get_by_role("heading", name="Đổi quầy vé")).to_be_visible()
    end_sessions(site)
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible(timeout=25_000)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert "/sign-in?next=" in page.url

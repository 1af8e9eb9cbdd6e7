"""Saying it instead of typing, in a real browser with a microphone that beeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from listeners import Parrot
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from announcer.recognisers.registry import Recognisers
from kiosk.feedback import spoken
from kiosk.feedback.models import Feedback, File
from schedules.core.clock import utcnow

Site = Any
HERE = "/kiosk/ga-thu/"
SIZES = {"standing": (1080, 1920), "phone": (390, 844)}


class Ears(Recognisers):
    def __init__(self, *ears: Any) -> None:
        self._recognisers = {one.info.name: one for one in ears}


@pytest.fixture(params=SIZES)
def page(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Where the words of feedback are written."""
    width, height = SIZES[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=True,
        locale="vi-VN",
        permissions=["microphone"],
    )
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(site.address + HERE + "start")
    page.locator(".mood.bad").tap()
    page.get_by_role("button", name="Dịch vụ").tap()
    yield page
    context.close()
    assert complaints == []


def speak(page: Page, site: Site, *heard: str) -> None:
    """Into the microphone, until the station's ear has ``heard`` it; none: there is no ear."""
    page.get_by_role("button", name="Nói thay vì gõ").tap()
    expect(page.get_by_text("Đang ghi.")).to_be_visible()
    page.wait_for_timeout(1500)  # a second and a half of beeps
    page.get_by_role("button", name="Nói xong").tap()
    expect(page.get_by_text("Máy đang chép lại")).to_be_visible()
    ears = Ears(*([Parrot(*heard)] if heard else []))
    while not spoken.hear_next(site.database, ears, utcnow()):
        page.wait_for_timeout(50)


def sent(site: Site) -> tuple[Feedback, list[str]]:
    with site.database.read() as session:
        return session.scalars(select(Feedback)).one(), [one.mime for one in session.scalars(select(File))]


def test_what_is_said_is_put_into_the_field_and_may_be_corrected(page: Page, site: Site) -> None:
    speak(page, site, "nhà vệ sinh bẩn qua")
    expect(page.get_by_text("Máy nghe được như trên.")).to_be_visible()
    expect(page.locator("textarea")).to_have_value("nhà vệ sinh bẩn qua")
    page.locator("textarea").fill("Nhà vệ sinh bẩn quá.")
    page.locator("footer").get_by_role("button", name="Gửi").tap()
    page.wait_for_url("**/done")
    row, files = sent(site)
    assert (row.words, files) == ("Nhà vệ sinh bẩn quá.", [])


def test_where_nobody_can_write_it_down_the_sound_may_be_kept(page: Page, site: Site) -> None:
    speak(page, site)
    expect(page.get_by_text("Máy ở đây không chép được lời nói.")).to_be_visible()
    page.get_by_text("Giữ cả tiếng nói của tôi").tap()
    page.locator("footer").get_by_role("button", name="Gửi").tap()
    page.wait_for_url("**/done")
    assert sent(site)[1] == ["audio/wav"]


def test_without_leave_for_the_microphone_one_types(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True, locale="vi-VN")
    page = context.new_page()
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    page.goto(site.address + HERE + "start")
    page.locator(".mood.bad").tap()
    page.get_by_role("button", name="Dịch vụ").tap()
    page.get_by_role("button", name="Nói thay vì gõ").tap()
    expect(page.get_by_text("Không dùng được micro ở đây. Xin gõ lời.")).to_be_visible()
    context.close()

"""A station's zones and calendar, in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from desks import sign_in
from people import person
from playwright.sync_api import Page, expect
from sqlalchemy import select

from announcer.models import Announcement, ZoneCommand
from schedules.core.clock import local_date, utcnow
from schedules.models import CalendarException
from schedules.operations import get_zone

Site = Any
Visit = Callable[..., Page]
PHONE = (390, 844)


@pytest.fixture
def head(visit: Visit, site: Site) -> Page:
    """The page of zones, as the head of the station reaches it."""
    person(site.database, "truong", "head", "ga-thu")
    page = visit("/stations")
    sign_in(page, "truong")
    expect(page.get_by_role("heading", name="Ga Thử")).to_be_visible()
    return page


def test_a_zone_is_previewed_then_changed(head: Page, site: Site) -> None:
    head.get_by_role("link", name="Sửa sanh").click()
    head.get_by_label("Quỹ phút mỗi giờ").fill("0")
    head.get_by_label("Giờ yên tĩnh, khung 1, từ").fill("22h30")
    head.get_by_label("Giờ yên tĩnh, khung 1, đến").fill("5h")
    head.get_by_role("button", name="Xem trước").click()
    expect(head.get_by_text("Sẽ nhường thêm 48 lượt")).to_be_visible()
    expect(head.get_by_role("img")).to_have_attribute("aria-label", "sanh, âm lượng trong ngày: "
        "00:00–05:00: 0 dB, yên tĩnh; 05:00–22:30: 0 dB; 22:30–24:00: 0 dB, yên tĩnh")  # fmt: skip
    head.get_by_label("Quỹ phút mỗi giờ").fill("4,5")
    head.get_by_role("button", name="Lưu").click()
    expect(head.get_by_role("status")).to_contain_text("Đã lưu khu vực sanh.")
    expect(head.get_by_text("4,5 phút mỗi giờ")).to_be_visible()
    with site.database.read() as session:
        assert get_zone(session, "sanh").quiet == [{"from": "22:30", "to": "05:00"}]


def test_a_zone_is_muted_and_tested(head: Page, site: Site) -> None:
    card = head.locator("section.zone").filter(has_text="sanh")
    card.get_by_role("button", name="15 phút tắt tiếng sanh").click()
    expect(head.get_by_role("status")).to_contain_text("Đã tắt tiếng sanh đến")
    card.get_by_label("Tắt tiếng đến").fill("23:59:59")
    card.get_by_label("Tắt tiếng đến").press("Enter")
    expect(head.get_by_role("status")).to_contain_text("Đã tắt tiếng sanh đến 23:59.")
    card.get_by_role("button", name="Thử loa sanh").click()
    expect(head.get_by_role("status")).to_contain_text("sanh sẽ nói “Đây là tiếng thử.”")
    with site.database.read() as session:
        assert [row.kind for row in session.scalars(select(ZoneCommand))] == ["mute", "mute"]
        assert session.scalars(select(Announcement.title)).all() == ["Thử loa"]


def test_days_are_added_seen_in_the_year_and_taken_away(head: Page, site: Site) -> None:
    head.get_by_role("link", name="Ngày lễ, nghỉ").click()
    day = local_date(utcnow()) + timedelta(days=1)
    head.get_by_label("Ngày đầu").fill(f"{day:%d/%m/%Y}")
    head.get_by_label("Ghi chú").fill("sửa mái")
    head.get_by_role("button", name="Xem trước").click()
    expect(head.get_by_role("status")).to_contain_text("sau khi lưu còn 0 lượt")
    head.get_by_role("button", name="Lưu").click()
    expect(head.locator(".month .closed")).to_have_attribute("title", "Đóng cửa: sửa mái")
    head.get_by_role("button", name="Bỏ Đóng cửa").click()
    expect(head.locator(".month .closed")).to_have_count(0)
    with site.database.read() as session:
        assert session.scalars(select(CalendarException)).all() == []


@pytest.mark.parametrize("size", [(1280, 900), PHONE])
def test_no_page_of_a_station_is_wider_than_the_screen(head: Page, site: Site, size: tuple[int, int]) -> None:
    head.set_viewport_size({"width": size[0], "height": size[1]})
    for path in ("", "/zones/sanh", "/calendar"):
        head.goto(f"{site.address}/stations/ga-thu{path}")
        assert head.evaluate("document.documentElement.scrollWidth") <= size[0], path

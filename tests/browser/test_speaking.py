"""Speaking now and stopping, in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from desks import sign_in
from people import person
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from announcer.models import Announcement, ZoneCommand
from schedules.models import Message, Wording

Site = Any
Visit = Callable[..., Page]


@pytest.fixture
def desk(visit: Visit, site: Site) -> Page:
    """The page *Phát ngay* of an operator, at a station with one emergency message."""
    person(site.database, "truc", "operator", "ga-thu")
    with site.database.write() as session:
        words = Wording(language="vi", position=0, text="Có cháy. Mời ra ngoài.")
        session.add(
            Message(key="chay", category="emergency", title="Có cháy", chime="urgent", wordings=[words])
        )
    page = visit("/speak")
    sign_in(page, "truc")
    expect(page.get_by_role("heading", name="Phát ngay")).to_be_visible()
    return page


def queued(site: Site) -> list[tuple[str, int]]:
    with site.database.read() as session:
        rows = session.execute(select(Announcement.title, Announcement.priority))
        return sorted((row.title, row.priority) for row in rows)


def test_typed_words_are_previewed_then_spoken(desk: Page, site: Site) -> None:
    desk.get_by_role("link", name="Gõ lời để phát").click()
    desk.get_by_label("Lời cần phát").fill("Tàu SE1 chạy lúc 19h30.")
    desk.get_by_label("sanh").check()
    desk.get_by_role("button", name="Xem trước").click()
    expect(desk.get_by_text("mười chín giờ ba mươi")).to_be_visible()
    expect(desk.get_by_label("sanh")).to_be_checked()
    assert queued(site) == []
    desk.get_by_role("button", name="Phát ngay").click()
    expect(desk.get_by_role("status").first).to_contain_text("Đã nhận: “Tàu SE1 chạy lúc 19h30.”")
    assert queued(site) == [("Tàu SE1 chạy lúc 19h30.", 0)]


def test_a_station_ticks_its_zones_and_one_that_is_unticked_unticks_it(desk: Page) -> None:
    desk.get_by_role("link", name="Gõ lời để phát").click()
    whole, zone = desk.get_by_label("Cả nhà ga, bến xe"), desk.get_by_label("sanh")
    whole.check()
    expect(zone).to_be_checked()
    zone.uncheck()
    expect(whole).not_to_be_checked()
    zone.check()
    expect(whole).to_be_checked()
    whole.uncheck()
    expect(zone).not_to_be_checked()


def test_an_emergency_that_is_only_tapped_is_not_spoken(desk: Page, site: Site) -> None:
    desk.get_by_role("button", name="Có cháy").click()
    desk.wait_for_timeout(1200)
    assert queued(site) == []


def test_an_emergency_that_is_held_is_spoken_in_every_zone(desk: Page, site: Site) -> None:
    desk.get_by_role("button", name="Có cháy").hover()
    desk.mouse.down()
    expect(desk.get_by_role("status").first).to_contain_text("Đã nhận: “Có cháy”")
    desk.mouse.up()
    assert queued(site) == [("Có cháy", 2)] * 2


def test_typed_words_are_held_only_when_they_interrupt_everything(desk: Page, site: Site) -> None:
    desk.get_by_role("link", name="Gõ lời để phát").click()
    desk.get_by_label("Lời cần phát").fill("Mời ra ngoài.")
    desk.get_by_label("sanh").check()
    desk.locator("[name=priority][value=urgent]").check()
    desk.get_by_role("button", name="Phát ngay").click()
    desk.wait_for_timeout(1200)
    assert queued(site) == []
    desk.get_by_role("button", name="Phát ngay").hover()
    desk.mouse.down()
    expect(desk.get_by_role("status").first).to_contain_text("Đã nhận: “Mời ra ngoài.”")
    desk.mouse.up()
    assert queued(site) == [("Mời ra ngoài.", 2)]


def test_an_emergency_can_be_held_with_the_keyboard(desk: Page, site: Site) -> None:
    desk.get_by_role("button", name="Có cháy").focus()
    desk.keyboard.down("Enter")
    expect(desk.get_by_role("status").first).to_contain_text("Đã nhận: “Có cháy”")
    desk.keyboard.up("Enter")
    assert queued(site) == [("Có cháy", 2)] * 2


def test_what_is_on_air_is_stopped_from_its_card(desk: Page, site: Site) -> None:
    site.start_saying("Đổi quầy vé", "Mời quý khách sang quầy số 4.")
    desk.get_by_role("link", name="Đang phát").click()
    card = desk.locator(".zone.live")
    expect(card).to_contain_text("Đổi quầy vé")
    card.get_by_role("button", name="Dừng").click()
    expect(desk.get_by_role("status").first).to_contain_text("Đã cho dừng")
    with site.database.read() as session:
        assert [row.kind for row in session.scalars(select(ZoneCommand))] == ["stop"]


def test_the_buttons_of_a_card_are_still_there_after_the_page_refreshed_it(desk: Page, site: Site) -> None:
    desk.get_by_role("link", name="Đang phát").click()
    site.start_saying("Đổi quầy vé", "Mời quý khách sang quầy số 4.")
    expect(desk.locator(".zone.live")).to_be_visible()
    desk.locator(".zone.live").get_by_role("button", name="Tắt tiếng 30 phút").click()
    expect(desk.get_by_role("status").first).to_contain_text("Đã tắt tiếng 30 phút")


def test_who_is_on_a_button_stays_on_it_when_the_card_changes(desk: Page, site: Site) -> None:
    desk.get_by_role("link", name="Đang phát").click()
    desk.get_by_role("button", name="Dừng sanh").focus()
    site.start_saying("Đổi quầy vé", "Mời quý khách sang quầy số 4.")
    expect(desk.locator(".zone.live")).to_be_visible()
    expect(desk.get_by_role("button", name="Dừng sanh")).to_be_focused()


def test_the_page_of_a_request_follows_it_to_its_end(desk: Page, site: Site) -> None:
    desk.get_by_role("link", name="Gõ lời để phát").click()
    desk.get_by_label("Lời cần phát").fill("Mời khách ra cửa 2.")
    desk.get_by_label("sanh").check()
    desk.get_by_role("button", name="Phát ngay").click()
    expect(desk.locator(".zone")).to_contain_text("Đang làm tiếng.")
    desk.evaluate("window.stayed = true")
    with site.database.write() as session:
        session.execute(update(Announcement).values(state="ended", result="gave_way", reason_code="muted"))
    expect(desk.locator(".zone")).to_contain_text("Khu vực đang tắt tiếng.")
    expect(desk.get_by_role("button", name="Hủy")).to_have_count(0)
    assert desk.evaluate("window.stayed")


def test_one_of_those_that_wait_is_cancelled_from_the_queue(desk: Page, site: Site) -> None:
    waits = site.start_saying("Đổi quầy vé", "Mời quý khách sang quầy số 4.")
    with site.database.write() as session:
        session.execute(update(Announcement).values(state="ready", started_at=None))
    desk.get_by_role("link", name="Đang phát").click()
    expect(desk.locator(".queue")).to_contain_text("Tiếng đã sẵn, chờ đến lượt.")
    desk.get_by_role("button", name="Hủy Đổi quầy vé").click()
    expect(desk.get_by_role("status").first).to_contain_text("Đã hủy: “Đổi quầy vé”.")
    with site.database.read() as session:
        (order,) = session.scalars(select(ZoneCommand))
        assert (order.kind, order.announcement_id) == ("cancel", waits)


def test_whoever_asks_for_a_preview_on_a_phone_is_brought_to_it(desk: Page) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.get_by_role("link", name="Gõ lời để phát").click()
    desk.get_by_label("Lời cần phát").fill("Tàu SE1 chạy lúc 19h30.")
    desk.get_by_role("button", name="Xem trước").click()
    heading = desk.get_by_role("heading", name="Loa sẽ nói")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport(ratio=1)


def test_the_choice_follows_what_is_typed_above_it(desk: Page) -> None:
    desk.get_by_label("Tìm").fill("vach")
    expect(desk.get_by_role("link", name="Vạch vàng")).to_be_visible()
    expect(desk.get_by_role("link", name="Xếp hàng")).to_be_hidden()
    expect(desk.get_by_role("button", name="Có cháy")).to_be_visible()
    desk.get_by_label("Tìm").fill("")
    expect(desk.get_by_role("link", name="Xếp hàng")).to_be_visible()

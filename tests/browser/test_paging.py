"""Speaking live, in Chromium with a microphone that beeps; without an announcer, which the whole path has."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from desks import assert_fits, sign_in
from people import person
from playwright.sync_api import Page, expect
from sqlalchemy import select

from announcer import planning
from announcer.models import Announcement
from audio.live import end_of
from schedules.core.clock import utcnow

Site = Any
Visit = Callable[..., Page]


def beat(site: Site) -> None:
    with site.database.write() as session:
        planning.beat(session, os.getpid(), utcnow(), utcnow())


@pytest.fixture
def desk(visit: Visit, site: Site) -> Page:
    beat(site)
    person(site.database, "truc", "operator", "ga-thu")
    page = visit("/speak/live")
    sign_in(page, "truc")
    expect(page.get_by_role("heading", name="Nói trực tiếp")).to_be_visible()
    return page


def queued(site: Site) -> list[Announcement]:
    with site.database.read() as session:
        return list(session.scalars(select(Announcement)))


def until_there(desk: Page, path: Path) -> None:
    """The page tells that it stopped before the server has heard of it."""
    for _ in range(100):
        if path.exists():
            return
        desk.wait_for_timeout(100)
    raise AssertionError(f"{path.name} never came")


def start(desk: Page) -> None:
    desk.get_by_label("sanh").check()
    desk.get_by_role("button", name="Bắt đầu nói").click()


def test_what_the_microphone_hears_reaches_the_station_until_the_button_is_pressed(
    desk: Page, site: Site
) -> None:
    start(desk)
    expect(desk.get_by_text("Đã mở micro 2 /")).to_be_visible()
    expect(desk.locator("#zones")).to_contain_text("Tiếng đã sẵn, chờ đến lượt.")
    desk.get_by_role("button", name="Dừng nói").click()
    expect(desk.get_by_text("Đã dừng nói.")).to_be_visible()
    expect(desk.get_by_role("button", name="Bắt đầu nói")).to_be_focused()
    (row,) = queued(site)
    path = site.home / "live" / f"{row.request_id}.live"
    samples = np.frombuffer(path.read_bytes(), np.int16)
    assert len(samples) > 48_000
    assert np.abs(samples).max() > 1000
    until_there(desk, end_of(path))


def test_a_page_that_is_left_ends_its_call(desk: Page, site: Site) -> None:
    start(desk)
    expect(desk.get_by_text("Đã mở micro 1 /")).to_be_visible()
    (row,) = queued(site)
    desk.goto(site.address + "/")
    end = end_of(site.home / "live" / f"{row.request_id}.live")
    until_there(desk, end)


def test_a_refusal_is_told_and_the_microphone_closed(desk: Page, site: Site) -> None:
    site.complaints_are_meant()
    desk.get_by_role("button", name="Bắt đầu nói").click()
    expect(desk.get_by_role("alert")).to_have_text("Hãy chọn ít nhất một khu vực loa.")
    expect(desk.get_by_role("button", name="Bắt đầu nói")).to_be_enabled()
    assert queued(site) == []


def test_a_server_that_goes_away_ends_the_call_and_is_told(desk: Page, site: Site) -> None:
    site.complaints_are_meant()
    start(desk)
    expect(desk.get_by_text("Đã mở micro 1 /")).to_be_visible()
    site.stop()
    expect(desk.get_by_role("alert")).to_have_text(
        "Mất liên lạc với máy chủ, lời nói đã dừng. Xin bấm nói lại."
    )
    site.restart()


def test_a_microphone_that_may_not_be_used_is_told(desk: Page, site: Site) -> None:
    desk.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )
    start(desk)
    expect(desk.get_by_role("alert")).to_contain_text("Trình duyệt chưa cho dùng micro.")
    assert queued(site) == []


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_the_page_is_no_wider_than_the_screen_and_what_is_pressed_is_large_enough(
    desk: Page, size: tuple[int, int]
) -> None:
    assert_fits(desk, size, "main button")

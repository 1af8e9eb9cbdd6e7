"""Recording and sending, in Chromium with a microphone that beeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from desks import assert_fits, sign_in, until_loaded
from people import person
from playwright.sync_api import Page, expect
from sqlalchemy import select

from announcer.models import Announcement
from announcer.script import Script

Site = Any
Visit = Callable[..., Page]


def signed_in(visit: Visit, site: Site, scripts: bool = True) -> Page:
    person(site.database, "truc", "operator", "ga-thu")
    page = visit("/speak/recording", scripts=scripts)
    sign_in(page, "truc")
    expect(page.get_by_role("heading", name="Ghi âm để phát")).to_be_visible()
    return page


@pytest.fixture
def desk(visit: Visit, site: Site) -> Page:
    return signed_in(visit, site)


def queued(site: Site) -> list[Announcement]:
    with site.database.read() as session:
        return list(session.scalars(select(Announcement)))


def record(desk: Page) -> None:
    desk.get_by_role("button", name="Bắt đầu ghi").click()
    expect(desk.get_by_text("Đang ghi: 1 /")).to_be_visible()
    desk.get_by_role("button", name="Dừng ghi").click()
    expect(desk.get_by_text("Đã có ghi-am.webm.")).to_be_visible()


def test_what_is_recorded_can_be_heard_and_is_sent(desk: Page, site: Site) -> None:
    record(desk)
    audio = desk.locator("audio")
    expect(audio).to_be_visible()
    until_loaded(desk.locator("audio"))
    desk.get_by_label("sanh").check()
    desk.get_by_role("button", name="Phát ngay").click()
    expect(desk.get_by_role("status").first).to_contain_text("Đã nhận: “Lời ghi âm của Trực loa Thử”")
    expect(desk.locator(".zone")).to_contain_text("Đang làm tiếng.")
    (row,) = queued(site)
    assert desk.url.endswith(f"/requests/{row.request_id}")
    assert Script.from_data(row.script).parts[0].clip


def test_a_refusal_loses_no_recording(desk: Page, site: Site) -> None:
    site.complaints_are_meant()  # the browser names every answer that is a refusal
    record(desk)
    desk.get_by_role("button", name="Phát ngay").click()
    expect(desk.get_by_role("alert")).to_have_text("Hãy chọn ít nhất một khu vực loa.")
    assert queued(site) == []
    desk.get_by_label("sanh").check()
    desk.get_by_role("button", name="Phát ngay").click()
    expect(desk.get_by_role("status").first).to_contain_text("Đã nhận")
    assert len(queued(site)) == 1


def test_a_server_that_is_away_loses_no_recording(desk: Page, site: Site) -> None:
    site.complaints_are_meant()
    record(desk)
    desk.get_by_label("sanh").check()
    site.stop()
    desk.get_by_role("button", name="Phát ngay").click()
    expect(desk.get_by_role("alert")).to_contain_text("Lời ghi âm vẫn còn ở trang này")
    site.restart()
    desk.get_by_role("button", name="Phát ngay").click()
    expect(desk.get_by_role("status").first).to_contain_text("Đã nhận")


def test_a_microphone_that_may_not_be_used_is_told(desk: Page, site: Site) -> None:
    desk.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )
    desk.get_by_role("button", name="Bắt đầu ghi").click()
    expect(desk.get_by_role("alert")).to_contain_text("Trình duyệt chưa cho dùng micro.")


def test_without_scripts_a_file_is_chosen_and_sent(visit: Visit, site: Site, tmp_path: Any) -> None:
    import numpy as np

    from audio.pcm import RATE, Pcm
    from audio.wav import write_wav

    write_wav(tmp_path / "loi.wav", Pcm((0.2 * np.sin(np.arange(RATE) / 20)).astype(np.float32)))
    page = signed_in(visit, site, scripts=False)
    expect(page.get_by_role("button", name="Bắt đầu ghi")).to_be_hidden()
    page.get_by_label("Chọn tệp âm thanh có sẵn").set_input_files(tmp_path / "loi.wav")
    page.get_by_label("sanh").check()
    page.get_by_role("button", name="Phát ngay").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã nhận")
    assert len(queued(site)) == 1


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_the_page_is_no_wider_than_the_screen_and_what_is_pressed_is_large_enough(
    desk: Page, size: tuple[int, int]
) -> None:
    fields = "input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not(.unseen)"
    assert_fits(desk, size, f"main button, main .button, main {fields}")

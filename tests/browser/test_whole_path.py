"""The whole path, in Chromium at a station that speaks: written, approved, scheduled, spoken, interrupted, stopped, recalled.

One station serves all these tests: a real web server, and a real announcer with a quick voice and silent loudspeakers.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from desks import sign_in, until_loaded
from factories import bring_in, station
from people import person
from playwright.sync_api import Locator, Page, expect

from announcer.daemon import Daemon
from schedules.core.clock import local_date, utcnow
from schedules.core.database import Database
from schedules.core.settings import load

Visit = Callable[..., Page]
Site = Any

SETTINGS = {"voices.vi": "formant", "audio.sink": "silent", "readback.enabled": False}
PEOPLE = {"bien": "editor", "truong": "head", "truc": "operator"}
LONG = "Mời quý khách giữ gìn vệ sinh chung trong nhà ga. " * 8
MADE_WITHIN = 60_000  # milliseconds; a busy machine needs them for the first sound


def words(key: str, title: str, text: str, category: str = "service") -> dict[str, Any]:
    return {"key": key, "category": category, "title": title, "wordings": {"vi": text}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, pages: Any) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("station")
    lines = (f"{name} = {json.dumps(value)}\n" for name, value in SETTINGS.items())
    (home / "loaga.toml").write_text("".join(lines), "utf-8")  # the announcer's worker reads them there
    database = Database.of_home(home)
    database.migrate()
    content = station()
    content["messages"] += [
        words("chay", "Có cháy", "Có cháy. Mời ra ngoài.", "emergency"),
        words("ve-sinh", "Giữ vệ sinh", LONG),
    ]
    bring_in(database, home, content, utcnow())
    for name, role in PEOPLE.items():
        person(database, name, role, "ga-thu")
    site = pages(database, home, settings=SETTINGS)
    site.restart()
    announcer = Daemon(load(home), database)
    thread = threading.Thread(target=announcer.run)
    thread.start()
    yield site
    announcer.stop()
    thread.join(30)
    site.stop()
    database.close()


@pytest.fixture
def enter(visit: Visit) -> Callable[[str, str], Page]:
    """A page as that person reaches it, in a browser of their own."""

    def come_in(name: str, path: str = "/account") -> Page:
        page = visit(f"/sign-in?next={path}")
        sign_in(page, name)
        page.wait_for_url(f"**{path}")
        return page

    return come_in


Enter = Callable[..., Page]


def told(page: Page) -> Locator:
    return page.get_by_role("status").first


def refused(page: Page, path: str, method: str = "POST") -> bool:
    """Whether the server refuses what this person's page does not even offer."""
    form = {"csrf_token": page.locator("[name=csrf_token]").first.get_attribute("value") or ""}
    address = "/".join(page.url.split("/")[:3]) + path
    answer = page.context.request.fetch(address, method=method, form=form if method == "POST" else None)
    return answer.status == 403


def compose(page: Page, title: str, text: str) -> None:
    page.get_by_role("link", name="Soạn nội dung mới").click()
    page.get_by_label("Tên").fill(title)
    page.get_by_label("Tiếng Việt").first.fill(text)


def approve(page: Page) -> None:
    page.get_by_role("button", name="Duyệt").click()
    expect(told(page)).to_contain_text("Đã duyệt.")


def speak(page: Page, text: str) -> None:
    page.goto(page.url.split("/speak")[0] + "/speak/text")
    page.get_by_label("Lời cần phát").fill(text)
    page.get_by_label("sanh").check()
    page.get_by_role("button", name="Phát ngay").click()
    expect(told(page)).to_contain_text("Đã nhận")


def test_an_editor_writes_a_message_hears_it_and_the_head_of_station_approves_it(enter: Enter) -> None:
    editor = enter("bien", "/messages")
    compose(editor, "Quầy vé mở lại", "Quầy vé số 3 mở lại lúc 19h30.")
    expect(editor.locator("#preview")).to_contain_text("mười chín giờ ba mươi")
    editor.get_by_role("button", name="Nghe thử").click()
    expect(editor.locator("#preview audio")).to_be_visible(timeout=MADE_WITHIN)
    assert until_loaded(editor.locator("#preview audio")) > 1
    editor.get_by_role("button", name="Lưu bản nháp").click()
    expect(told(editor)).to_contain_text("Đã lưu bản nháp.")
    expect(editor.get_by_role("button", name="Duyệt")).to_have_count(0)
    assert refused(editor, "/messages/quay-ve-mo-lai/approve")
    operator = enter("truc", "/speak")
    expect(operator.get_by_role("link", name="Quầy vé mở lại")).to_have_count(0)

    head = enter("truong", "/messages")
    head.get_by_role("link", name="Quầy vé mở lại").click()
    expect(head.locator("ins").filter(has_text="mở lại lúc 19h30")).to_be_visible()
    approve(head)
    operator.reload()
    expect(operator.get_by_role("link", name="Quầy vé mở lại")).to_be_visible()


def test_the_head_of_station_sees_what_a_draft_changes_before_it_is_said(enter: Enter) -> None:
    editor = enter("bien", "/messages/xep-hang")
    editor.get_by_role("link", name="Sửa").click()
    editor.get_by_label("Tiếng Việt").first.fill("Mời quý khách xếp hàng.")
    editor.get_by_role("button", name="Lưu bản nháp").click()
    head = enter("truong", "/messages/xep-hang")
    difference = head.locator(".difference")
    expect(difference.locator("del")).to_contain_text("Xin")
    expect(difference.locator("ins")).to_contain_text("Mời")
    approve(head)
    expect(head.locator(".said")).to_have_text("Mời quý khách xếp hàng.")


def test_a_schedule_is_written_as_a_sentence_foreseen_approved_and_planned(enter: Enter) -> None:
    editor = enter("bien", "/schedules")
    editor.get_by_role("link", name="Soạn lịch mới").click()
    editor.get_by_label("Lúc nào phát").fill("mỗi 30 phút, 0h–24h")
    editor.get_by_label("Nội dung", exact=True).first.select_option("vach-vang")
    editor.get_by_label("sanh").check()
    expect(editor.locator("#preview caption")).to_have_text("10 lượt sắp tới")
    editor.get_by_role("button", name="Lưu bản nháp").click()
    expect(told(editor)).to_contain_text("Đã lưu bản nháp.")
    expect(editor.get_by_role("button", name="Duyệt")).to_have_count(0)
    assert refused(editor, "/schedules/ga-thu-vach-vang/approve")

    head = enter("truong", "/schedules")
    head.get_by_role("link", name="Vạch vàng").click()
    approve(head)
    tomorrow = local_date(utcnow()) + timedelta(days=1)
    head.goto(head.url.split("/schedules")[0] + f"/plan?date={tomorrow:%d/%m/%Y}")
    planned = head.locator("main").get_by_text("Vạch vàng", exact=True).first
    for _ in range(MADE_WITHIN // 500):  # the announcer plans when it sees that schedules changed
        if planned.is_visible():
            break
        head.wait_for_timeout(500)
        head.reload()
    expect(planned).to_be_visible()


def test_an_urgent_call_interrupts_what_is_spoken_and_a_stop_ends_all_of_it(enter: Enter) -> None:
    operator, watching = enter("truc", "/speak"), enter("truc", "/")
    watching.evaluate("window.stayed = true")
    hall = watching.locator(".zone").filter(has_text="sanh")
    speak(operator, LONG)
    expect(hall).to_contain_text("Mời quý khách giữ gìn vệ sinh", timeout=MADE_WITHIN)
    expect(hall.locator(".state")).to_have_text("Đang phát")

    operator.get_by_role("link", name="Phát ngay").first.click()
    operator.get_by_role("button", name="Có cháy").hover()
    operator.mouse.down()
    expect(told(operator)).to_contain_text("Đã nhận: “Có cháy”")
    operator.mouse.up()
    expect(hall.locator(".state")).to_have_text("Khẩn cấp", timeout=MADE_WITHIN)
    expect(hall).to_contain_text("Có cháy. Mời ra ngoài.")
    assert watching.evaluate("window.stayed")

    watching.get_by_role("button", name="Dừng mọi loa").click()
    expect(told(watching)).to_contain_text("Đã cho dừng")
    expect(watching.locator(".zone.live, .zone.urgent")).to_have_count(0)
    # What is planned for the next minutes may wait.
    for ended in ("Mời quý khách giữ gìn vệ sinh", "Có cháy"):
        expect(watching.locator(".queue").filter(has_text=ended)).to_have_count(0)


def test_a_message_that_is_recalled_falls_silent_and_is_offered_no_more(enter: Enter) -> None:
    operator, watching = enter("truc", "/speak/message/ve-sinh"), enter("truc", "/")
    operator.get_by_label("sanh").check()
    operator.get_by_role("button", name="Phát ngay").click()
    hall = watching.locator(".zone").filter(has_text="sanh")
    expect(hall.locator(".state")).to_have_text("Đang phát", timeout=MADE_WITHIN)

    head = enter("truong", "/messages/ve-sinh")
    head.get_by_text("Thu hồi nội dung này").click()
    head.get_by_role("button", name="Thu hồi ngay").click()
    expect(told(head)).to_contain_text("Đã thu hồi.")
    expect(hall.locator(".state")).to_have_text("Đang im lặng")
    operator.get_by_role("link", name="Phát ngay").first.click()
    expect(operator.get_by_role("heading", name="Phát ngay")).to_be_visible()
    expect(operator.get_by_role("link", name="Giữ vệ sinh")).to_have_count(0)
    operator.goto(operator.url.removesuffix("/speak") + "/speak/message/ve-sinh")
    expect(operator.get_by_role("heading", name="Không mở được trang")).to_be_visible()


def test_a_voice_from_the_microphone_sounds_at_once_and_a_stop_ends_it(enter: Enter) -> None:
    watching = enter("truc", "/")
    speaking = enter("truc", "/speak/live")
    speaking.get_by_label("sanh").check()
    speaking.get_by_label("Nội dung, để ghi vào nhật ký").fill("Hướng dẫn xếp hàng")
    speaking.get_by_role("button", name="Bắt đầu nói").click()
    expect(speaking.locator("#zones")).to_contain_text("Đang nghe lời nói", timeout=MADE_WITHIN)
    hall = watching.locator(".zone").filter(has_text="sanh")
    expect(hall).to_contain_text("Hướng dẫn xếp hàng")

    speaking.get_by_role("button", name="Dừng nói").click()
    expect(hall.locator(".state")).to_have_text("Đang im lặng")
    speaking.get_by_role("link", name="Xem lời này đã phát thế nào").click()
    expect(speaking.locator(".zone")).to_contain_text("Đã phát")

    speaking.goto(speaking.url.split("/requests")[0] + "/speak/live")
    speaking.get_by_label("sanh").check()
    speaking.get_by_role("button", name="Bắt đầu nói").click()
    expect(speaking.locator("#zones")).to_contain_text("Đang nghe lời nói", timeout=MADE_WITHIN)
    watching.get_by_role("button", name="Dừng mọi loa").click()
    expect(speaking.locator("#zones")).to_contain_text("Dừng theo lệnh của truc.")
    expect(speaking.get_by_role("button", name="Bắt đầu nói")).to_be_enabled()


def test_nobody_is_offered_or_allowed_what_is_another_ones_work(enter: Enter) -> None:
    operator = enter("truc", "/messages/vach-vang")
    expect(operator.get_by_role("link", name="Sửa")).to_have_count(0)
    expect(operator.get_by_text("Thu hồi")).to_have_count(0)
    assert refused(operator, "/messages/vach-vang/edit", "GET")
    for path in ("/messages/new", "/messages/vach-vang/edit", "/messages/vach-vang/recall", "/schedules/new"):
        assert refused(operator, path), path
    editor = enter("bien", "/messages/vach-vang")
    expect(editor.get_by_role("link", name="Phát ngay")).to_have_count(0)
    for path in ("/speak/text", "/control", "/messages/vach-vang/recall", "/stations/ga-thu/calendar"):
        assert refused(editor, path), path
    head = enter("truong", "/messages/vach-vang")
    expect(head.get_by_role("link", name="Người dùng")).to_have_count(0)
    assert refused(head, "/accounts")

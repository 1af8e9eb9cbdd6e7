"""What people meet on the pages, in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Site = Any
Visit = Callable[..., Page]
DESK, PHONE = (1280, 900), (390, 844)
PATHS = ("/", "/plan", "/plan?hour=5", "/log", "/log?result=failed", "/nowhere", "/plan?date=x")


def test_what_is_on_air_appears_and_disappears_without_a_reload(visit: Visit, site: Site) -> None:
    page = visit("/")
    expect(page.get_by_text("Đang im lặng")).to_have_count(2)
    page.evaluate("window.stayed = true")
    said = site.start_saying("Đổi quầy vé", "Mời quý khách sang quầy số 4.")
    expect(page.get_by_text("Mời quý khách sang quầy số 4.")).to_be_visible()
    expect(page.locator(".zone.live")).to_contain_text("Đổi quầy vé")
    site.stop_saying(said)
    expect(page.get_by_text("Mời quý khách sang quầy số 4.")).to_have_count(0)
    assert page.evaluate("window.stayed")


def asked_for(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    return asked


def test_while_nothing_happens_the_page_asks_for_nothing_between_heartbeats(visit: Visit) -> None:
    page = visit("/")
    page.wait_for_timeout(1500)  # it looks when the stream begins, and when the server has looked
    asked = asked_for(page)
    page.wait_for_timeout(4500)
    assert asked == []


def test_where_there_is_no_stream_the_page_asks_every_two_seconds(visit: Visit, site: Site) -> None:
    site.restart(streams=0)
    page = visit("/")
    looks: list[
        float
    ] = []  # when the browser itself says that it began, in milliseconds: a slow machine only looks later
    for _ in range(3):
        with page.expect_request_finished(lambda request: request.url.endswith("/on-air")) as look:
            pass
        looks.append(look.value.timing["startTime"])
    assert all(later - sooner >= 1900 for sooner, later in pairwise(looks))
    site.start_saying("Đổi quầy vé", "Mời quý khách sang quầy số 4.")
    expect(page.get_by_text("Mời quý khách sang quầy số 4.")).to_be_visible()


def test_a_server_that_stopped_is_told_and_found_again(visit: Visit, site: Site) -> None:
    page = visit("/")
    site.complaints_are_meant()
    site.stop()
    expect(page.get_by_text("Mất liên lạc với máy chủ")).to_be_visible(timeout=15000)
    site.restart()
    expect(page.get_by_text("Mất liên lạc với máy chủ")).to_be_hidden(timeout=15000)
    asked = asked_for(page)
    site.start_saying("Đổi quầy vé", "Mời quý khách sang quầy số 4.")
    expect(page.get_by_text("Mời quý khách sang quầy số 4.")).to_be_visible()
    assert asked.count("events") <= 1  # by the stream again, not by asking


def test_six_and_more_pages_of_one_browser_are_all_kept_fresh(visit: Visit, site: Site) -> None:
    pages = [visit("/") for _ in range(8)]
    site.start_saying("Đổi quầy vé", "Mời quý khách sang quầy số 4.")
    for page in pages:
        expect(page.get_by_text("Mời quý khách sang quầy số 4.")).to_be_visible()


def test_without_scripts_the_page_reloads_itself(visit: Visit, site: Site) -> None:
    page = visit("/", scripts=False)
    site.start_saying("Đổi quầy vé", "Mời quý khách sang quầy số 4.")
    expect(page.get_by_text("Mời quý khách sang quầy số 4.")).to_be_visible(timeout=15000)


def test_the_clock_goes(visit: Visit) -> None:
    page = visit("/log")
    clock = page.locator("[data-clock]")
    first = clock.inner_text()
    expect(clock).not_to_have_text(first)


def test_the_plan_shows_lanes_results_and_reasons(visit: Visit) -> None:
    page = visit("/plan")
    expect(page.locator("svg.lane")).to_have_count(2)
    expect(page.locator("svg.lane .mark")).to_have_count(page.locator("#list td.time").count())
    for words in ("Đã phát", "Nhường", "Hết hạn", "Lỡ", "Lỗi"):
        expect(page.locator("td.outcome", has_text=words).first).to_be_visible()
    for words in ("Hết quỹ phút của giờ đó.", "Dừng theo lệnh của hoa.", "Bộ phát thanh không chạy."):
        expect(page.get_by_text(words).first).to_be_visible()
    assert page.locator("td.outcome").evaluate_all("cells => cells.every(c => c.textContent.trim())")


def test_the_plan_goes_to_the_day_before_and_back(visit: Visit) -> None:
    page = visit("/plan")
    today = page.locator("p.lead").inner_text()
    page.get_by_role("link", name="‹ Hôm trước").click()
    expect(page.locator("p.lead")).not_to_have_text(today)
    page.locator("main").get_by_role("link", name="Hôm nay", exact=True).click()
    expect(page.locator("p.lead")).to_have_text(today)


def test_an_hour_on_the_axis_shows_that_hour(visit: Visit) -> None:
    page = visit("/plan")
    page.get_by_role("link", name="Chỉ xem 6 giờ").click()
    page.wait_for_url(lambda url: "hour=6" in url)
    times = page.locator("#list td.time").all_inner_texts()
    assert times
    assert all(time.startswith("06:") for time in times)


def test_the_log_is_narrowed_and_opened(visit: Visit) -> None:
    page = visit("/log")
    page.get_by_label("Kết quả").select_option("failed")
    page.get_by_role("button", name="Xem").click()
    outcomes = page.locator("td.outcome").all_inner_texts()
    assert outcomes
    assert all("Lỗi" in text for text in outcomes)
    page.locator("summary").first.click()
    expect(page.get_by_text("The sound card USB Audio has gone.").first).to_be_visible()
    assert page.locator("dd[lang=en]").first.is_visible()


def test_a_page_that_is_not_there_says_so(visit: Visit) -> None:
    page = visit("/nowhere")
    expect(page.get_by_text("Không có trang này.")).to_be_visible()
    page.get_by_role("link", name="Về trang Đang phát").click()
    expect(page.get_by_role("heading", name="Đang phát")).to_be_visible()


# Text nodes whose line is lower than 1.4 times its letters, and those that leave the window.
LOW_LINES = """() => [...document.querySelectorAll('body *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.getClientRects().length)
  .filter(e => !['SCRIPT', 'NOSCRIPT'].includes(e.tagName))
  .filter(e => { const s = getComputedStyle(e);
    return s.lineHeight !== 'normal' && parseFloat(s.lineHeight) < 1.39 * parseFloat(s.fontSize); })
  .map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 40))"""
CLIPPED = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), out = [];
  while (walk.nextNode()) {
    const node = walk.currentNode, range = document.createRange();
    if (!node.data.trim() || node.parentElement.closest('.skip, .unseen, thead, script, noscript, option, title')) continue;
    range.selectNodeContents(node);
    for (const r of range.getClientRects())
      if (r.left < -0.5 || r.right > innerWidth + 0.5) out.push(node.data.trim().slice(0, 40));
  }
  for (const e of document.querySelectorAll('body *')) {
    const s = getComputedStyle(e);
    if (s.overflow !== 'visible' && e.tagName !== 'svg' && e.clientWidth
        && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
      out.push(e.tagName + ' ' + e.textContent.trim().slice(0, 40));
  }
  return out;
}"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_clipped_and_lines_have_room_for_vietnamese(
    visit: Visit, site: Site, path: str, size: tuple[int, int]
) -> None:
    site.start_saying("Ễ Ự Ỡ Ắ Ặ", "Ắ" * 60 + " kính thưa quý khách, https://example.vn/" + "x" * 80)
    page = visit(path, size)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate(LOW_LINES) == []
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["/", "/plan", "/log"])
def test_on_a_phone_what_is_pressed_is_large_enough(visit: Visit, path: str) -> None:
    page = visit(path, PHONE)
    sizes = page.locator("nav a, .button, button, select, input:not([type=hidden])").evaluate_all(
        "all => all.map(e => [e.textContent.trim(), e.getBoundingClientRect().height])"
    )
    assert [name for name, height in sizes if height < 44] == []


def test_the_pages_use_their_own_font(visit: Visit) -> None:
    page = visit("/")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.weight)")
    assert set(loaded) == {"400", "600", "800"}

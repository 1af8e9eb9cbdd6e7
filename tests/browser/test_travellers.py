"""A traveller's way from the waiting screen to a rule, on a kiosk that stands, one that lies, and a phone; touched, not clicked."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from screens import EVERYWHERE, HERE, assert_easy_for_all, opened

from announcer.models import Sound
from announcer.studio import Studio
from audio.pcm import RATE, Pcm
from kiosk.rules import aloud
from kiosk.rules.codes import built_in
from schedules.core.clock import utcnow
from schedules.core.settings import Settings

Site = Any

LANGUAGES = {
    "vi": ("Chạm để bắt đầu", "Đọc cho tôi nghe", "Đang đọc"),
    "en": ("Touch to begin", "Read it to me", "Reading aloud"),
}
RULE = next(rule for rule in built_in()[0].rules if rule.key == "xep-hang")


def has_been_read(site: Site, language: str) -> None:
    """The announcer has made the sound of the rule already."""
    studio = Studio(Settings(site.home))
    script = aloud.script_of(studio, RULE, language)
    key, tone = studio.key(script), np.sin(np.arange(RATE) / 20).astype(np.float32) / 4
    studio.cache.put(key, Pcm(tone, RATE), {})
    with site.database.write() as session:
        session.add(
            Sound(
                key=key, seconds=1.0, lufs=-16.0, true_peak_db=-3.0, sha256="0" * 64, voices={}, spoken={}, tried=[],
                readback={}, made_at=utcnow(),
            )
        )  # fmt: skip
    studio.close()


@EVERYWHERE
def test_from_the_waiting_screen_to_a_rule_read_aloud(
    context: BrowserContext, site: Site, request: pytest.FixtureRequest
) -> None:
    _, language = request.node.callspec.params["context"]
    begin, listen, speaking = LANGUAGES[language]
    has_been_read(site, language)
    page = opened(context, site)
    page.get_by_text(begin).tap()
    page.get_by_text(built_in()[0].name[language]).tap()
    page.get_by_role("link", name=RULE.title[language]).tap()
    expect(page.get_by_text(RULE.words[language])).to_be_visible()
    page.get_by_role("button", name=listen).tap()
    expect(page.get_by_text(speaking)).to_be_visible()


@EVERYWHERE
def test_whatever_is_touched_is_large_and_no_mark_is_clipped(context: BrowserContext, site: Site) -> None:
    assert_easy_for_all(opened(context, site, "rules/cong-cong"))


def test_a_touch_anywhere_begins(context: BrowserContext, site: Site) -> None:
    page = opened(context, site)
    page.touchscreen.tap(540, 900)
    expect(page).to_have_url(site.address + HERE + "start")


def test_what_begins_to_sound_appears_by_itself(context: BrowserContext, site: Site) -> None:
    page = opened(context, site, "rules/cong-cong")
    row = site.start_saying("Nhắc nhở", "Xin quý khách đứng sau vạch vàng.")
    expect(page.get_by_text("Xin quý khách đứng sau vạch vàng.")).to_be_visible()
    site.stop_saying(row)
    expect(page.get_by_text("Xin quý khách đứng sau vạch vàng.")).to_be_hidden()


def test_a_screen_that_nobody_touches_asks_and_then_forgets(context: BrowserContext, site: Site) -> None:
    page = opened(context, site, "comfort/large?next=" + HERE + "rules/cong-cong")
    page.evaluate("localStorage.setItem('left', 'behind')")
    page.clock.install()
    page.reload()
    page.clock.run_for(62_000)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.clock.run_for(16_000)
    expect(page).to_have_url(site.address + HERE)
    assert context.cookies() == []
    assert page.evaluate("localStorage.length") == 0


def test_who_is_still_there_stays(context: BrowserContext, site: Site) -> None:
    page = opened(context, site)
    page.clock.install()
    page.goto(site.address + HERE + "rules/cong-cong")
    page.clock.run_for(62_000)
    expect(page.get_by_role("button", name="Tôi còn ở đây")).to_be_visible()
    page.touchscreen.tap(540, 960)
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.clock.run_for(20_000)
    expect(page).to_have_url(site.address + HERE + "rules/cong-cong")


def test_a_screen_finds_its_server_again_and_says_so(context: BrowserContext, site: Site) -> None:
    site.complaints_are_meant()
    page = opened(context, site, "start")
    site.stop()
    expect(page.locator("#lost")).to_be_visible(timeout=15_000)
    site.restart()
    expect(page.locator("#lost")).to_be_hidden(timeout=15_000)


def test_the_first_page_with_all_it_loads_is_light(context: BrowserContext, site: Site) -> None:
    page, sizes = context.new_page(), []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    with page.expect_response("**/now"):
        page.goto(site.address + HERE)
    page.evaluate("document.fonts.ready.then(() => true)")
    assert len(sizes) >= 9  # the page, its sheet, three scripts, three fonts, and what sounds now
    assert sum(sizes) <= 100_000


def test_vietnamese_is_shown_in_our_own_letters(context: BrowserContext, site: Site) -> None:
    page = opened(context, site)
    page.evaluate("document.fonts.ready.then(() => true)")
    for weight in (400, 600, 800):
        assert page.evaluate(f"document.fonts.check('{weight} 20px \"Be Vietnam Pro\"', 'Ắ Ặ ễ ự ỡ Ợ đ Đ ₫')")
    loaded = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').length")
    assert loaded == 3
    got = page.evaluate(
        "performance.getEntriesByType('resource').map(one => one.name).filter(name => name.includes('/fonts/'))"
    )
    assert len(got) == 3
    assert all(name.endswith(".woff2") for name in got)


def test_a_kiosks_browser_says_that_it_lives(browser: Browser, site: Site) -> None:
    name = str(uuid4())
    context = browser.new_context(user_agent=f"loaga-kiosk/{name}")
    page, asked = opened(context, site), f"{site.address}/screens/{name}"
    page.wait_for_function(
        "asked => fetch(asked).then(answer => answer.text()).then(word => word === 'alive')", arg=asked
    )
    page.close()
    context.close()


def test_a_travellers_own_browser_says_nothing(context: BrowserContext, site: Site) -> None:
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.clock.install()
    page.goto(site.address + HERE)
    page.clock.run_for(30_000)
    assert len(asked) > 5
    assert [url for url in asked if "/screens/" in url] == []


def test_slides_follow_one_another(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(site.address + HERE)
    first = page.locator(".slide.shown .thought").inner_text()
    page.clock.run_for(10_500)
    assert page.locator(".slide.shown .thought").inner_text() != first

"""The switch between the two languages, in a browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_the_switch_keeps_one_on_the_page_and_is_remembered(visit: Visit) -> None:
    page = visit("/sign-in?next=/log")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.url.endswith("/sign-in?next=/log")
    page.get_by_role("link", name="On air").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", name="Đang phát")).to_be_visible()


def test_a_browser_that_asks_for_english_gets_it(visit: Visit) -> None:
    page = visit("/", locale="en-GB")
    expect(page.get_by_role("heading", name="On air", exact=True)).to_be_visible()

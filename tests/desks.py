"""What tests do at every desk, in a browser."""

from __future__ import annotations

from people import PASSWORD
from playwright.sync_api import Locator, Page

LOADED = """audio => new Promise((done, failed) => {
  const tell = () => done(audio.duration);
  if (audio.readyState > 0) return tell();
  audio.addEventListener("loadedmetadata", tell);
  audio.addEventListener("error", () => failed(new Error("it cannot be played")));
})"""


def until_loaded(audio: Locator) -> float:
    """Waits until the browser knows the sound; its length in seconds. No string is evaluated in the page: its policy forbids it."""
    return float(audio.evaluate(LOADED))


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """On the page that asks for it."""
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_label("Mật khẩu").press("Enter")


def assert_fits(page: Page, size: tuple[int, int], pressed: str) -> None:
    """No wider than the screen, and what is ``pressed`` (a selector) is large enough for a thumb."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    heights = page.locator(pressed).evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert min(heights) >= 44

"""The screens that travellers use, in tests: how large they are, what they say, and what a finger needs of them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from kiosk.language.catalogue import translations

Site = Any

SCREENS = {"standing": (1080, 1920), "lying": (1920, 1080), "phone": (390, 844)}
LOCALES = {"vi": "vi-VN", "en": "en-GB"}
HERE = "/kiosk/ga-thu/"
EVERYWHERE = pytest.mark.parametrize(
    "context", [(size, language) for size in SCREENS for language in LOCALES], indirect=True, ids=str
)

TOUCHED = "main a, footer a, header a, button:not([hidden]), textarea, .field input, .kind span, .photo span, .consent"
SIZES = "all => all.filter(one => one.offsetParent).map(one => [Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height), one.outerHTML.slice(0, 80)])"
READ = "h1, h2, p, a, span, strong, small, time, legend, figcaption, button, input, textarea, blockquote"
TIGHT = "all => all.filter(one => { const style = getComputedStyle(one); return parseFloat(style.lineHeight) < 1.4 * parseFloat(style.fontSize) - .01; }).map(one => one.outerHTML.slice(0, 80))"
WIDE = "all => all.filter(one => one.offsetParent && one.getBoundingClientRect().right > innerWidth + .5).map(one => one.outerHTML.slice(0, 80))"
KEYS = {" ": "space", "⇧": "shift", "⌫": "erase", "↵": "enter", "←": "left", "→": "right"}


def in_words(sentence: str, language: str) -> str:
    """What the screens say, as a traveller reads it."""
    if language == "vi":
        return sentence
    written = str(translations(language).gettext(sentence))
    assert written != sentence, f"“{sentence}” is not in the catalogue"
    return written


def opened(context: BrowserContext, site: Site, path: str = "") -> Page:
    page = context.new_page()
    page.goto(site.address + HERE + path)
    return page


def tap(page: Page, keys: str) -> None:
    """Keys of the keyboard on the screen; a capital after ⇧ lies on the key of its letter."""
    for key in keys:
        page.locator(f'.key[data-key="{KEYS.get(key, key.lower())}"]:visible').tap()


def assert_easy_for_all(page: Page) -> None:
    """What is touched is large, no mark of a letter is clipped, and nothing hangs over the edge."""
    faults = {
        "small": [one for one in page.eval_on_selector_all(TOUCHED, SIZES) if one[0] < 44],
        "tight": page.eval_on_selector_all(READ, TIGHT),
        "wide": page.eval_on_selector_all("body *:not(.unseen, .unseen *)", WIDE),
    }
    assert not any(faults.values()), f"{page.url}: {faults}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

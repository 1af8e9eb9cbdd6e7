"""``python -m docs.screenshots``: nothing is left behind but ``docs/pictures/*.png``."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from docs.screenshots.chromium import ARGUMENTS, CHROMIUM
from docs.screenshots.life import CHIEF, PASSWORD, running_station, things
from docs.screenshots.shots import PICTURES, SHOTS, Shot

PATIENCE = 10.0  # seconds until something must be there


def sign_in(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("[name=name]", CHIEF)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{address}/")
    page.close()


def photograph(browser: Browser, address: str, shot: Shot) -> bytes:
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
        locale=shot.language,
    )
    if shot.signed_in:
        sign_in(context, address)
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(address + shot.path)
    for tapped in shot.taps:
        page.click(tapped)
    if shot.arrives:
        page.wait_for_url(address + shot.arrives)
    page.wait_for_selector(shot.waits_for, state="attached")
    _is_the_page(page, shot)
    page.evaluate("document.fonts.ready")
    picture = page.screenshot()
    context.close()
    return picture


def _is_the_page(page: Page, shot: Shot) -> None:
    """Not one to which somebody was sent on, nor one that tells of an error."""
    here, wanted = urlsplit(page.url).path, urlsplit(shot.arrives or shot.path).path
    if here != wanted or page.locator("main.error").count():
        raise RuntimeError(f"{shot.name} shows {page.url}.")


def fewer_colours(picture: bytes) -> bytes:
    """A page has few: with 256 of them its picture takes a third."""
    out = io.BytesIO()
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with running_station() as (address, database), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        keys = things(database)
        for shot in SHOTS:
            path = PICTURES / f"{shot.name}.png"
            path.write_bytes(
                fewer_colours(photograph(browser, address, replace(shot, path=shot.path.format(**keys))))
            )
            sys.stdout.write(f"{path.name} ({path.stat().st_size // 1000} kB)\n")


if __name__ == "__main__":
    main()

"""axe finds nothing on any page against WCAG 2.2 AA, in light and in dark, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from desks import sign_in
from feedback_given import some_of_each
from people import person
from playwright.sync_api import Page

from kiosk.accounts import operations
from kiosk.cases import replies
from kiosk.commendations.operations import publish, write
from schedules.core.clock import utcnow
from schedules.models import Message, Wording
from schedules.operations import all_stations

Site = Any
Visit = Callable[..., Page]

OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OPEN = (
    "/",
    "/sign-in",
    "/kiosk/ga-thu/",
    "/kiosk/ga-thu/start",
    "/kiosk/ga-thu/said",
    "/kiosk/ga-thu/rules/cong-cong",
    "/kiosk/ga-thu/rules/cong-vu/dung-gio",
    "/kiosk/ga-thu/feedback/help",
    "/kiosk/ga-thu/follow",
    "/kiosk/ga-thu/follow/deleted",
)
GIVING = ("about", "rule", "tell", "lawful", "contact", "done")
FOLLOWING = ("one", "data")
CLOSED = (
    "/", "/plan", "/plan/week", "/plan/check", "/log", "/log?result=failed", "/speak", "/speak/text", "/speak/message/chao-tau", "/speak/message/chay", "/speak/recording", "/speak/live", "/account", "/accounts",
    "/stations/ga-thu", "/stations/ga-thu/zones/sanh", "/stations/ga-thu/calendar",
    "/accounts/admin", "/tokens", "/audit", "/health", "/messages", "/messages/new", "/messages/xep-hang",
    "/cases", "/cases?shelf=answered", "/cases?shelf=aside", "/cases/replies", "/cases/figures",
    "/messages/xep-hang/edit", "/messages/xep-hang/recording/vi", "/schedules", "/schedules/new", "/schedules/nua-gio", "/schedules/nua-gio/edit",
)  # fmt: skip
SCREENS = [("light", (1280, 900)), ("dark", (390, 844))]


def violations(page: Page) -> list[str]:
    """One line for each element at fault."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{page.url} {one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme, size", SCREENS)
def test_no_public_page_keeps_anybody_out(visit: Visit, scheme: str, size: tuple[int, int]) -> None:
    found: list[str] = []
    for path in OPEN:
        page = visit(path, size)
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += violations(page)
    assert found == []


TRAVELLERS = [("light", (1080, 1920)), ("dark", (390, 844))]


@pytest.mark.parametrize("scheme, size", TRAVELLERS)
@pytest.mark.parametrize("comfort", ["", "contrast"])
def test_no_page_of_feedback_keeps_anybody_out(
    visit: Visit, site: Site, scheme: str, size: tuple[int, int], comfort: str
) -> None:
    site.settings["web.public_url"] = "https://gopy.example.vn"
    site.restart()
    given = some_of_each(site.database, site.home)
    here = "/kiosk/ga-thu"
    page = visit(f"{here}/comfort/{comfort}?next={here}/start" if comfort else f"{here}/start", size)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.locator(".mood.bad").click()
    page.wait_for_url("**/feedback/about")
    found: list[str] = []
    for path in GIVING:
        page.goto(f"{site.address}{here}/feedback/{path}")
        found += violations(page)
    for row in given.values():
        page.goto(f"{site.address}/g/{row.code}")
        for path in FOLLOWING:
            page.goto(f"{site.address}{here}/follow/{path}")
            found += violations(page)
    site.complaints_are_meant()  # of a form that is refused
    page.goto(f"{site.address}{here}/feedback/tell")
    page.locator("#words").fill(" ")
    page.locator("button[form=tell]").click()
    page.get_by_role("alert").wait_for()
    assert found + violations(page) == []


STORY = {
    "person": "Chị Thử", "title": "Đưa cụ già lên tận chỗ ngồi", "story": "Cụ đi một mình.", "form": "praise",
    "honoured_on": "24/11/2026", "agreed": "on",
}  # fmt: skip


@pytest.mark.parametrize("size", [(1080, 1920), (390, 844)])
def test_no_good_example_keeps_anybody_out(visit: Visit, site: Site, size: tuple[int, int]) -> None:
    person(site.database, "truong.ga", "head")
    with site.database.write() as session:
        row = write(session, None, all_stations(session)[0], STORY, "truong.ga", utcnow())
        publish(session, row, "truong.ga", utcnow())
    page = visit("/sign-in?next=/good-examples", size)
    sign_in(page, "truong.ga")
    page.wait_for_url("**/good-examples")
    found: list[str] = []
    for path in ("", "/new", f"/{row.id}"):
        page.goto(f"{site.address}/good-examples{path}")
        found += violations(page)
    for path in ("", f"/{row.id}"):
        page.goto(f"{site.address}/kiosk/ga-thu/good-examples{path}")
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("scheme, size", SCREENS)
def test_no_case_keeps_anybody_out(visit: Visit, site: Site, scheme: str, size: tuple[int, int]) -> None:
    """Each as it stands, then with everything that can be unfolded."""
    person(site.database, "tiep.khach", "reception")
    given = some_of_each(site.database, site.home)
    page = visit("/sign-in?next=/cases", size)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sign_in(page, "tiep.khach")
    page.wait_for_url("**/cases")
    found = violations(page)
    for row in given.values():
        page.goto(f"{site.address}/cases/{row.id}")
        found += violations(page)
        page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("scheme, size", SCREENS)
def test_no_page_of_the_staff_keeps_anybody_out(
    visit: Visit, site: Site, scheme: str, size: tuple[int, int]
) -> None:
    person(site.database, "admin", "administrator")
    with site.database.write() as session:
        admin = operations.get_account(session, "admin")
        operations.grant(session, "console:test", admin, "head", None, utcnow())
        replies.write(session, "Cảm ơn", "Cảm ơn quý khách đã góp ý.", "admin", utcnow())
        words = Wording(language="vi", position=0, text="Có cháy. Mời ra ngoài.")
        session.add(
            Message(key="chay", category="emergency", title="Có cháy", chime="urgent", wordings=[words])
        )
    some_of_each(site.database, site.home)
    page = visit("/account", size)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sign_in(page, "admin")
    page.wait_for_url("**/account")
    found: list[str] = []
    for path in CLOSED:
        page.goto(site.address + path)
        found += violations(page)
    page.goto(site.address + "/plan")
    page.locator("td.outcome a").first.click()
    page.wait_for_url("**/occurrences/*")
    found += violations(page)
    page.goto(site.address + "/speak/text")
    page.get_by_label("Lời cần phát").fill("Tàu SE1 chạy lúc 19h30.")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_text("Đọc là").wait_for()
    assert found + violations(page) == []


def test_a_planted_fault_is_found(visit: Visit) -> None:
    page = visit("/sign-in")
    page.evaluate(
        "document.querySelector('[name=password]').closest('label').replaceWith(document.createElement('input'))"
    )
    assert any("label" in one for one in violations(page))

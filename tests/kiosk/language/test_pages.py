"""The pages in English: of whoever asks for it, or has chosen it."""

from __future__ import annotations

import re
from html import unescape

import pytest
import sentences
from people import person
from sites import Browser, Site

PAGES = """
    /  /plan  /plan/week  /plan/check  /log  /speak  /speak/text  /speak/message/xep-hang  /speak/recording  /speak/live
    /messages  /messages/new  /messages/xep-hang  /messages/xep-hang/edit
    /messages/xep-hang/recording/vi
    /schedules  /schedules/new  /stations  /stations/{station}  /stations/{station}/calendar
    /health  /account  /accounts  /accounts/admin  /audit  /tokens  /no-such-page
""".split()


@pytest.fixture
def chief(site: Site) -> Browser:
    """May do everything, in English."""
    browser = site.signed_in("chief", "head")
    person(site.database, "other")
    with site.database.write() as session:
        from kiosk.accounts import operations
        from schedules.core.clock import utcnow

        account = operations.get_account(session, "chief")
        operations.grant(session, "console:test", account, "administrator", None, utcnow())
    browser.get("/language/en")
    return browser


def visible(html: str) -> str:
    """The text and the attributes that are read, without what is in Vietnamese by its language."""
    html = re.sub(r'<(\w+)[^>]*\blang="vi"[^>]*>.*?</\1>', "", html, flags=re.DOTALL)
    read = re.findall(r'(?:placeholder|aria-label|title)="([^"]*)"', html)
    return unescape(" ".join([*read, re.sub(r"<[^>]*>", "\n", html)]))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_in_english_has_no_sentence_of_the_interface_in_vietnamese(
    chief: Browser, site: Site, address: str
) -> None:
    response = chief.get(address.format(station=site.station))
    if response.status_code == 302:
        response = chief.get(response.location)
    html = response.text
    lines = {line.strip() for line in visible(html).splitlines()}
    known = {one for one in sentences.all_of_them() if sentences.VIETNAMESE.search(one) and "%(" not in one}
    assert response.status_code == (404 if address == "/no-such-page" else 200)
    assert '<html lang="en">' in html
    assert lines & known == set()


def test_vietnamese_is_spoken_to_whoever_asks_for_nothing(site: Site) -> None:
    html = site.browser().get("/").text
    assert '<html lang="vi">' in html
    assert "Đang phát" in html


@pytest.mark.parametrize(
    ("wanted", "given"),
    [("en-GB,en;q=0.9", "en"), ("fr,en;q=0.5,vi;q=0.3", "en"), ("fr", "vi"), ("vi,en;q=0.9", "vi")],
)
def test_a_first_visit_follows_the_browser(site: Site, wanted: str, given: str) -> None:
    response = site.app.test_client().get("/", headers={"Accept-Language": wanted})
    assert f'<html lang="{given}">' in response.text
    assert "Accept-Language" in response.headers["Vary"]


def test_the_switch_leads_back_to_the_same_page(site: Site) -> None:
    browser = site.browser()
    switch = re.search(r'href="(/language/en[^"]*)"', browser.get("/sign-in?next=/log").text)
    assert switch
    assert browser.get(unescape(switch[1])).location == "/sign-in?next=/log"
    assert '<html lang="en">' in browser.get("/sign-in?next=/log").text


@pytest.mark.parametrize(
    "where", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""]
)
def test_the_switch_leads_nowhere_else(site: Site, where: str) -> None:
    assert site.browser().get(f"/language/en?next={where}").location == "/"


def test_there_is_no_third_language(site: Site) -> None:
    assert site.browser().get("/language/fr").status_code == 404


def test_the_choice_outlasts_signing_in_and_out(site: Site) -> None:
    person(site.database, "hoa", "operator")
    browser = site.browser()
    browser.get("/language/en")
    browser.sign_in("hoa")
    assert '<html lang="en">' in browser.get("/").text
    browser.post("/sign-out", form_on="/")
    assert '<html lang="en">' in browser.get("/").text


def test_programs_hear_vietnamese_whatever_they_ask_for(site: Site) -> None:
    english = site.app.test_client().get("/api/v1/nothing", headers={"Accept-Language": "en"})
    assert english.text == site.app.test_client().get("/api/v1/nothing").text


def test_a_refusal_is_told_in_english(site: Site) -> None:
    browser = site.browser()
    browser.get("/language/en")
    assert "The name, the password or the code is not right." in browser.sign_in("hoa", "wrong").text

"""Rules on screen and read aloud."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sites import Site
from sqlalchemy import select

from announcer.auditions import Audition, failed
from kiosk.rules.codes import built_in

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
RULE = "rules/cong-cong/hut-thuoc"


def page(site: Site, path: str, language: str = "vi") -> str:
    browser = site.browser()
    browser.get(f"/language/{language}")
    response = browser.get(f"/kiosk/{site.station}/{path}")
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_rule_of_the_place_is_on_the_page_of_its_code(site: Site, language: str) -> None:
    shown = page(site, "rules/cong-cong", language)
    assert all(rule.title[language] in shown for rule in built_in()[0].rules if not rule.places)


def test_a_rule_names_its_article(site: Site) -> None:
    assert "Điều 3, Quyết định 1665/QĐ-UBND" in page(site, RULE)


def test_a_rule_that_nobody_verified_says_so(site: Site) -> None:
    assert "Chưa đối chiếu với văn bản gốc" in page(site, "rules/cong-vu/dung-gio")
    assert "Chưa đối chiếu với văn bản gốc" not in page(site, RULE)


@pytest.mark.parametrize("path", ["rules/none", "rules/cong-cong/none", "rules/cong-vu/hut-thuoc/aloud"])
def test_what_is_not_there_is_not_found(site: Site, path: str) -> None:
    assert site.browser().get(f"/kiosk/{site.station}/{path}").status_code == 404
    assert site.browser().get("/kiosk/nowhere/rules/cong-cong").status_code == 404


def test_reading_aloud_asks_the_announcer_once(site: Site) -> None:
    answers = [site.browser().get(f"/kiosk/{site.station}/{RULE}/aloud") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    with site.database.read() as session:
        asked = session.scalars(select(Audition)).one()
    assert asked.script["parts"][0]["text"].startswith("Không nên: Hút thuốc")


def test_where_nobody_can_read_it_aloud_the_page_is_told(site: Site) -> None:
    site.browser().get(f"/kiosk/{site.station}/{RULE}/aloud")
    with site.database.write() as session:
        failed(session, session.scalars(select(Audition.key)).one(), "no voice")
    assert site.browser().get(f"/kiosk/{site.station}/{RULE}/aloud").status_code == 503

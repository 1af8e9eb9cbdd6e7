"""Good examples: put forward by a traveller, written by staff, published by the head, read on the kiosk."""

from __future__ import annotations

from typing import Any

import pytest
from factories import ELSEWHERE, bring_in
from sites import Browser, Site
from sqlalchemy import select

from kiosk.commendations.models import GoodExample
from kiosk.feedback.models import Feedback
from schedules.core.clock import utcnow
from schedules.core.ids import new_id

HERE = "/kiosk/ga-thu"
STORY = {
    "station": "ga-thu", "person": "Chị Thử, soát vé", "title": "Đưa cụ già lên tận chỗ ngồi", "story": "Cụ đi một mình.\nChị dìu cụ.",
    "form": "praise", "issuer": "", "honoured_on": "24/11/2026", "agreed": "on",
}  # fmt: skip


@pytest.fixture
def lan(site: Site) -> Browser:
    return site.signed_in("lan", "reception", "ga-thu")


@pytest.fixture
def head(site: Site) -> Browser:
    return site.signed_in("truong", "head", "ga-thu")


def written(browser: Browser, **changes: str) -> str:
    """The address of the example's page."""
    answer = browser.post("/good-examples/new", **(STORY | changes))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_it_is_read_once_the_head_has_published_it(site: Site, lan: Browser, head: Browser) -> None:
    page = written(lan)
    assert "Đưa cụ già" not in site.browser().get(f"{HERE}/good-examples").text
    assert lan.post(page, act="publish").status_code == 403
    head.post(page, act="publish")
    traveller = site.browser()
    assert "Đưa cụ già" in traveller.get(f"{HERE}/good-examples").text
    shown = traveller.get(f"{HERE}/good-examples/{page.rpartition('/')[2]}").text
    assert "Cụ đi một mình.\nChị dìu cụ." in shown and "Biểu dương" in shown
    assert "Đưa cụ già" in traveller.get(f"{HERE}/").text  # on the waiting screen, too


def test_taken_back_or_changed_it_is_not_read_any_more(site: Site, lan: Browser, head: Browser) -> None:
    page = written(lan)
    for change in ({"act": "take-back"}, {**STORY, "act": "save"}):
        head.post(page, act="publish")
        head.post(page, **change)
        assert "Đưa cụ già" not in site.browser().get(f"{HERE}/good-examples").text
        assert site.browser().get(f"{HERE}/good-examples/{page.rpartition('/')[2]}").status_code == 404


def test_nobody_is_named_who_has_not_agreed(site: Site, lan: Browser, head: Browser) -> None:
    answer = lan.post(
        "/good-examples/new", **{name: value for name, value in STORY.items() if name != "agreed"}
    )
    refused = head.post(str(answer.location), act="publish")
    assert (refused.status_code, "Chỉ nêu tên khi người ấy đồng ý." in refused.text) == (400, True)


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"person": " "}, "Hãy ghi người được biểu dương"),
        ({"title": "a" * 81}, "Hãy ghi việc tốt trong một câu"),
        ({"story": ""}, "Hãy kể chuyện"),
        ({"form": "medal"}, "Hãy chọn hình thức."),
        ({"form": "certificate"}, "Giấy khen, bằng khen cần ghi ai khen."),
        ({"honoured_on": "31/02/2026"}, "Ngày chưa đúng"),
        ({"honoured_on": "31/12/2099"}, "Ngày chưa đúng"),
    ],
)
def test_a_mistake_is_told_and_keeps_what_was_typed(
    site: Site, lan: Browser, changes: dict[str, str], sentence: str
) -> None:
    answer = lan.post("/good-examples/new", **(STORY | changes))
    assert (answer.status_code, sentence in answer.text) == (400, True)
    kept = "Đưa cụ già lên tận chỗ ngồi" if "title" not in changes else "Chị Thử, soát vé"
    assert kept in answer.text
    with site.database.read() as session:
        assert session.scalars(select(GoodExample)).all() == []


def test_a_traveller_puts_somebody_forward_and_staff_write_it_down(site: Site, lan: Browser) -> None:
    traveller = site.browser()
    tap: dict[str, Any] = {"id": new_id(), "mood": "good", "topic": "deed"}
    assert (
        traveller.post(f"{HERE}/feedback", f"{HERE}/good-examples", **tap).location == f"{HERE}/feedback/tell"
    )
    traveller.post(f"{HERE}/feedback/tell", words="Chị soát vé dìu cụ già.", kind="praise")
    with site.database.read() as session:
        case = session.scalars(select(Feedback)).one()
    assert f"/good-examples/new?feedback={case.id}" in lan.get(f"/cases/{case.id}").text
    assert "Chị soát vé dìu cụ già." in lan.get(f"/good-examples/new?feedback={case.id}").text
    made = lan.post(f"/good-examples/new?feedback={case.id}", **STORY)
    assert f"/cases/{case.id}" in lan.get(str(made.location)).text


def test_another_stations_examples_are_not_ones_own(site: Site, lan: Browser) -> None:
    bring_in(site.database, site.home, ELSEWHERE, utcnow())
    other = site.signed_in("xa", "head", "ga-khac")
    page = written(lan)
    assert other.get(page).status_code == 404
    assert other.post(page, "/good-examples/new", act="publish").status_code == 404
    assert other.post("/good-examples/new", **STORY).status_code == 404
    assert "Đưa cụ già" not in other.get("/good-examples").text

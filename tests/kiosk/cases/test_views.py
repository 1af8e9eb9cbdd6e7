"""The staff's pages of cases: who sees what, what a mistake keeps, and that a complaint never reaches whom it is about."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from feedback_given import picture
from sites import Browser

from kiosk.feedback import operations as travellers
from kiosk.feedback.codes import written
from kiosk.feedback.models import Feedback
from schedules.core import audit
from schedules.core.clock import utcnow

Site = Any
Told = Callable[..., Feedback]


@pytest.fixture
def lan(two: Site) -> Browser:
    return two.signed_in("lan", "reception", "ga-thu")


def filed(site: Site, told: Told, **given: Any) -> Feedback:
    with site.database.write() as session:
        return told(session, now=utcnow(), **given)


def state(site: Site, row: Feedback) -> str:
    with site.database.read() as session:
        return session.get_one(Feedback, row.id).state


def test_the_inbox_shows_ones_own_and_opens_a_case(two: Site, told: Told, lan: Browser) -> None:
    row = filed(two, told, words="Ghế ke 1 gãy.")
    filed(two, told, words="Ở ga khác.", at="ga-khac")
    page = lan.get("/cases").text
    assert "Ghế ke 1 gãy." in page and "tiếp nhận trước" in page
    assert "Ở ga khác." not in page
    assert "Lúc ấy loa nói gì" in lan.get(f"/cases/{row.id}").text


@pytest.mark.parametrize(
    "shelf", ["new", "accepted", "waiting", "escalated", "answered", "unsatisfied", "aside", "khong-co"]
)
def test_every_shelf_opens(two: Site, told: Told, lan: Browser, shelf: str) -> None:
    filed(two, told)
    assert lan.get(f"/cases?shelf={shelf}&kind=report&mine=on&station=ga-thu").status_code == 200


def test_a_case_of_another_station_is_not_there(two: Site, told: Told, lan: Browser) -> None:
    row = filed(two, told, at="ga-khac")
    assert lan.get(f"/cases/{row.id}").status_code == 404
    assert lan.post(f"/cases/{row.id}", "/cases/replies", act="accept").status_code == 404
    assert lan.post(f"/cases/{row.id}/contact", "/cases/replies").status_code == 404
    assert state(two, row) == "open"


@pytest.mark.parametrize(
    "role, station", [("operator", "ga-thu"), ("head", ""), ("reception", ""), ("city", "ga-thu")]
)
def test_a_complaint_is_seen_by_nobody_of_the_unit(two: Site, told: Told, role: str, station: str) -> None:
    row = filed(two, told, words="Ông Thử lấy tiền.", kind="denunciation")
    browser = two.signed_in("ai-do", role, station)
    for page in ("/cases", "/cases?kind=denunciation", "/cases?shelf=new", "/cases/figures"):
        assert "Ông Thử" not in browser.get(page).text
    assert browser.get(f"/cases/{row.id}").status_code == 404
    assert browser.get(f"/cases/find?code={written(row.code)}").location == "/cases"
    assert "ga-thu,1" not in browser.get("/cases/figures.csv").text


def test_whoever_receives_people_for_the_city_sees_and_answers_it(two: Site, told: Told) -> None:
    row = filed(two, told, words="Ông Thử lấy tiền.", kind="denunciation")
    city = two.signed_in("tiep-dan", "city")
    assert "Ông Thử lấy tiền." in city.get("/cases").text
    assert city.post(f"/cases/{row.id}", act="forward", text="Ban tiếp công dân").status_code == 303
    assert state(two, row) == "accepted"


def test_sorted_as_a_complaint_it_is_gone_from_the_unit(two: Site, told: Told, lan: Browser) -> None:
    row = filed(two, told)
    answer = lan.post(f"/cases/{row.id}", act="sort", kind="complaint", topic="official")
    assert answer.location == "/cases"
    assert lan.get(f"/cases/{row.id}").status_code == 404


def test_an_answer_needs_its_proof_and_a_mistake_keeps_the_words(two: Site, told: Told, lan: Browser) -> None:
    row = filed(two, told)
    refused = lan.post(f"/cases/{row.id}", act="answer", text="Ghế đã được thay.")
    assert (refused.status_code, "Hãy kèm bằng chứng" in refused.text) == (400, True)
    assert "Ghế đã được thay.</textarea>" in refused.text
    proof = (io.BytesIO(picture()), "ghe.jpg")
    assert (
        lan.post(f"/cases/{row.id}", act="answer", text="Ghế đã được thay.", proof=proof).status_code == 303
    )
    traveller = two.browser()
    traveller.post("/kiosk/ga-thu/follow", code=row.code)
    page = traveller.get("/kiosk/ga-thu/follow/one").text
    assert "Đã có trả lời." in page and "Ghế đã được thay." in page and "/follow/files/" in page


def test_a_pdf_is_handed_out_and_never_shown(two: Site, told: Told, lan: Browser) -> None:
    row = filed(two, told)
    lan.post(
        f"/cases/{row.id}", act="answer", text="Xem văn bản.", proof=(io.BytesIO(b"%PDF-1.7"), "Biên bản.pdf")
    )
    for browser, pattern in (
        (lan, rf"/cases/{row.id}/files/[\w-]+"),
        (two.browser(), r"/kiosk/ga-thu/follow/files/[\w-]+"),
    ):
        if browser is not lan:
            browser.post("/kiosk/ga-thu/follow", code=row.code)
        page = browser.get(f"/cases/{row.id}" if browser is lan else "/kiosk/ga-thu/follow/one").text
        found = re.search(pattern, page)
        assert found
        given = browser.get(found[0]).headers["Content-Disposition"]
        assert given.startswith("attachment")
        assert given.isascii() and "UTF-8''Bi%C3%AAn" in given


def test_whoever_looks_at_a_contact_is_on_record(two: Site, told: Told, lan: Browser) -> None:
    row = filed(two, told)
    with two.database.write() as session:
        kept = session.get_one(Feedback, row.id)
        travellers.leave_contact(
            session, two.home, kept, {"phone": "0912345678"}, {"answer": "Gọi."}, utcnow()
        )
    assert "0912345678" not in lan.get(f"/cases/{row.id}").text
    assert "0912345678" in lan.post(f"/cases/{row.id}/contact", f"/cases/{row.id}").text
    with two.database.read() as session:
        assert audit.entries(session, 1)[0].action == "saw a contact"


def test_a_case_is_given_only_to_who_may_deal_with_it(two: Site, told: Told, lan: Browser) -> None:
    row = filed(two, told)
    two.signed_in("minh", "operator", "ga-thu")
    two.signed_in("xa", "operator", "ga-khac")
    assert lan.post(f"/cases/{row.id}", act="assign", to="xa").status_code == 400
    assert lan.post(f"/cases/{row.id}", act="assign", to="minh").status_code == 303
    for page in ("/cases", f"/cases/{row.id}"):
        assert "Trực loa Thử" in lan.get(page).text


def test_a_case_is_found_by_the_code_that_a_traveller_reads_out(two: Site, told: Told, lan: Browser) -> None:
    row = filed(two, told)
    assert lan.get(f"/cases/find?code={written(row.code).lower()}").location == f"/cases/{row.id}"
    assert lan.get("/cases/find?code=GY").location == "/cases"


def test_a_call_for_help_stands_on_every_page_until_it_is_accepted(
    two: Site, told: Told, lan: Browser
) -> None:
    row = filed(two, told)
    with two.database.write() as session:
        session.get_one(Feedback, row.id).kind = "urgent"
    for page in ("/", "/on-air", "/cases", "/account"):
        assert "Có người cần giúp khẩn cấp ở Ga Thử" in lan.get(page).text
    assert "giúp khẩn cấp" not in two.signed_in("xa", "operator", "ga-khac").get("/").text
    assert "giúp khẩn cấp" not in two.browser().get("/").text
    lan.post(f"/cases/{row.id}", act="accept")
    assert "giúp khẩn cấp" not in lan.get("/").text


def test_reply_templates_are_written_used_and_removed(two: Site, told: Told, lan: Browser) -> None:
    row = filed(two, told)
    lan.post("/cases/replies", title="Cảm ơn", text="Cảm ơn quý khách đã góp ý.")
    assert 'data-reply="Cảm ơn quý khách đã góp ý."' in lan.get(f"/cases/{row.id}").text
    assert "Câu mẫu cần tên" in lan.get(lan.post("/cases/replies", title="", text="x").location).text
    found = re.search(r'name="remove" value="([^"]+)"', lan.get("/cases/replies").text)
    assert found
    lan.post("/cases/replies", remove=found[1])
    assert "Chưa có câu mẫu nào" in lan.get("/cases/replies").text


def test_what_travellers_write_is_shown_as_words(two: Site, told: Told, lan: Browser) -> None:
    row = filed(two, told, words="<img src=x onerror=alert(1)>")
    for page in ("/cases", f"/cases/{row.id}"):
        assert "<img src=x" not in lan.get(page).text


def test_figures_count_what_one_may_see(two: Site, told: Told, lan: Browser) -> None:
    for kind in ("report", "report", "praise"):
        filed(two, told, kind=kind)
    filed(two, told, at="ga-khac")
    assert "Số liệu góp ý" in lan.get("/cases/figures").text
    rows = list(csv.DictReader(io.StringIO(lan.get("/cases/figures.csv").text.removeprefix("\ufeff"))))
    assert [(row["Nơi"], row["Tổng số"], row["Phản ánh, kiến nghị"], row["Khen"]) for row in rows] == [
        ("Ga Thử", "3", "2", "1"),
        ("Tất cả", "3", "2", "1"),
    ]
    assert lan.get("/cases/figures.xlsx").data[:2] == b"PK"
    assert "chưa có góp ý nào" in lan.get("/cases/figures?first=01/01/2020&last=31/01/2020").text


def test_what_nobody_asks_for_is_refused(two: Site, told: Told, lan: Browser) -> None:
    row = filed(two, told)
    assert lan.post(f"/cases/{row.id}", act="burn").status_code == 400
    assert lan.get("/cases/nowhere").status_code == 404
    assert lan.get(f"/cases/{row.id}/files/nowhere").status_code == 404

"""The calendar of a station: what is seen, added, removed, refused and on record."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from schedules.core import audit, changes
from schedules.core.clock import local_date, utcnow
from schedules.models import CalendarException
from schedules.operations import calendar_of, get_station

Site = Any
Browser = Any
PAGE = "/stations/ga-thu/calendar"
TODAY = local_date(utcnow())
BASE = date(
    TODAY.year + 1, 6, 1
)  # the days of these tests are counted from here, so that no year ends between them


def typed(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def ahead(days: int) -> str:
    return typed(BASE + timedelta(days=days))


def add(head: Browser, act: str = "save", **fields: str) -> Any:
    given = {"kind": "closed", "first": ahead(3), "last": ahead(5), "note": "sửa mái"}
    return head.post(PAGE, **{**given, "act": act, **fields})


def kept(site: Site) -> list[tuple[str, date, date, str]]:
    with site.database.read() as session:
        rows = session.scalars(select(CalendarException).order_by(CalendarException.first))
        return [(row.kind, row.first, row.last, row.note) for row in rows]


def planned_again(site: Site) -> int:
    with site.database.read() as session:
        return changes.number(session, changes.SCHEDULES)


def on_record(site: Site) -> list[audit.AuditEntry]:
    with site.database.read() as session:
        return audit.entries(session, 5, {"actor": "truong"})


def test_days_are_added_seen_on_record_and_planned_anew(site: Site, head: Browser) -> None:
    before = planned_again(site)
    answer = add(head)
    assert answer.status_code == 303
    assert kept(site) == [("closed", BASE + timedelta(days=3), BASE + timedelta(days=5), "sửa mái")]
    assert planned_again(site) == before + 1
    entry = on_record(site)[0]
    assert (entry.action, entry.subject) == ("days added", "station ga-thu")
    assert (entry.after or {})["kind"] == "closed"
    page = head.get(answer.location).text
    assert f"Đã thêm: Đóng cửa, {ahead(3)} đến {ahead(5)}." in page
    assert page.count('<li class="closed') == 3
    assert "loại ngày: đóng cửa" in site.admin.get("/audit").text


def test_one_day_needs_no_last_day(site: Site, head: Browser) -> None:
    add(head, last="")
    assert kept(site)[0][1:3] == (BASE + timedelta(days=3),) * 2


def test_days_are_taken_away_again(site: Site, head: Browser) -> None:
    add(head)
    found = re.search(r'name="id" value="([^"]+)"', head.get(PAGE).text)
    assert found
    before = planned_again(site)
    answer = head.post(f"{PAGE}/remove", form_on=PAGE, id=found[1])
    assert answer.status_code == 303
    assert kept(site) == []
    assert planned_again(site) == before + 1
    assert on_record(site)[0].action == "days removed"
    assert (on_record(site)[0].before or {})["note"] == "sửa mái"
    assert head.post(f"{PAGE}/remove", form_on=PAGE, id=found[1]).status_code == 404


def test_a_preview_counts_the_first_day_and_saves_nothing(site: Site, head: Browser) -> None:
    page = add(head, act="preview").text
    assert "bây giờ lịch có 96 lượt, sau khi lưu còn <strong>0 lượt</strong>" in page
    assert 'value="sửa mái"' in page
    assert kept(site) == []


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"first": ahead(5), "last": ahead(3)}, "Ngày cuối: ngày cuối đứng trước ngày đầu."),
        ({"first": "", "last": ""}, "Ngày đầu: ghi ngày, tháng, năm"),
        ({"first": "31/02/2027"}, "Ngày đầu: ghi ngày, tháng, năm"),
        ({"last": "mai"}, "Ngày cuối: ghi ngày, tháng, năm"),
        ({"first": "1" * 5000}, "Ngày đầu: ghi ngày, tháng, năm"),
        (
            {"first": typed(TODAY - timedelta(days=2)), "last": typed(TODAY - timedelta(days=1))},
            "Những ngày này đã qua",
        ),
        ({"first": "01/01/0026", "last": "02/01/0026"}, "Những ngày này đã qua"),
        ({"first": "01/01/0026"}, "dài quá một năm"),
        ({"first": "01/01/9999", "last": "02/01/9999"}, "xa quá năm năm"),
        ({"kind": "party"}, "Loại ngày: hãy chọn một loại"),
        ({"note": "a" * 201}, "Ghi chú: dài nhất 200 ký tự."),
        ({"note": "sửa \u202emái"}, "Ghi chú: có ký tự ẩn"),
        ({"note": "sửa\u200bmái"}, "Ghi chú: có ký tự ẩn"),
    ],
)
@pytest.mark.parametrize("act", ["save", "preview"])
def test_what_is_wrong_is_said_with_its_field_and_nothing_is_saved(
    site: Site, head: Browser, act: str, fields: dict[str, str], sentence: str
) -> None:
    answer = add(head, act, **fields)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert kept(site) == []


@pytest.mark.parametrize(
    "first, second", [("holiday", "working"), ("working", "holiday"), ("closed", "closed")]
)
def test_days_that_contradict_or_repeat_others_are_refused(
    site: Site, head: Browser, first: str, second: str
) -> None:
    add(head, kind=first)
    answer = add(head, kind=second, first=ahead(5), last=ahead(9))
    assert answer.status_code == 400
    assert f"{ahead(3)} đến {ahead(5)}. Hãy bỏ những ngày ấy trước." in answer.text
    assert len(kept(site)) == 1


@pytest.mark.parametrize("second", ["holiday", "working"])
def test_a_station_may_be_closed_on_a_holiday_or_a_working_day(
    site: Site, head: Browser, second: str
) -> None:
    add(head)
    assert add(head, kind=second).status_code == 303


def test_days_beside_each_other_do_not_clash(site: Site, head: Browser) -> None:
    add(head)
    assert add(head, first=ahead(6), last=ahead(7)).status_code == 303


def test_what_is_typed_is_no_markup(site: Site, head: Browser) -> None:
    add(head, note="<script>x</script>")
    page = head.get(PAGE).text
    assert "&lt;script&gt;x" in page
    assert "<script>x" not in page


def test_both_years_show_their_holidays_with_their_source(head: Browser) -> None:
    for year in (TODAY.year, TODAY.year + 1):
        page = head.get(f"{PAGE}?year={year}").text
        assert f"Ngày lễ cả nước năm {year}" in page
        assert "Ngày Chiến thắng" in page
        assert "Điều 112" in page
        assert '<span class="tag">cần đối chiếu</span>' in page
    assert f'<h2 id="year">Năm {TODAY.year}<' in head.get(f"{PAGE}?year=1200").text


def test_another_stations_head_neither_sees_nor_adds_nor_takes_away(
    site: Site, head: Browser, stranger: Browser
) -> None:
    add(head)
    with site.database.read() as session:
        id = session.scalars(select(CalendarException.id)).one()
    assert stranger.get(PAGE).status_code == 403
    assert (
        stranger.post(PAGE, form_on="/account", kind="closed", first=ahead(9), act="save").status_code == 403
    )
    assert stranger.post(f"{PAGE}/remove", form_on="/account", id=id).status_code == 403
    own = "/stations/ga-khac/calendar"
    assert stranger.post(f"{own}/remove", form_on=own, id=id).status_code == 404
    assert len(kept(site)) == 1


def test_who_may_only_see_gets_no_form(site: Site, head: Browser) -> None:
    add(head)
    page = site.signed_in("bien-tap", "editor", "ga-thu").get(PAGE).text
    assert "sửa mái" in page
    assert 'name="first"' not in page
    assert "Bỏ<" not in page


def test_the_schedules_follow_what_was_added(site: Site, head: Browser) -> None:
    add(head, kind="holiday", note="Lễ hội")
    with site.database.read() as session:
        calendar = calendar_of(session, get_station(session, "ga-thu"))
    assert [period.note for period in calendar.holiday] == ["Lễ hội"]

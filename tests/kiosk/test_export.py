"""The log as a spreadsheet gets it: every row, every word as it was, and no formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from announcer.models import Playout
from kiosk.home.export import COLUMNS
from schedules.core.clock import utcnow
from schedules.core.ids import new_id

Site = Any


def log(site: Site, count: int = 1, **values: Any) -> None:
    now = utcnow()
    row = {
        "zone": "sanh", "title": "Xếp hàng", "text": "Xin xếp hàng.", "priority": 0, "planned_at": now,
        "result": "played", "final": True,
    }  # fmt: skip
    rows = [{**row, "logged_at": now - timedelta(seconds=n), **values, "id": new_id()} for n in range(count)]
    with site.database.write() as session:
        session.execute(insert(Playout), rows)


def as_csv(site: Site, query: str = "") -> list[dict[str, str]]:
    answer = site.signed_in("lan", "operator").get(f"/log.csv{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=nhat-ky-")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_every_row_is_there_with_names_for_people(site: Site) -> None:
    log(site, 1201)
    rows = as_csv(site)
    assert len(rows) == 1201
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0]["Khu vực"] == "sanh, Ga Thử"
    assert rows[0]["Kết quả"] == "đã phát"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", rows[0]["Dự kiến"])


def test_the_choices_of_the_page_count(site: Site) -> None:
    log(site, 3)
    log(site, 2, result="failed", reason_code="voice", zone="ke-1")
    assert len(as_csv(site, "?result=problems")) == 2
    rows = csv.DictReader(io.StringIO(site.admin.get("/log.csv?zone=ke-1").data.decode("utf-8-sig")))
    assert {row["Lý do"] for row in rows} == {"Giọng đọc gặp lỗi."}


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_what_looks_like_a_formula_is_text(site: Site, title: str) -> None:
    log(site, title=title)
    assert as_csv(site)[0]["Nội dung"] == f"'{title}"


def test_words_with_quotes_commas_and_lines_come_back_as_they_were(site: Site) -> None:
    log(site, text='Nói: "a, b"\nc; ễ ự ỡ Ắ')
    assert as_csv(site)[0]["Lời phát"] == 'Nói: "a, b"\nc; ễ ự ỡ Ắ'


def test_excel_gets_the_same_rows_as_text(site: Site) -> None:
    log(site, 3, title="=HYPERLINK(1)")
    answer = site.admin.get("/log.xlsx")
    book = zipfile.ZipFile(io.BytesIO(answer.data))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 4
    assert "<f>" not in sheet
    assert "=HYPERLINK(1)" in sheet
    assert "Kết quả" in sheet


def test_an_empty_log_is_a_table_without_rows(site: Site) -> None:
    assert as_csv(site) == []
    assert site.admin.get("/log.xlsx").status_code == 200


def test_only_those_who_may_see_are_offered_the_files(site: Site) -> None:
    log(site)
    assert "/log.csv" in site.admin.get("/log").text
    assert "/log.csv" not in site.browser().get("/log").text

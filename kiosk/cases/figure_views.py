"""The figures of feedback on a page that prints, and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request
from xlsxwriter import Workbook

from kiosk.accounts.guard import needs, someone
from kiosk.accounts.roles import Right
from kiosk.cases import access
from kiosk.cases.figures import Figures, Line, Speed, figures
from kiosk.cases.ties import ties
from kiosk.cases.timing import Limits
from kiosk.feedback import words
from kiosk.home.export import harmless
from kiosk.language.times import day_from
from kiosk.language.words import gettext, tenths
from kiosk.transactions import reading
from schedules.core.clock import local_date, utcnow

case_figures = Blueprint("case_figures", __name__, template_folder="templates")

USUALLY = 30  # days
LONGEST = 400
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@case_figures.get("/cases/figures")
@needs(Right.HANDLE)
def page() -> str:
    found, at = _found(), request.args.get("station", "")
    with reading() as session:
        own = access.stations(session, someone())
        return render_template(
            "cases/figures.html",
            page="cases",
            found=found,
            stations=own,
            station=at,
            ties=ties(session, found, [one for one in own if at in ("", one.key)]),
            busiest=max(found.days.values(), default=0) or 1,
            hours=_hours,
            kinds=words.KINDS,
            moods=words.MOODS,
            topics=words.TOPICS,
        )


@case_figures.get("/cases/figures.csv")
@needs(Right.HANDLE)
def as_csv() -> Response:
    text = io.StringIO("\ufeff")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    found = _found()
    for row in _table(found):
        writer.writerow([harmless(str(cell)) for cell in row])
    return _file(text.getvalue().encode(), "text/csv", f"gop-y-{found.first}-{found.last}.csv")


@case_figures.get("/cases/figures.xlsx")
@needs(Right.HANDLE)
def as_xlsx() -> Response:
    found = _found()
    with tempfile.TemporaryFile() as file:
        with Workbook(file, {"in_memory": True}) as book:
            sheet = book.add_worksheet(gettext("Hộp góp ý"))
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, 30, 18)
            for number, row in enumerate(_table(found)):
                for column, cell in enumerate(row):
                    write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                    write(number, column, cell)
        file.seek(0)
        return _file(file.read(), XLSX, f"gop-y-{found.first}-{found.last}.xlsx")


def _found() -> Figures:
    first, last = _period()
    with reading() as session:
        limits = Limits.of(current_app.extensions["settings"])
        return figures(session, someone(), first, last, limits, request.args.get("station", ""))


def _period() -> tuple[date, date]:
    """The days asked for; the last thirty unless they make sense."""
    today = local_date(utcnow())
    last = day_from(request.args.get("last", "")) or today
    first = day_from(request.args.get("first", "")) or last - timedelta(days=USUALLY - 1)
    sensible = first <= last and (last - first).days < LONGEST
    return (first, last) if sensible else (today - timedelta(days=USUALLY - 1), today)


def _table(found: Figures) -> Iterator[list[Any]]:
    yield [
        gettext("Nơi"), gettext("Tổng số"), *words.MOODS.values(), *words.KINDS.values(), gettext("Đang xử lý"),
        gettext("Đã tiếp nhận"), gettext("Đúng hạn tiếp nhận"), gettext("Giờ làm việc đến tiếp nhận (trung vị)"),
        gettext("Đã trả lời"), gettext("Đúng hạn trả lời"), gettext("Giờ làm việc đến trả lời (trung vị)"),
        gettext("Khách hài lòng"), gettext("Khách chưa hài lòng"),
    ]  # fmt: skip
    for line in (*found.stations, found.total):
        yield _row(line)


def _row(line: Line) -> list[Any]:
    return [
        line.name or gettext("Tất cả"), line.total,
        *(line.moods.get(mood, 0) for mood in words.MOODS), *(line.kinds.get(kind, 0) for kind in words.KINDS),
        line.open, *_speed(line.accepted), *_speed(line.answered), line.satisfied, line.unsatisfied,
    ]  # fmt: skip


def _speed(speed: Speed) -> list[Any]:
    return [speed.count, speed.in_time, "" if speed.median_hours is None else round(speed.median_hours, 1)]


def _hours(speed: Speed) -> str:
    return "–" if speed.median_hours is None else tenths(speed.median_hours)


def _file(data: bytes, kind: str, name: str) -> Response:
    response = make_response(data)
    response.mimetype = kind
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response

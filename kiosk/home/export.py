"""The log as a table for a spreadsheet: the rows that the page's choices name, all of them, newest first."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import IO

from xlsxwriter import Workbook

from announcer.models import Playout
from kiosk.language.words import gettext, said
from kiosk.station_words import PRIORITIES, STATES, reason
from schedules.core.clock import to_local

AT_ONCE = 500  # rows
MOST_ROWS = 1_000_000  # of a worksheet, which has room for few more
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = Callable[[Playout, Mapping[str, str]], str]


def _moment(moment: datetime | None) -> str:
    """As spreadsheets sort it: 2026-11-24 07:30:05, in Hà Nội."""
    return f"{to_local(moment):%Y-%m-%d %H:%M:%S}" if moment else ""


COLUMNS: dict[str, Cell] = {
    "Dự kiến": lambda row, _: _moment(row.planned_at),
    "Bắt đầu": lambda row, _: _moment(row.started_at),
    "Kết thúc": lambda row, _: _moment(row.ended_at),
    "Khu vực": lambda row, zones: zones.get(row.zone, row.zone),
    "Nội dung": lambda row, _: row.title,
    "Lời phát": lambda row, _: row.text,
    "Mức ưu tiên": lambda row, _: PRIORITIES[row.priority],
    "Kết quả": lambda row, _: STATES.get(row.result, row.result),
    "Lý do": lambda row, _: reason(row.reason_code, row.reason),
    "Chi tiết": lambda row, _: row.reason,
    "Giọng đọc": lambda row, _: row.voice,
    "Người yêu cầu": lambda row, _: row.requested_by,
    "Kết quả cuối": lambda row, _: gettext("có") if row.final else gettext("chưa"),
}


def as_csv(rows: Iterator[Playout], zones: Mapping[str, str]) -> Iterator[str]:
    """In pieces. It begins with a byte order mark, without which Excel takes Vietnamese letters for others."""
    text = io.StringIO()
    writer = csv.writer(text)
    text.write("\ufeff")
    writer.writerow(map(said, COLUMNS))
    for number, row in enumerate(rows, start=1):
        writer.writerow([harmless(cell(row, zones)) for cell in COLUMNS.values()])
        if number % AT_ONCE == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def write_xlsx(file: IO[bytes], rows: Iterator[Playout], zones: Mapping[str, str]) -> None:
    """Everything is text, so that nothing is reckoned with. Rows go to the disk as they come."""
    with Workbook(file, {"constant_memory": True, "in_memory": False}) as book:
        sheet = book.add_worksheet(gettext("Nhật ký"))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(COLUMNS) - 1, 20)
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, said(name), book.add_format({"bold": True}))
        for number, row in zip(range(1, MOST_ROWS), rows, strict=False):
            for column, cell in enumerate(COLUMNS.values()):
                sheet.write_string(number, column, cell(row, zones))


def harmless(text: str) -> str:
    """A spreadsheet would take what begins like a formula for one."""
    return f"'{text}" if text.startswith(FORMULA) else text

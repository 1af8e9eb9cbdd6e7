"""Forms as people fill them, and what is left in a station's tables after somebody sent something strange."""

from __future__ import annotations

from typing import Any

from sites import Browser, Site
from sqlalchemy import select
from werkzeug.test import TestResponse

from schedules.core.ids import new_id
from schedules.core.tables import Base

MESSAGE = {
    "title": "Nhà vệ sinh",
    "category": "service",
    "chime": "none",
    "text-vi": "Ở bên trái.",
    "act": "save",
}
SENTENCE = {
    "station": "ga-thu", "when": "lúc 7h30", "message": "xep-hang", "weight": "1", "zone": "sanh", "priority": "normal",
    "repeats": "1", "expires": "10", "gap": "0", "act": "save",
}  # fmt: skip


def kept(site: Site) -> dict[str, list[Any]]:
    """Every row of the station, but for who was here when."""
    tables = [one for one in Base.metadata.sorted_tables if one.name not in ("sign_ins", "sign_in_failures")]
    with site.database.read() as session:
        return {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}


def speak(browser: Browser, path: str = "/speak/text", **fields: Any) -> TestResponse:
    given = {"id": new_id(), "text": "Xin chào.", "language": "vi", "priority": "normal", "repeats": "1"}
    return browser.post(path, **(given | {"zone": "sanh", "act": "speak"} | fields))

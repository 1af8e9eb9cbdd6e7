"""Writing a good example, publishing it, taking it back. They flush; the caller commits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk import typing
from kiosk.commendations.models import GoodExample
from kiosk.commendations.words import FORMS, STATUTORY
from kiosk.language.times import day_from
from schedules.core import audit
from schedules.core.clock import local_date
from schedules.core.errors import UserError
from schedules.models import Station

LONGEST = {"person": 80, "title": 80, "issuer": 120}
LONGEST_STORY = 1500


class Unclear(UserError):
    """``code`` is one of words.MISTAKES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def shown(session: Session, station: Station) -> list[GoodExample]:
    """Those that travellers of a station read, the latest first."""
    query = select(GoodExample).where(
        GoodExample.station_id == station.id, GoodExample.published_at.is_not(None)
    )
    return list(session.scalars(query.order_by(GoodExample.honoured_on.desc(), GoodExample.id.desc())))


def write(
    session: Session,
    row: GoodExample | None,
    station: Station,
    typed: Mapping[str, str],
    by: str,
    now: datetime,
    feedback_id: str | None = None,
) -> GoodExample:
    """A new one, or ``row`` anew: it is then published again before anybody reads it. Raises Unclear."""
    fields = _fields(typed, local_date(now))
    if row is None:
        row = GoodExample(
            station_id=station.id, feedback_id=feedback_id, **fields, written_by=by, written_at=now
        )
        session.add(row)
    else:
        for name, value in fields.items():
            setattr(row, name, value)
        row.written_by, row.written_at, row.published_at, row.published_by = by, now, None, ""
    session.flush()
    audit.record(session, by, "wrote a good example", _subject(row), now, after={"title": row.title})
    return row


def publish(session: Session, row: GoodExample, by: str, now: datetime) -> None:
    """Raises Unclear where whoever is named has not agreed."""
    if not row.agreed:
        raise Unclear("agreed")
    if row.published_at is None:
        row.published_at, row.published_by = now, by
        audit.record(session, by, "published a good example", _subject(row), now, after={"title": row.title})


def take_back(session: Session, row: GoodExample, by: str, now: datetime) -> None:
    if row.published_at:
        row.published_at, row.published_by = None, ""
        audit.record(session, by, "took a good example back", _subject(row), now, before={"title": row.title})


def _fields(typed: Mapping[str, str], today: date) -> dict[str, object]:
    lines = {name: typing.line(typed.get(name, "")[:1000]) for name in LONGEST}
    for name in ("person", "title"):
        if not 1 <= len(lines[name]) <= LONGEST[name]:
            raise Unclear(name)
    story = typing.lines(typed.get("story", "")[: 2 * LONGEST_STORY])
    if not 1 <= len(story) <= LONGEST_STORY:
        raise Unclear("story")
    form, day = typed.get("form", ""), day_from(typed.get("honoured_on", ""))
    if form not in FORMS:
        raise Unclear("form")
    if len(lines["issuer"]) > LONGEST["issuer"] or (form in STATUTORY and not lines["issuer"]):
        raise Unclear("issuer")
    if day is None or day > today:
        raise Unclear("date")
    return {**lines, "story": story, "form": form, "honoured_on": day, "agreed": "agreed" in typed}


def _subject(row: GoodExample) -> str:
    return f"example {row.id}"

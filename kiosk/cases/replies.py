"""Replies that are needed again and again, kept by those who answer: a beginning, to be completed each time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk import typing
from schedules.core import audit
from schedules.core.errors import UserError
from schedules.core.ids import new_id
from schedules.core.tables import Base

LONGEST_TITLE, LONGEST_TEXT = 80, 2000


class Reply(Base):
    __tablename__ = "feedback_replies"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    title: Mapped[str]
    text: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]


class Unclear(UserError):
    """It has no title or no words, or too many."""


def replies(session: Session) -> list[Reply]:
    return list(session.scalars(select(Reply).order_by(Reply.title)))


def write(session: Session, title: str, text: str, by: str, now: datetime) -> Reply:
    """Raises Unclear."""
    title, text = typing.line(title[:500]), typing.lines(text[: 2 * LONGEST_TEXT])
    if not 1 <= len(title) <= LONGEST_TITLE or not 1 <= len(text) <= LONGEST_TEXT:
        raise Unclear("A reply has a title of up to 80 characters and up to 2000 of text.")
    made = Reply(title=title, text=text, made_by=by, made_at=now)
    session.add(made)
    session.flush()
    audit.record(session, by, "wrote a reply template", f"template {made.id}", now, after={"title": title})
    return made


def remove(session: Session, id: str, by: str, now: datetime) -> None:
    """Nothing happens where it is gone already."""
    found = session.get(Reply, id)
    if found:
        session.delete(found)
        audit.record(
            session, by, "removed a reply template", f"template {id}", now, before={"title": found.title}
        )

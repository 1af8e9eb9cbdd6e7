"""Which codes of conduct hold at a place on a day: what staff loaded, else what came with the programme.

An edition is a whole code as it was loaded, kept for good. Where a newer one of the same key holds on a day, the older holds
no longer; so an official text replaces ours, and a correction a mistake, without losing what was shown before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kiosk.rules.codes import Code, Rule, built_in
from schedules.core import audit
from schedules.core.ids import new_id
from schedules.core.tables import Base


class Edition(Base):
    """``document`` is a Code as data; ``source`` names the file it came in."""

    __tablename__ = "conduct_editions"
    __table_args__ = (Index("ix_conduct_editions_code", "code", "loaded_at"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[str]
    loaded_at: Mapped[datetime]
    loaded_by: Mapped[str]


def load(session: Session, codes: Sequence[Code], source: str, actor: str, now: datetime) -> list[Edition]:
    """Keep each code as the newest edition of its key; one that says what the newest says already is passed over."""
    added = []
    for code in codes:
        document, newest = code.model_dump(mode="json"), _newest(session, code.key)
        if newest is not None and newest.document == document:
            continue
        edition = Edition(code=code.key, document=document, source=source, loaded_at=now, loaded_by=actor)
        session.add(edition)
        before = {"edition": newest.id, "source": newest.source} if newest else None
        session.flush()
        after = {"edition": edition.id, "source": source, "rules": len(code.rules)}
        audit.record(session, actor, "loaded", f"code {code.key}", now, before=before, after=after)
        added.append(edition)
    return added


def editions(session: Session) -> list[Edition]:
    """All that were ever loaded, the newest first."""
    return list(session.scalars(select(Edition).order_by(Edition.loaded_at.desc(), Edition.id.desc())))


def in_force(session: Session, day: date) -> list[Code]:
    """One code of each key: the newest that holds on ``day``; those of the programme first, in their order."""
    found = {code.key: code for code in built_in() if _holds(code, day)}
    for edition in reversed(editions(session)):
        code = Code.model_validate(edition.document)
        if _holds(code, day):
            found[code.key] = code
    return list(found.values())


def of_place(code: Code, kind: str) -> list[Rule]:
    """The code's rules for a kind of place: first those about it, then those for every place."""
    about = [rule for rule in code.rules if kind in rule.places]
    return about + [rule for rule in code.rules if not rule.places]


def _holds(code: Code, day: date) -> bool:
    return code.valid_from <= day and (code.valid_to is None or day <= code.valid_to)


def _newest(session: Session, key: str) -> Edition | None:
    query = select(Edition).where(Edition.code == key)
    return session.scalar(query.order_by(Edition.loaded_at.desc(), Edition.id.desc()).limit(1))

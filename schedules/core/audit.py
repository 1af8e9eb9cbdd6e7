"""Who did what, with what it was before and after: a log that only grows.

Each entry is sealed with a SHA-256 over itself and the seal before it, so that a change, a gap or a new order anywhere
shows. The end of the chain cannot vouch for itself: a head (number and seal) that was kept outside the database does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from schedules.core.tables import Base

BEGINNING = "0" * 64
AT_ONCE = 1000  # rows


class AuditEntry(Base):
    """``actor`` is a person's sign-in name, or "console:NAME" for commands. ``before`` and ``after`` hold no secrets."""

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    previous: Mapped[str]
    seal: Mapped[str]


@dataclass(frozen=True)
class Head:
    """The last entry of a chain: its number (0: none yet) and its seal."""

    number: int = 0
    seal: str = BEGINNING

    def __str__(self) -> str:
        return f"{self.number}:{self.seal}"


def record(
    session: Session,
    actor: str,
    action: str,
    subject: str,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add an entry, in the transaction that did what it tells of."""
    last = head(session)
    entry = AuditEntry(
        number=last.number + 1, at=now, actor=actor, action=action, subject=subject,
        before=before, after=after, previous=last.seal,
    )  # fmt: skip
    entry.seal = seal_of(entry)
    session.add(entry)
    session.flush()
    return entry


def head(session: Session) -> Head:
    query = select(AuditEntry.number, AuditEntry.seal).order_by(AuditEntry.number.desc()).limit(1)
    row = session.execute(query).first()
    return Head(row.number, row.seal) if row else Head()


def seal_of(entry: AuditEntry) -> str:
    told = [
        entry.number, entry.at.astimezone(UTC).isoformat(), entry.actor, entry.action, entry.subject,
        entry.before, entry.after, entry.previous,
    ]  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def faults(session: Session, kept: Head = Head()) -> Iterator[str]:
    """One sentence for each entry that is not as it was written. ``kept``: a head from before, which must be in the chain."""
    last, kept_found = Head(), kept == Head()
    query = select(AuditEntry).order_by(AuditEntry.number)
    for entry in session.scalars(query.execution_options(yield_per=AT_ONCE)):
        if entry.number != last.number + 1:
            yield f"Between entries {last.number} and {entry.number} something is missing."
        if entry.seal != seal_of(entry):
            yield f"Entry {entry.number} was changed after it was written."
        elif entry.number == last.number + 1 and entry.previous != last.seal:
            yield f"Entry {entry.number} does not follow the entry before it."
        kept_found = kept_found or (entry.number, entry.seal) == (kept.number, kept.seal)
        last = Head(entry.number, entry.seal)
    if not kept_found:
        yield f"Entry {kept.number} is not the one whose seal was kept: the log was shortened or written anew."


def entries(
    session: Session,
    limit: int,
    about: Mapping[str, str] | None = None,
    before: int | None = None,
    without: Collection[str] = (),
) -> list[AuditEntry]:
    """The newest first. ``about`` names columns and what they must be; ``before`` is the number of an entry; ``without`` are
    actions to leave out.
    """
    query = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditEntry.number < before)
    if without:
        query = query.where(AuditEntry.action.not_in(without))
    return list(session.scalars(query.filter_by(**(about or {}))))

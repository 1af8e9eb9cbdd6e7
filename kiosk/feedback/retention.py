"""What is no longer needed goes, for good: where it came from after a day, how to reach somebody some days after the answer, and in
the end all that anybody wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from kiosk.accounts.models import NOBODY
from kiosk.feedback import operations, own_data
from kiosk.feedback.kinds import RESTRICTED
from kiosk.feedback.models import UNDER_WAY, Contact, Feedback
from kiosk.settings import CONTACT_DAYS, KEEP_DAYS, RESTRICTED_DAYS
from schedules.core import audit
from schedules.core.database import Database
from schedules.core.settings import Settings

EVERY = timedelta(hours=1)
AT_ONCE = 200  # cases in one transaction: nobody waits for the write lock meanwhile
DEVICE_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """How long."""

    ordinary: timedelta
    restricted: timedelta
    contact: timedelta

    @classmethod
    def of(cls, settings: Settings) -> Kept:
        days = (settings.get(one) for one in (KEEP_DAYS, RESTRICTED_DAYS, CONTACT_DAYS))
        return cls(*(timedelta(days=one) for one in days))


def tidy(database: Database, kept: Kept, now: datetime) -> int:
    """Returns how many pieces of feedback were erased."""
    with database.write() as session:
        _forget_devices(session, now)
        _forget_contacts(session, kept, now)
        erased = _erase(session, kept, now)
    if erased and database.url.get_backend_name() == "sqlite":
        with database.engine.connect() as connection:  # or its journal would still hold what was overwritten
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return erased


def _forget_devices(session: Session, now: datetime) -> None:
    old = Feedback.device != "", Feedback.received_at < now - DEVICE_FOR
    session.execute(update(Feedback).where(*old).values(device=""))


def _forget_contacts(session: Session, kept: Kept, now: datetime) -> None:
    over = Feedback.state.not_in(UNDER_WAY), Feedback.told_at < now - kept.contact
    answered = or_(Feedback.answered_at.is_(None), Feedback.answered_at < now - kept.contact)
    for row in session.scalars(select(Feedback).join(Contact).where(*over, answered)):
        operations.withdraw(session, row, [one.purpose for one in operations.standing(row)], now)


def _erase(session: Session, kept: Kept, now: datetime) -> int:
    rows = _old(session, kept, now)
    for row in rows:
        own_data.erase(session, row)
    if rows:
        audit.record(session, NOBODY, "erased feedback", "feedback -", now, after={"count": len(rows)})
    return len(rows)


def _old(session: Session, kept: Kept, now: datetime) -> Sequence[Feedback]:
    """What is under way is never old; what holds nothing any more was erased before."""
    restricted = Feedback.kind.in_(RESTRICTED)
    old = or_(
        and_(restricted, Feedback.told_at < now - kept.restricted),
        and_(~restricted, Feedback.told_at < now - kept.ordinary),
    )
    something = or_(Feedback.words != "", Feedback.steps.any(), Feedback.files.any())
    query = select(Feedback).where(old, something, Feedback.state.not_in(UNDER_WAY))
    return session.scalars(query.order_by(Feedback.received_at).limit(AT_ONCE)).all()

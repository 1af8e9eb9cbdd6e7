"""Feedback that comes too often from one place, says the same again, or looks like an advertisement: it is marked for the staff,
and kept like all other.

Where it came from is kept only as a number that changes every day and cannot be turned back into an address.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.feedback.models import Feedback
from kiosk.keys import key

KEY = "devices"
WITHIN = timedelta(minutes=10)
OFTEN = 30  # from one place within that time: more than a queue at a kiosk taps
MOST = 2000  # more than any crowd: then the next are asked to wait, so that the disk does not fill up
FLOOD, AGAIN, LINK = "flood", "again", "link"


def device(home: Path, address: str, day: date) -> str:
    """16 hexadecimal digits that stand for an address on one day."""
    return hmac.new(key(home, KEY), f"{day} {address}".encode(), hashlib.sha256).hexdigest()[:16]


def overflows(session: Session, device: str, now: datetime) -> bool:
    """Whether so much came from one place that no more is taken for now."""
    return _lately(session, device, now) >= MOST


def flags(session: Session, row: Feedback, now: datetime) -> list[str]:
    """What is odd about it, by the names above."""
    return list(_odd(session, row, now))


def _odd(session: Session, row: Feedback, now: datetime) -> Iterator[str]:
    same = (
        select(func.count()).select_from(Feedback).where(Feedback.device == row.device, Feedback.id != row.id)
    )
    if (session.scalar(same.where(Feedback.received_at > now - WITHIN)) or 0) >= OFTEN:
        yield FLOOD
    if row.words and session.scalar(same.where(Feedback.words == row.words)):
        yield AGAIN
    if re.search(r"https?://|www\.", row.words, re.IGNORECASE):
        yield LINK


def _lately(session: Session, device: str, now: datetime) -> int:
    query = select(func.count()).select_from(Feedback)
    return session.scalar(query.where(Feedback.device == device, Feedback.received_at > now - WITHIN)) or 0

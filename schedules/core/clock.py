"""Time: stored in UTC, shown in Hà Nội.

Functions about time take ``now`` as an argument; only the outermost callers (a command, a daemon's turn, a request) ask
:func:`utcnow`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def utcnow() -> datetime:
    return datetime.now(UTC)


def to_local(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL)


def local_date(moment: datetime) -> date:
    return to_local(moment).date()


def at_local(day: date, clock: time) -> datetime:
    """That time of day in Hà Nội, as UTC."""
    return datetime.combine(day, clock, LOCAL).astimezone(UTC)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """First moment of the local day and of the next one, as UTC."""
    return at_local(day, time()), at_local(day + timedelta(days=1), time())


def iso_local(moment: datetime | None) -> str | None:
    """2026-11-24T07:30:00+07:00, for people and files."""
    return None if moment is None else to_local(moment).isoformat(timespec="milliseconds")

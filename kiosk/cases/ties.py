"""What belongs to a rule of conduct: how often it was looked at, said over the loudspeakers, and what travellers said about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from announcer.models import Announcement, Playout
from kiosk.cases.figures import Figures
from kiosk.remembered import Memory
from kiosk.rules import editions
from kiosk.rules.looked_at import looks
from schedules.core.clock import day_bounds, local_date, utcnow
from schedules.models import Message, Station

MOST_REMEMBERED = 2000  # days of one choice of stations each, some hundred bytes


@dataclass(frozen=True)
class Tie:
    """``title`` by language; ``key`` is "cong-cong/xep-hang"."""

    key: str
    title: dict[str, str]
    looked: int
    said: int
    feedback: int


def ties(session: Session, found: Figures, stations: Sequence[Station]) -> list[Tie]:
    """Every rule in force at the end of the time, those that matter most first; rules of which nothing is to be told are left out."""
    looked = looks(session, found.first, found.last, [one.id for one in stations])
    said = _said(session, found, stations)
    rows = [
        Tie(key, rule.title, looked.get(key, 0), said[key], found.rules.get(key, 0))
        for code in editions.in_force(session, found.last)
        for rule in code.rules
        for key in [f"{code.key}/{rule.key}"]
    ]
    told = [row for row in rows if row.looked or row.said or row.feedback]
    return sorted(told, key=lambda row: (-row.feedback, -row.looked, -row.said))


def _said(session: Session, found: Figures, stations: Sequence[Station]) -> Counter[str]:
    """How often messages that serve a rule were heard to their end, each zone by itself."""
    rules = {
        id: rule["key"]
        for id, rule in session.execute(select(Message.id, Message.rule).where(Message.rule.is_not(None)))
        if rule and rule.get("key")
    }
    zones = frozenset(zone.key for station in stations for zone in station.zones)
    counted: Counter[str] = Counter()
    for number in range((found.last - found.first).days + 1):
        for message, count in _on(session, found.first + timedelta(days=number), zones).items():
            if message in rules:
                counted[rules[message]] += count
    return counted


_days: Memory[dict[str, int]] = Memory(MOST_REMEMBERED)


def _on(session: Session, day: date, zones: frozenset[str]) -> dict[str, int]:
    """How often each message was heard on a day. The log of a day that is over never changes, so it is read once."""
    over = day < local_date(utcnow())
    key = session.get_bind(), day, zones
    kept = _days.find(key, over) if over else None
    if kept is None:
        kept = _count(session, day, zones)
        _days.keep(key, over, kept)
    return kept


def _count(session: Session, day: date, zones: frozenset[str]) -> dict[str, int]:
    start, end = day_bounds(day)
    query = (
        select(Announcement.message_id, func.count())
        .join(Playout, Playout.announcement_id == Announcement.id)
        .where(
            Playout.result == "played",
            Playout.logged_at >= start,
            Playout.logged_at < end,
            Playout.zone.in_(zones),
            Announcement.message_id.is_not(None),
        )
        .group_by(Announcement.message_id)
    )
    return {str(message): count for message, count in session.execute(query)}

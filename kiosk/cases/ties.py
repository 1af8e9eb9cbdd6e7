"""What belongs to a rule of conduct: how often it was looked at, said over the loudspeakers, and what travellers said about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from announcer.models import Announcement, Playout
from kiosk.cases.figures import Figures
from kiosk.rules import editions
from kiosk.rules.looked_at import looks
from schedules.core.clock import day_bounds
from schedules.models import Message, Station


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
    zones = [zone.key for station in stations for zone in station.zones]
    query = (
        select(Announcement.message_id, func.count())
        .join(Playout, Playout.announcement_id == Announcement.id)
        .where(
            Announcement.message_id.in_(rules),
            Playout.result == "played",
            Playout.logged_at >= day_bounds(found.first)[0],
            Playout.logged_at < day_bounds(found.last)[1],
            Playout.zone.in_(zones),
        )
        .group_by(Announcement.message_id)
    )
    counted: Counter[str] = Counter()
    for message, count in session.execute(query):
        counted[rules[message]] += count
    return counted

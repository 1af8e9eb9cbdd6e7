"""How often what serves a rule was heard: each day counted once, today always anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from announcer.models import Announcement, Playout
from kiosk.accounts.roles import Granted
from kiosk.accounts.signing_in import Person
from kiosk.cases.figures import figures
from kiosk.cases.ties import ties
from kiosk.cases.timing import Limits
from schedules.core.clock import local_date, utcnow
from schedules.core.settings import Settings
from schedules.models import Message, Zone
from schedules.operations import all_stations

Site = Any
LAN = Person("lan", "Lan Thử", frozenset({Granted("reception")}))
RULE = "cong-cong/xep-hang"


def heard(site: Site, days_ago: int, result: str = "played", zone: str = "sanh") -> None:
    """The message about queuing, in one zone."""
    at = utcnow() - timedelta(days=days_ago)
    with site.database.write() as session:
        message = session.scalars(select(Message).where(Message.key == "xep-hang")).one()
        message.rule = {"key": RULE}
        place = session.scalars(select(Zone).where(Zone.key == zone)).one()
        row = Announcement(
            zone_id=place.id, message_id=message.id, title="Xếp hàng", category="conduct", priority=0, level=3, script={}, accepted_at=at,
            due_at=at, not_before=at, expires_at=at, state="ended",
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add(
            Playout(
                announcement_id=row.id, zone=zone, title="Xếp hàng", text="Xin xếp hàng.", priority=0, planned_at=at, logged_at=at,
                result=result, final=True,
            )
        )  # fmt: skip


def said(site: Site, first: date, last: date, station: str = "ga-thu") -> int:
    with site.database.read() as session:
        found = figures(session, LAN, first, last, Limits.of(Settings(site.home)))
        own = [one for one in all_stations(session) if one.key == station]
        return sum(tie.said for tie in ties(session, found, own) if tie.key == RULE)


def test_what_was_heard_is_counted_by_day_and_station(two: Site) -> None:
    today = local_date(utcnow())
    for days in (0, 1, 5):
        heard(two, days)
    heard(two, 5, result="missed")
    heard(two, 5, zone="cho-khac")
    assert said(two, today - timedelta(days=9), today) == 3
    assert said(two, today - timedelta(days=9), today - timedelta(days=2)) == 1
    assert said(two, today - timedelta(days=9), today, "ga-khac") == 1


def test_what_is_heard_now_counts_at_once(two: Site) -> None:
    today = local_date(utcnow())
    heard(two, 0)
    assert said(two, today, today) == 1
    heard(two, 0)
    assert said(two, today, today) == 2

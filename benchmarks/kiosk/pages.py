"""Every page that staff can open, and one thing of each kind that has a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from announcer import auditions
from announcer.models import Playout
from announcer.studio import Studio
from kiosk.commendations.models import GoodExample
from kiosk.feedback.models import OPEN, Feedback

DEEP = 900  # rows of the log before the occurrence that is looked at
TO_HEAR = "Xin quý khách giữ vé đến khi ra khỏi ga."


@dataclass(frozen=True)
class Things:
    """Their ids; of the sound its key."""

    occurrence: str
    request: str
    case: str
    good_example: str
    sound: str


def things(session: Session, studio: Studio, request: str, now: datetime) -> Things:
    """Some of those that are there; the sound is asked for. ``request``: the id of one that was made."""
    said = select(Playout.occurrence_id).where(Playout.occurrence_id.is_not(None))
    return Things(
        _one(session, said.order_by(Playout.logged_at.desc()).offset(DEEP)),
        request,
        _one(session, select(Feedback.id).where(Feedback.state == OPEN, Feedback.kind != "")),
        _one(session, select(GoodExample.id)),
        auditions.ask(session, studio, studio.script_of_text(TO_HEAR, "vi"), now),
    )


def _one(session: Session, query: Select[Any]) -> str:
    found: str | None = session.scalars(query.limit(1)).first()
    assert found, "the station has no past"
    return found


def pages(today: date, older: str, some: Things) -> dict[str, str]:
    """Paths by the names under which they are reported; ``older``: a page of the log far back."""
    yesterday, lately = today - timedelta(days=1), today - timedelta(days=9)
    return {
        "on_air": "/",
        "on_air_refresh": "/on-air",
        "plan_today": "/plan",
        "plan_tomorrow": f"/plan?date={today + timedelta(days=1)}",
        "plan_full_day": f"/plan?date={yesterday}",
        "plan_hour": f"/plan?date={lately}&hour=7",
        "plan_ahead": f"/plan?date={today + timedelta(days=4)}",
        "plan_week": "/plan/week",
        "plan_check": "/plan/check",
        "plan_station": f"/plan?date={lately}&station=ga-ha-noi",
        "log": "/log",
        "log_day": f"/log?date={lately}",
        "log_zone": "/log?zone=ga-ha-noi-sanh-cho",
        "log_problems": "/log?result=problems",
        "log_rare": "/log?result=cut",
        "log_zone_problems": f"/log?zone=z07&result=problems&date={lately}",
        "log_older": older,
        "occurrence": f"/occurrences/{some.occurrence}",
        "occurrence_refresh": f"/occurrences/{some.occurrence}/now",
        "request": f"/requests/{some.request}",
        "request_refresh": f"/requests/{some.request}/now",
        "speak": "/speak",
        "speak_text": "/speak/text",
        "speak_message": "/speak/message/tau-cham",
        "speak_recording": "/speak/recording",
        "speak_live": "/speak/live",
        "messages": "/messages",
        "message": "/messages/tau-cham",
        "message_version": "/messages/tau-cham/versions/1",
        "message_editor": "/messages/tau-cham/edit",
        "message_new": "/messages/new",
        "message_recording": "/messages/xep-hang/recording/vi",
        "sound": f"/sounds/{some.sound}",
        "schedules": "/schedules?station=ga-ha-noi",
        "schedule": "/schedules/ga-ha-noi-ung-xu-sanh",
        "schedule_version": "/schedules/ga-ha-noi-ung-xu-sanh/versions/1",
        "schedule_editor": "/schedules/ga-ha-noi-ung-xu-sanh/edit",
        "schedule_new": "/schedules/new?station=ga-ha-noi",
        "zones": "/stations/ga-do",
        "zone": "/stations/ga-do/zones/z07",
        "calendar": "/stations/ga-ha-noi/calendar",
        "cases": "/cases",
        "cases_answered": "/cases?shelf=answered",
        "case": f"/cases/{some.case}",
        "case_replies": "/cases/replies",
        "case_figures": "/cases/figures",
        "good_examples": "/good-examples",
        "good_example": f"/good-examples/{some.good_example}",
        "good_example_new": "/good-examples/new",
        "health": "/health",
        "people": "/accounts",
        "person": "/accounts/nguoi00",
        "audit": "/audit",
        "tokens": "/tokens",
        "account": "/account",
    }

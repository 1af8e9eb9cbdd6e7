"""Which feedback the person at this screen is giving: its id stands in the browser's cookie until the screen is handed back."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app, request
from flask import session as cookie
from sqlalchemy.orm import Session

from kiosk.feedback import floods
from kiosk.feedback.models import Feedback
from schedules.core.clock import local_date
from schedules.models import Station

GIVING = "feedback"
AT_ONE_GO = timedelta(hours=1)


def remember(row: Feedback) -> None:
    cookie[GIVING] = row.id


def mine(session: Session, station: Station, now: datetime) -> Feedback | None:
    """None where nothing was begun here, or too long ago."""
    row = session.get(Feedback, str(cookie.get(GIVING, "")))
    if row is None or row.station_id != station.id or now - row.received_at > AT_ONE_GO:
        return None
    return row


def device(now: datetime) -> str:
    home = current_app.extensions["settings"].home
    return floods.device(home, request.remote_addr or "", local_date(now))

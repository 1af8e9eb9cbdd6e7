"""A story as far as whoever asks may hear it: what is of other stations is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.accounts.guard import someone
from kiosk.accounts.roles import Right
from kiosk.stories.story import Story

Find = Callable[[Session, str, datetime], Story | None]


def own(session: Session, find: Find, id: str, now: datetime) -> Story | None:
    """None where nothing is left of it. Who may not stop a zone is not told what to cancel there by."""
    person = someone()
    story = find(session, id, now)
    zones = [one for one in story.zones if person.may(Right.SEE, one.zone.station.key)] if story else []
    zones = [
        one if person.may(Right.STOP, one.zone.station.key) else replace(one, cancel="") for one in zones
    ]
    return replace(story, zones=zones) if story and zones else None

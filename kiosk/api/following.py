"""What became of one request, or of one planned occurrence; cancelling what has not ended."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from pydantic import BaseModel

from kiosk.accounts import reach
from kiosk.accounts.guard import someone
from kiosk.accounts.roles import Right
from kiosk.announcements import operations
from kiosk.api.fields import PRIORITY_NAMES, Priority, Where
from kiosk.api.fields import Moment as At
from kiosk.api.operation import operation
from kiosk.stories.own import Find, own
from kiosk.stories.story import InZone, Story, of_occurrence, of_request
from kiosk.transactions import reading, writing
from schedules.core.clock import utcnow


class MomentTold(BaseModel):
    """``detail`` is in English, for technicians."""

    at: At
    what: str
    why: str
    detail: str


class ZoneOfStory(BaseModel):
    """``state`` as in the plan. ``cancel`` is the id to cancel it by, while that can be done and for who may."""

    where: Where
    state: str
    why: str
    expires_at: At | None
    cancel: str
    moments: list[MomentTold]

    @classmethod
    def of(cls, one: InZone) -> ZoneOfStory:
        return cls(
            where=Where.of(one.zone), state=one.state, why=one.why, expires_at=one.expires_at,
            cancel=one.cancel, moments=[MomentTold(**vars(moment)) for moment in one.moments],
        )  # fmt: skip


class StoryTold(BaseModel):
    """``since``: when it was accepted, or is planned. ``open``: whether anything may still become of it."""

    title: str
    text: str
    priority: Priority
    requested_by: str
    since: At
    open: bool
    zones: list[ZoneOfStory]

    @classmethod
    def of(cls, story: Story) -> StoryTold:
        return cls(
            title=story.title, text=" / ".join(part.text for part in story.parts),
            priority=PRIORITY_NAMES[story.priority], requested_by=story.requested_by,
            since=story.since, open=story.open, zones=[ZoneOfStory.of(one) for one in story.zones],
        )  # fmt: skip


class Cancelled(BaseModel):
    """``ended``: in how many zones the announcer is told to end it; 0 where it had ended before."""

    title: str
    ended: int


@operation("GET", "/requests/<uuid:id>", Right.SEE, 404)
def request_story(id: UUID) -> StoryTold:
    """What became of a request: every zone, every attempt, and why. ``id`` is the announcement's."""
    return _story(of_request, id)


@operation("GET", "/occurrences/<uuid:id>", Right.SEE, 404)
def occurrence_story(id: UUID) -> StoryTold:
    """What became of a planned occurrence; ``id`` is in the plan and in the log."""
    return _story(of_occurrence, id)


@operation("DELETE", "/announcements/<uuid:id>", Right.STOP, 404)
def cancel(id: UUID) -> Cancelled:
    """Cancel a request in one's own zones, or one announcement by the ``cancel`` of its story. The others go on."""
    with writing() as session:
        rows = operations.named(session, str(id), reach.zones(session, Right.STOP))
        first = rows[0] if rows else abort(404)
        return Cancelled(title=first.title, ended=operations.cancel(session, rows, someone().name, utcnow()))


def _story(find: Find, id: UUID) -> StoryTold:
    with reading() as session:
        return StoryTold.of(own(session, find, str(id), utcnow()) or abort(404))

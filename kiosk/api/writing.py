"""Drafts of messages and schedules, and what is decided about them: written, foreseen, approved, discarded, recalled.

An entry is what a content file has for a message or a schedule; it meets the same checks as the form on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from flask import abort, current_app
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.room import recordings_of
from kiosk import drafts, four_eyes
from kiosk import station_words as words
from kiosk.accounts.guard import require, someone
from kiosk.accounts.roles import Right
from kiosk.announcements.wishes import Unclear
from kiosk.api.errors import UNCHANGED, Refused
from kiosk.api.fields import Moment
from kiosk.api.operation import Given, operation
from kiosk.decisions import CHANGED, OWN_DRAFT
from kiosk.drafts import Entry
from kiosk.messages import access
from kiosk.messages import operations as saying
from kiosk.messages import typed as message_typed
from kiosk.messages.preview import preview_of as heard
from kiosk.scheduling import operations as planning
from kiosk.scheduling import typed as schedule_typed
from kiosk.scheduling.access import demand as demand_of_schedule
from kiosk.scheduling.editor import preview_of as foreseen
from kiosk.scheduling.editor import usable
from kiosk.transactions import reading, writing
from schedules import publishing, versions
from schedules.core.clock import utcnow
from schedules.core.errors import NotFound
from schedules.document import MessageEntry, ScheduleEntry, plain
from schedules.models import Message, Schedule, Version
from schedules.operations import get_station

MESSAGE, SCHEDULE = "message", "schedule"

Mark = Annotated[
    str, Field(max_length=200, description="The mark of the draft that was seen; empty: there was none.")
]
Fields = Annotated[
    dict[str, Any], Field(description="As a content file has it, without its key; see docs/schedules.md.")
]


class DraftGiven(Given):
    entry: Fields
    seen: Mark = ""


class Seen(Given):
    seen: Mark


class ScheduleGiven(Given):
    entry: Fields


class DraftTold(BaseModel):
    """``mark`` changes whenever the draft does: who approves or changes it says which one he saw."""

    key: str
    mark: str
    written_by: str
    written_at: Moment
    entry: dict[str, Any]

    @classmethod
    def of(cls, draft: Version) -> DraftTold:
        told = {name: getattr(draft, name) for name in ("key", "mark", "written_by", "written_at", "entry")}
        return cls(**told)


class Decided(BaseModel):
    """``state`` is approved, discarded or retired; ``ended``: how many calls that were waiting or sounding were ended."""

    key: str
    state: str
    ended: int = 0


class ScheduleTold(BaseModel):
    """``entry`` as a content file has it; null where there is only a draft."""

    key: str
    entry: dict[str, Any] | None
    draft: str | None


class Schedules(BaseModel):
    schedules: list[ScheduleTold]


class InZoneTold(BaseModel):
    zone: str
    at: Moment
    reason_code: str
    reason: str


class OccurrenceForeseen(BaseModel):
    due: Moment
    title: str
    zones: list[InZoneTold]


class DisplacedTold(BaseModel):
    zone: str
    title: str
    reason_code: str
    count: int


class GivingWayTold(BaseModel):
    """Those of the schedule itself that would not be said."""

    zone: str
    reason_code: str
    reason: str
    count: int


class HourTold(BaseModel):
    """Minutes of talk in a clock hour, how much of it is this schedule's, and the budget."""

    zone: str
    start: Moment
    minutes: float
    own: float
    budget: float


class CrowdedTold(BaseModel):
    """Clock hours that hold more than the budget, from first to last of each run; ``minutes`` of the fullest."""

    zone: str
    hours: list[tuple[int, int]]
    minutes: float
    budget: float


class ForesightTold(BaseModel):
    """``occurrences`` are the next ten; all else is about ``day``, the first on which it is said, and ``count`` how often then."""

    when: str
    day: date | None
    occurrences: list[OccurrenceForeseen]
    count: int
    gives_way: list[GivingWayTold]
    crowded: list[CrowdedTold]
    displaced: list[DisplacedTold]
    hours: list[HourTold]


@operation("GET", "/messages/<key>/draft", Right.SEE, 404)
def message_draft(key: str) -> DraftTold:
    """The draft of a message."""
    with reading() as session:
        access.entry_in_use(session, key)
        return _draft(session, MESSAGE, key)


@operation("PUT", "/messages/<key>/draft", Right.DRAFT, 404, 409)
def write_message(key: str, body: DraftGiven) -> DraftTold:
    """Write the draft of a message, new or in use. Nothing is broadcast before it is approved."""
    with reading() as session:
        entry = drafted_message(session, key, body.entry)
    return _written(MESSAGE, entry, body.seen)


@operation("POST", "/messages/<key>/approve", Right.APPROVE, 404, 409)
def approve_message(key: str, body: Seen) -> Decided:
    """Let a draft be broadcast, and answer for it. Whoever wrote it does not, where another person could."""
    return _approved(MESSAGE, key, body.seen, access.demand_of_draft)


@operation("POST", "/messages/<key>/discard", Right.DRAFT, 404, 409)
def discard_message(key: str, body: Seen) -> Decided:
    """Throw a draft away; it stays in the history."""
    return _discarded(MESSAGE, key, body.seen, access.demand_of_draft)


@operation("POST", "/messages/<key>/recall", Right.APPROVE, 404)
def recall_message(key: str) -> Decided:
    """Off the air and out of the queue at once."""
    with writing() as session:
        entry = access.entry_in_use(session, key) or abort(HTTPStatus.NOT_FOUND)
        access.demand(Right.APPROVE, entry, session)
        message = session.scalars(select(Message).where(Message.key == key)).one()
        return Decided(
            key=key, state="retired", ended=saying.recall(session, message, someone().name, utcnow())
        )


@operation("GET", "/schedules", Right.SEE)
def schedules() -> Schedules:
    """The schedules of one's own stations, in force, switched off, or only drafted."""
    with reading() as session:
        drafted = {one.key: one for one in versions.drafts(session, SCHEDULE)}
        stored = session.scalars(select(Schedule.key)).all()
        told = [_schedule(session, key, drafted.get(key)) for key in sorted({*drafted, *stored})]
        return Schedules(schedules=[one for one in told if one])


@operation("GET", "/schedules/<key>", Right.SEE, 404)
def schedule(key: str) -> ScheduleTold:
    """One schedule."""
    with reading() as session:
        return _schedule(session, key, versions.draft_of(session, SCHEDULE, key)) or abort(
            HTTPStatus.NOT_FOUND
        )


@operation("GET", "/schedules/<key>/draft", Right.SEE, 404)
def schedule_draft(key: str) -> DraftTold:
    """The draft of a schedule."""
    with reading() as session:
        return _draft(session, SCHEDULE, key)


@operation("PUT", "/schedules/<key>/draft", Right.DRAFT, 404, 409)
def write_schedule(key: str, body: DraftGiven) -> DraftTold:
    """Write the draft of a schedule, new or in force. Nothing of it holds before it is approved."""
    with reading() as session:
        entry = _schedule_entry(session, key, body.entry)
        in_force = publishing.current(session, SCHEDULE, key)
        if in_force:
            require(Right.DRAFT, in_force["station"])
    return _written(SCHEDULE, entry, body.seen)


@operation("POST", "/schedules/<key>/approve", Right.APPROVE, 404, 409)
def approve_schedule(key: str, body: Seen) -> Decided:
    """Let a draft be in force, and answer for it. Whoever wrote it does not, where another person could."""
    return _approved(SCHEDULE, key, body.seen, demand_of_schedule)


@operation("POST", "/schedules/<key>/discard", Right.DRAFT, 404, 409)
def discard_schedule(key: str, body: Seen) -> Decided:
    """Throw a draft away; it stays in the history."""
    return _discarded(SCHEDULE, key, body.seen, demand_of_schedule)


@operation("POST", "/schedules/<key>/recall", Right.APPROVE, 404)
def recall_schedule(key: str) -> Decided:
    """Switch a schedule off; what waits of it is not said any more."""
    with writing() as session:
        in_force = publishing.current(session, SCHEDULE, key)
        if in_force is None or not someone().may(Right.SEE, in_force["station"]):
            abort(HTTPStatus.NOT_FOUND)
        require(Right.APPROVE, in_force["station"])
        return Decided(
            key=key, state="retired", ended=planning.recall(session, key, someone().name, utcnow())
        )


@operation("POST", "/schedules/<key>/foresight", Right.DRAFT, 404)
def foresight(key: str, body: ScheduleGiven) -> ForesightTold:
    """What a schedule would do under that key: its next occurrences, what each runs into, whom it drives away, the hours' budgets."""
    with reading() as session:
        found = foreseen(session, _schedule_entry(session, key, body.entry))
        ahead = found.foresight
        return ForesightTold(
            when=found.when,
            day=ahead.day,
            occurrences=[
                OccurrenceForeseen(
                    due=one.due,
                    title=one.title,
                    zones=[
                        InZoneTold(zone=its.zone, at=its.at, reason_code=its.way_code, reason=its.way_reason)
                        for its in one.zones
                    ],
                )
                for one in ahead.occurrences
            ],
            count=ahead.count,
            gives_way=[
                GivingWayTold(
                    zone=one.zone,
                    reason_code=one.way_code,
                    reason=words.reason(one.way_code, one.way_reason),
                    count=one.count,
                )
                for one in ahead.gives_way
            ],
            crowded=[CrowdedTold(**vars(one)) for one in ahead.crowded],
            displaced=[
                DisplacedTold(zone=one.zone, title=one.title, reason_code=one.way_code, count=one.count)
                for one in ahead.displaced
            ],
            hours=[HourTold(**vars(one)) for one in ahead.hours],
        )


def drafted_message(session: Session, key: str, given: dict[str, Any]) -> Entry:
    """The message as the form would have written it, for who may draft it and what it replaces."""
    in_use = publishing.current(session, MESSAGE, key)
    draft = versions.draft_of(session, MESSAGE, key)
    before = draft.entry if draft else in_use
    if before and not access.visible(before.get("station")):
        abort(HTTPStatus.NOT_FOUND)
    entry = _message_entry(key, given, before)
    access.demand(Right.DRAFT, entry, session, in_use)
    return entry


Demand = Callable[[Session, Version, Right], None]


def _approved(kind: str, key: str, seen: str, demand: Demand) -> Decided:
    with writing() as session:
        draft = _seen(session, kind, key, seen, demand, Right.APPROVE)
        alone = draft.written_by == someone().name
        if alone and four_eyes.another_could(session, draft):
            raise Refused(HTTPStatus.FORBIDDEN, OWN_DRAFT, "own-draft")
        drafts.approve(session, draft, someone().name, utcnow(), alone)
        return Decided(key=key, state="approved")


def _discarded(kind: str, key: str, seen: str, demand: Demand) -> Decided:
    with writing() as session:
        draft = _seen(session, kind, key, seen, demand, Right.DRAFT)
        drafts.discard(session, draft, someone().name, utcnow())
        return Decided(key=key, state="discarded")


def _seen(session: Session, kind: str, key: str, seen: str, demand: Demand, right: Right) -> Version:
    """The draft that was seen, for who may decide about it; 404 where there is none that one may see."""
    draft = versions.draft_of(session, kind, key)
    if draft is None or not _visible(draft.entry):
        abort(HTTPStatus.NOT_FOUND)
    demand(session, draft, right)
    if draft.mark != seen:
        raise Refused(HTTPStatus.CONFLICT, CHANGED, "outdated")
    return draft


def _written(kind: str, entry: Entry, seen: str) -> DraftTold:
    try:
        with writing() as session:
            return DraftTold.of(drafts.save(session, kind, entry, someone().name, utcnow(), seen))
    except versions.Outdated as error:
        raise Refused(HTTPStatus.CONFLICT, CHANGED, "outdated") from error


def _draft(session: Session, kind: str, key: str) -> DraftTold:
    draft = versions.draft_of(session, kind, key)
    return DraftTold.of(draft) if draft and _visible(draft.entry) else abort(HTTPStatus.NOT_FOUND)


def _visible(entry: Entry) -> bool:
    station = entry.get("station")
    return not station or someone().may(Right.SEE, station)


def _schedule(session: Session, key: str, draft: Version | None) -> ScheduleTold | None:
    in_force = publishing.current(session, SCHEDULE, key)
    entry = in_force or (draft.entry if draft else None)
    if entry is None or not _visible(entry):
        return None
    return ScheduleTold(key=key, entry=in_force, draft=draft.mark if draft else None)


def _message_entry(key: str, given: dict[str, Any], before: Entry | None) -> Entry:
    """As the form would have written it, with the recordings it had or that were sent."""
    entry = _checked(MessageEntry, key, given)
    own = message_typed.of_entry(before, "").clips if before else {}
    written, there = message_typed.of_entry(entry, ""), recordings_of(current_app.extensions["settings"])
    if any(own.get(language) != clip and not there.has(clip) for language, clip in written.clips.items()):
        raise Unclear("Không có bản ghi âm nào mang tên này; hãy gửi nó trước.")
    made = message_typed.entry_of(written, key, before)
    heard(made)
    return made


def _schedule_entry(session: Session, key: str, given: dict[str, Any]) -> Entry:
    """As the form would have written it, for who may draft at its station."""
    entry = _checked(ScheduleEntry, key, given)
    require(Right.DRAFT, entry["station"])
    try:
        station = get_station(session, entry["station"])
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)
    zones = [zone.key for zone in station.zones]
    return schedule_typed.entry_of(schedule_typed.of_entry(entry, ""), key, usable(session, station), zones)


def _checked(model: type[BaseModel], key: str, given: dict[str, Any]) -> Entry:
    try:
        made: Entry = plain(model.model_validate({**given, "key": key}).model_dump())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])[:80]
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"“entry.{where}”: {first['msg'][:200]}. {UNCHANGED}"
        ) from error
    return made

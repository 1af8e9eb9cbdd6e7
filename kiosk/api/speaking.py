"""Saying, stopping, muting and testing: the same wishes, requests and commands as on the pages."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Literal, cast
from uuid import UUID

from flask import abort, current_app
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from announcer import planning, queue
from announcer.room import recordings_of
from announcer.script import Script
from announcer.settings import LIVE_EXPIRES
from kiosk import desk
from kiosk.accounts import reach
from kiosk.accounts.guard import require, someone, unconfirmed
from kiosk.accounts.refusals import SENTENCES
from kiosk.accounts.roles import Right
from kiosk.announcements import operations, wishes
from kiosk.announcements.asking import titled
from kiosk.announcements.recording import script_of_recording
from kiosk.announcements.wishes import MOST_REPEATS, Unclear, Wish
from kiosk.api.errors import UNCHANGED, Refused, answer
from kiosk.api.fields import WHOLE, Key, Language, Priority
from kiosk.api.operation import Given, api, operation
from kiosk.stations import trial
from kiosk.stations.finding import zone_of
from kiosk.transactions import reading, writing
from schedules.core.clock import utcnow
from schedules.core.errors import NotFound, UserError
from schedules.models import Message, Zone
from schedules.wording import MAX_TEXT

LONGEST_MUTE = 24 * 60  # minutes
Value = Annotated[str, Field(max_length=wishes.LONGEST_TYPED)]


ONE_OF: list[JsonValue] = [{"required": [name]} for name in ("message", "text", "recording")]
UNSAID = "Hãy gửi hoặc “message” hoặc “text”."
UNSENT = "Không có bản ghi âm nào mang tên này; hãy gửi nó trước."


class Words(Given):
    """Either ``message``, with a value for each of its blanks, or ``text``. ``repeats``: once, an emergency three times,
    unless given. A message of the category emergency is always urgent.
    """

    model_config = ConfigDict(json_schema_extra={"oneOf": ONE_OF[:2]})

    message: Key = ""
    values: Annotated[dict[str, Value], Field(default_factory=dict)]
    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)] = ""
    language: Language = "vi"
    zones: Annotated[list[Key], Field(min_length=1, max_length=500)]
    priority: Priority = "normal"
    repeats: Annotated[int, Field(ge=1, le=MOST_REPEATS), WHOLE] | None = None


class Announcement(Words):
    """Also ``recording``, the name of one that was sent, instead of words; the log then calls it by ``title``.

    ``code``: six digits of the authenticator app, for what is urgent, where a person has it switched on; tokens need none.
    """

    model_config = ConfigDict(json_schema_extra={"oneOf": ONE_OF})

    recording: Annotated[str, Field(min_length=1, max_length=100)] = ""
    title: Annotated[str, Field(max_length=wishes.TITLE_LENGTH)] = ""
    code: Annotated[str, Field(max_length=10)] = ""


class SpokenPart(BaseModel):
    """``spoken`` is how it will be read: numbers, times and abbreviations as words."""

    language: str
    text: str
    spoken: str


class PreviewTold(BaseModel):
    """``seconds`` are measured where the sound is ``prepared``, and otherwise a guess from the words."""

    parts: list[SpokenPart]
    priority: Priority
    repeats: int
    seconds: float
    prepared: bool


class Accepted(BaseModel):
    """It is committed. ``added``: false if the same was sent before. What becomes of it is in the log, under ``request_id``."""

    id: str
    title: str
    zones: list[str]
    added: bool
    expires_minutes: float
    announcer: Literal["alive", "silent"]


class ZonesChosen(Given):
    zones: Annotated[list[Key], Field(min_length=1, max_length=500)]


class MuteWanted(ZonesChosen):
    """A mute always ends by itself: after ``minutes``, at most a day."""

    minutes: Annotated[float, Field(ge=0.1, le=LONGEST_MUTE, allow_inf_nan=False)]


class Commanded(BaseModel):
    zones: list[str]


@api.errorhandler(UserError)
def _unclear(error: UserError) -> Response:
    """What the words, the blanks or the message made impossible."""
    return answer(Refused(HTTPStatus.UNPROCESSABLE_ENTITY, f"{error} {UNCHANGED}"))


@operation("POST", "/preview", Right.SPEAK, 404)
def preview(body: Words) -> PreviewTold:
    """How words would be read and how long they would last. Nothing sounds."""
    studio = desk.studio()
    with reading() as session:
        message, wish, zones = _understood(session, body)
        found = wishes.preview_of(session, studio, wishes.script_of(studio, wish, message), zones)
        return PreviewTold(
            parts=_parts(found.script), priority=cast(Priority, wish.priority), repeats=found.script.repeats,
            seconds=round(found.seconds, 1), prepared=found.prepared,
        )  # fmt: skip


@operation("PUT", "/announcements/<uuid:id>", Right.SPEAK, 404, 409, 429)
def announce(id: UUID, body: Announcement) -> Accepted:
    """Say a message, a text or a recording in zones as soon as its turn comes. Sent again with the same id, it adds nothing."""
    studio = desk.studio()
    expires = current_app.extensions["settings"].get(LIVE_EXPIRES)
    with reading() as session:  # words are worked out before the write lock is taken
        message, wish, zones = _understood(session, body, str(id), body.code, body.recording)
        script = _recorded(wish, body) if body.recording else wishes.script_of(studio, wish, message)
        ready = wishes.request_of(wish, script, zones, message, someone().name, expires)
        was_said = operations.was_said(session, ready.id)
    if wish.priority == "urgent" and not was_said:
        _require_code(wish.code)
    return _accepted(ready)


@operation("PUT", "/stations/<station>/zones/<zone>/tests/<uuid:id>", Right.SPEAK, 404, 409)
def test_zone(station: str, zone: str, id: UUID) -> Accepted:
    """Have a zone say a short sentence, to hear whether it sounds. Sent again with the same id, it adds nothing."""
    by = require(Right.SPEAK, station).name
    with reading() as session:
        asked = trial.request_of(desk.studio(), zone_of(session, station, zone), by, str(id))
    return _accepted(asked)


@operation("POST", "/stop", Right.STOP)
def stop(body: ZonesChosen) -> Commanded:
    """Stop what is being said in zones, and drop the live calls that wait there. The schedule goes on."""
    return _command("stop", body)


@operation("POST", "/mute", Right.STOP)
def mute(body: MuteWanted) -> Commanded:
    """Keep zones silent for some time. What falls due meanwhile gives way; urgent calls still sound."""
    return _command("mute", body, body.minutes)


@operation("POST", "/unmute", Right.STOP)
def unmute(body: ZonesChosen) -> Commanded:
    """Let zones speak again at once."""
    return _command("unmute", body)


def _accepted(ready: queue.Request) -> Accepted:
    now = utcnow()
    with writing() as session:
        if operations.said_otherwise(session, ready):
            abort(HTTPStatus.CONFLICT)
        added = operations.say(session, desk.studio(), ready, now)
        alive = planning.is_alive(session, now)
    return Accepted(
        id=ready.id, title=ready.title, zones=[zone.key for zone in ready.zones], added=added,
        expires_minutes=ready.expires_minutes, announcer="alive" if alive else "silent",
    )  # fmt: skip


def _recorded(wish: Wish, body: Announcement) -> Script:
    if not recordings_of(current_app.extensions["settings"]).has(body.recording):
        raise Unclear(UNSENT)
    return script_of_recording(wish, titled(body.title, "Lời ghi âm của"), body.recording)


def _understood(
    session: Session, body: Words, id: str = "", code: str = "", recording: str = ""
) -> tuple[Message | None, Wish, list[Zone]]:
    """The message, if one is named, the wish as a form would hold it, and one's own zones."""
    if sum(map(bool, (body.message, body.text, recording))) != 1:
        raise Unclear(UNSAID)
    message = _message(session, body.message) if body.message else None
    zones = reach.chosen(session, list(dict.fromkeys(body.zones)), Right.SPEAK)
    wish = Wish(
        text=body.text, language=body.language, values=body.values, zones=body.zones,
        priority=wishes.priority_of(message, body.priority),
        repeats=str(body.repeats or wishes.usual_repeats(message)), code=code, id=id,
    )  # fmt: skip
    return message, wish, zones


def _message(session: Session, key: str) -> Message:
    try:
        return reach.message(session, Right.SPEAK, key)
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)


def _require_code(code: str) -> None:
    if refusal := unconfirmed(code):
        status = HTTPStatus.TOO_MANY_REQUESTS if refusal == "locked" else HTTPStatus.FORBIDDEN
        raise Refused(status, SENTENCES[refusal][1], refusal)


def _parts(script: Script) -> list[SpokenPart]:
    return [SpokenPart(language=one.language, text=one.text, spoken=one.spoken) for one in script.parts]


def _command(kind: str, body: ZonesChosen, minutes: float = 0.0) -> Commanded:
    now = utcnow()
    with writing() as session:
        zones = reach.chosen(session, list(dict.fromkeys(body.zones)), Right.STOP)
        until = now + timedelta(minutes=minutes) if kind == "mute" else None
        operations.command(session, kind, zones, someone().name, now, until)
        return Commanded(zones=[zone.key for zone in zones])

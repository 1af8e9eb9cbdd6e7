"""Recordings that are sent, and sounds before they are aired: asked for, heard, consented to.

A recording that was sent may then be said (``recording`` of an announcement) or be the ``clip`` of a message's wording.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from flask import Response, abort, current_app, request, send_file
from pydantic import Base64Bytes, BaseModel, Field
from sqlalchemy.orm import Session

from announcer import auditions
from announcer.auditions import Audition
from announcer.script import Script
from audio.uploads import LARGEST_BYTES
from kiosk import desk
from kiosk.accounts.guard import present, someone
from kiosk.accounts.roles import Right
from kiosk.announcements.recording import FORM_BYTES, kept, tidy
from kiosk.api.errors import Refused
from kiosk.api.fields import Language
from kiosk.api.operation import Given, api, operation
from kiosk.api.writing import Fields, drafted_message
from kiosk.messages.preview import preview_of
from kiosk.sounds import operations
from kiosk.sounds.owners import may_hear, to_consent
from kiosk.transactions import reading, writing
from schedules.core.clock import utcnow
from schedules.core.errors import LoagaError
from schedules.wording import MAX_TEXT

Wav = Annotated[Response, "audio/wav"]

NOT_HELD = "Tiếng này không cần ai đồng ý nữa. Chưa có gì thay đổi."
LARGEST_BODY = math.ceil(LARGEST_BYTES / 3) * 4 + FORM_BYTES  # base64 takes a third more


class RecordingGiven(Given):
    """``sound``: a WAV, MP3, OGG, FLAC, M4A or WebM, in base64."""

    sound: Base64Bytes


class RecordingTold(BaseModel):
    """The same sound has the same name."""

    recording: str


class WordsToHear(Given):
    """Words as they would be said, without a chime of a message."""

    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
    language: Language = "vi"


class EntryToHear(Given):
    entry: Fields


class SoundTold(BaseModel):
    """``state``: ``waiting`` to be made, ``failed`` (``reason``, in English, for technicians), ``held`` until somebody consents,
    or ``ready``. ``readback``: what the recogniser heard, by language; null where nobody listened.
    """

    sound: str
    state: Literal["waiting", "failed", "held", "ready"]
    reason: str = ""
    seconds: float | None = None
    lufs: float | None = None
    spoken: dict[str, str] | None = None
    readback: dict[str, Any] | None = None
    approved_by: str = ""


@api.url_value_preprocessor
def _large(endpoint: str | None, values: object) -> None:
    """Only who may do it may send more than a form; the body is read after that."""
    person = present() if endpoint == f"{api.name}.record" else None
    if person and _may_record():
        request.max_content_length = LARGEST_BODY


@operation("POST", "/recordings", Right.SEE)
def record(body: RecordingGiven) -> RecordingTold:
    """Send a recording: it is checked, levelled and kept, and nothing sounds. For who may speak or write drafts."""
    if not _may_record():
        abort(403)
    settings = current_app.extensions["settings"]
    with reading() as session:
        tidy(session, settings)
    return RecordingTold(recording=kept(settings, body.sound))


@operation("POST", "/sounds", Right.SEE)
def have_words_made(body: WordsToHear) -> SoundTold:
    """Have words made into a sound to hear before they are said. The announcer makes it; ask until it is ready."""
    script = desk.studio().script_of_text(body.text, body.language)
    if not script.spoken:
        raise Refused(422, "Hãy gõ lời cần nghe. Chưa có gì thay đổi.")
    return _asked(script)


@operation("POST", "/messages/<key>/sound", Right.DRAFT, 404)
def have_message_made(key: str, body: EntryToHear) -> SoundTold:
    """Have a message made into a sound as its entry would be said, with something in each of its blanks."""
    with reading() as session:
        entry = drafted_message(session, key, body.entry)
    return _asked(preview_of(entry).script)


@operation("GET", "/sounds/<key>", Right.SEE, 404)
def sound(key: str) -> SoundTold:
    """Whether a sound is there, and what was measured and heard of it."""
    with reading() as session:
        return _sound(session, key)


@operation("GET", "/sounds/<key>/wav", Right.SEE, 404)
def sound_itself(key: str) -> Wav:
    """The sound itself: 48 kHz, mono."""
    with reading() as session:
        found = desk.studio().sound(session, key)
        if found is None or not may_hear(session, key):
            abort(404)
    return send_file(found[1], mimetype="audio/wav")


@operation("POST", "/sounds/<key>/consent", Right.APPROVE, 404, 409)
def consent(key: str) -> SoundTold:
    """Let a sound be aired that the recogniser did not understand, and answer for it: for heads of all its stations."""
    with writing() as session:
        row = to_consent(session, key)
        try:
            operations.consent(session, row, someone().name, utcnow())
        except LoagaError as error:
            raise Refused(409, NOT_HELD, "not-held") from error
        return _sound(session, key)


def _may_record() -> bool:
    return someone().may(Right.SPEAK) or someone().may(Right.DRAFT)


def _asked(script: Script) -> SoundTold:
    with writing() as session:
        key = auditions.ask(session, desk.studio(), script, utcnow())
        return _sound(session, key)


def _sound(session: Session, key: str) -> SoundTold:
    found, asked = desk.studio().sound(session, key), session.get(Audition, key)
    if not (found or asked) or not may_hear(session, key):
        abort(404)
    if found:
        row = found[0]
        return SoundTold(
            sound=key, state="held" if row.held else "ready", seconds=round(row.seconds, 2),
            lufs=row.lufs, spoken=row.spoken, readback=row.readback, approved_by=row.approved_by or "",
        )  # fmt: skip
    return SoundTold(
        sound=key,
        state="failed" if asked and asked.reason else "waiting",
        reason=asked.reason if asked else "",
    )

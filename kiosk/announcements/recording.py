"""Record and send: what somebody says into a microphone, or a file of it, goes through the queue as any other request."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, current_app, make_response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from announcer.room import recordings_of
from announcer.script import Part, Script
from announcer.settings import RECORDING_DAYS, RECORDING_SECONDS
from announcer.turn import OPEN
from audio.uploads import LARGEST_BYTES, Refused, take
from kiosk import desk
from kiosk.accounts import reach
from kiosk.accounts.guard import needs, present, someone
from kiosk.accounts.roles import Right
from kiosk.announcements import operations, words
from kiosk.announcements.asking import placed, request_of, require_code, require_held, said, titled
from kiosk.announcements.wishes import MOST_REPEATS, Unclear, Wish, check, first_wish, read
from kiosk.language.words import gettext
from kiosk.transactions import reading
from schedules import versions
from schedules.core.settings import Settings

recording = Blueprint("recording", __name__, template_folder="templates")

FORM_BYTES = 100_000  # of a form around its file


@recording.url_value_preprocessor
def _large(endpoint: str | None, values: object) -> None:
    allow_recordings(Right.SPEAK)


def allow_recordings(right: Right) -> None:
    """Only who may do it may send more than a form; the form is read before the guard stands before its page."""
    person = present()
    if person and person.may(right):
        request.max_content_length = LARGEST_BYTES + FORM_BYTES


@recording.get("/speak/recording")
@needs(Right.SPEAK)
def record() -> Response:
    with reading() as session:
        return _page(first_wish(None, reach.zones(session, Right.SPEAK)), session)


@recording.post("/speak/recording")
@needs(Right.SPEAK)
def send() -> Response:
    studio = desk.studio()
    with reading() as session:
        wish, zones = placed(session, read(request.form, None))
        try:
            check(wish)
            ready = request_of(wish, Script(()), zones, _title(wish))
            if operations.was_said(
                session, ready.id
            ):  # a second tap has no second code, nor is it kept twice
                return said(ready, studio)
            require_held(wish)
            clip = _kept_now(session)
            require_code(wish)
        except Unclear as unclear:
            return _page(wish, session, str(unclear))
    return said(replace(ready, script=script_of_recording(wish, _title(wish), clip)), studio)


def script_of_recording(wish: Wish, title: str, clip: str) -> Script:
    """What screens show of a recording is its title: nobody knows its words."""
    chime = "urgent" if wish.priority == "urgent" else "standard"
    return Script((Part("vi", title, (), clip),), chime, int(wish.repeats))


def _title(wish: Wish) -> str:
    return titled(wish.text, "Lời ghi âm của")


def _kept_now(session: Session) -> str:
    """The name of the recording that was sent; it is on the disk before anything is promised. Raises Unclear."""
    settings: Settings = current_app.extensions["settings"]
    tidy(session, settings)
    return sent_recording(settings)


def tidy(session: Session, settings: Settings) -> None:
    """Old recordings go, but none that somebody still waits to hear or that a message has."""
    recordings_of(settings).tidy(settings.get(RECORDING_DAYS), _waiting(session))


def sent_recording(settings: Settings) -> str:
    """The recording in the form, checked, levelled and kept; its name. Raises Unclear."""
    file = request.files.get("sound")
    return kept(settings, file.read() if file else b"")


def kept(settings: Settings, data: bytes) -> str:
    """The same of a file's bytes. Raises Unclear."""
    if not data:
        raise Unclear(gettext("Hãy ghi âm, hoặc chọn một tệp âm thanh."))
    try:
        pcm = take(data, settings.get(RECORDING_SECONDS))
    except Refused as refused:
        raise Unclear(words.REFUSED[refused.code].format(settings.get(RECORDING_SECONDS))) from refused
    return recordings_of(settings).put(pcm)


def with_microphone(html: str, code: int = 200) -> Response:
    """A page that may use the microphone; no other page may."""
    response = make_response(html, code)
    response.headers["Permissions-Policy"] = "camera=(), microphone=(self), geolocation=()"
    return response


def recorder(html: str, mistake: str) -> Response:
    """A page with a microphone that may play what it recorded, too; ``mistake`` is what it says was wrong, if anything."""
    response = with_microphone(html, 400 if mistake else 200)
    response.headers["Content-Security-Policy"] = current_app.extensions["policy"].replace(
        "media-src 'self'", "media-src blob:"
    )
    return response


def _waiting(session: Session) -> set[str]:
    """The recordings that somebody still waits to hear, and those of messages."""
    scripts = (Script.from_data(row.script) for row in session.scalars(OPEN))
    return {part.clip for script in scripts for part in script.parts} | versions.clips(session)


def _page(wish: Wish, session: Session, mistake: str = "") -> Response:
    settings: Settings = current_app.extensions["settings"]
    html = render_template(
        "announcements/record.html",
        page="speak",
        wish=wish,
        zones=reach.zones(session, Right.SPEAK),
        mistake=mistake,
        words=words,
        most_repeats=MOST_REPEATS,
        second_step=someone().second_step,
        longest=settings.get(RECORDING_SECONDS),
        message=None,
    )
    return recorder(html, mistake)

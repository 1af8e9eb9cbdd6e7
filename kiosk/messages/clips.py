"""The page on which a person's voice is recorded, or a file chosen, to sound in place of the machine's voice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from announcer.settings import RECORDING_SECONDS
from kiosk import decisions, drafts
from kiosk.accounts.guard import needs, someone
from kiosk.accounts.roles import Right
from kiosk.announcements.recording import allow_recordings, recorder, sent_recording
from kiosk.announcements.wishes import Unclear
from kiosk.drafts import Entry
from kiosk.language.words import gettext
from kiosk.messages.access import editable
from kiosk.messages.operations import KIND
from kiosk.transactions import reading, writing
from schedules import versions
from schedules.core.clock import utcnow
from schedules.core.settings import Settings
from schedules.models import Version
from schedules.wording import blanks_of

clips = Blueprint("message_clips", __name__, template_folder="templates")


@clips.url_value_preprocessor
def _large(endpoint: str | None, values: object) -> None:
    allow_recordings(Right.DRAFT)


def recordable(entry: Entry) -> list[str]:
    """The languages whose words can be recorded as a whole: those without blanks."""
    return [language for language in entry["wordings"] if not blanks_of(_wording(entry, language)["text"])]


@clips.get("/messages/<key>/recording/<language>")
@needs(Right.DRAFT)
def record(key: str, language: str) -> Response:
    with reading() as session:
        entry, draft = _recordable(*editable(session, key), language)
    return _page(key, entry, language, draft.mark if draft else "")


@clips.post("/messages/<key>/recording/<language>")
@needs(Right.DRAFT)
def keep(key: str, language: str) -> Response:
    with reading() as session:
        entry, draft = _recordable(*editable(session, key), language)
    try:
        clip = sent_recording(_settings())
    except Unclear as unclear:
        return _page(key, entry, language, request.form.get("seen", ""), str(unclear))
    wordings = {**entry["wordings"], language: {**_wording(entry, language), "clip": clip}}
    try:
        with writing() as session:
            changed = entry | {"wordings": wordings}
            drafts.save(session, KIND, changed, someone().name, utcnow(), request.form.get("seen", ""))
    except versions.Outdated:
        mark = draft.mark if draft else ""
        return _page(key, entry, language, mark, decisions.overtaken(draft))
    flash(gettext("Đã lưu tiếng ghi vào bản nháp. Loa chưa phát: còn chờ trưởng ga, trưởng bến duyệt."))
    return redirect(url_for("messages.one", key=key), 303)


def _recordable(entry: Entry, draft: Version | None, language: str) -> tuple[Entry, Version | None]:
    if language not in recordable(entry):
        abort(404)
    return entry, draft


def _wording(entry: Entry, language: str) -> Mapping[str, Any]:
    found = entry["wordings"][language]
    return {"text": found} if isinstance(found, str) else found


def _page(key: str, entry: Entry, language: str, seen: str, mistake: str = "") -> Response:
    html = render_template(
        "messages/record.html",
        page="messages",
        key=key,
        title=entry["title"],
        language=language,
        text=_wording(entry, language)["text"],
        seen=seen,
        mistake=mistake,
        longest=_settings().get(RECORDING_SECONDS),
    )
    return recorder(html, mistake)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found

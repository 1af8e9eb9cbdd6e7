"""The editor of messages: written, previewed, heard, kept as a draft."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from announcer import auditions
from kiosk import decisions, desk, drafts
from kiosk.accounts.guard import needs, someone
from kiosk.accounts.roles import Right
from kiosk.announcements.wishes import Unclear
from kiosk.announcements.words import BLANKS
from kiosk.drafts import Entry
from kiosk.language.words import gettext
from kiosk.messages import typed, words
from kiosk.messages.access import demand, editable, may_share
from kiosk.messages.operations import KIND
from kiosk.messages.preview import Preview, preview_of
from kiosk.messages.typed import Typed
from kiosk.transactions import reading, writing
from schedules import versions
from schedules.core.clock import utcnow
from schedules.operations import all_stations

editor = Blueprint("message_editor", __name__, template_folder="templates")


@editor.get("/messages/new")
@needs(Right.DRAFT)
def begin() -> str:
    with reading() as session:
        return _editor(session, Typed())


@editor.post("/messages/new")
@needs(Right.DRAFT)
def create() -> str | Response | tuple[str, int]:
    return _sent("", None)


@editor.get("/messages/<key>/edit")
@needs(Right.DRAFT)
def edit(key: str) -> str:
    """The draft, or what is in use; ``from`` begins with an older version."""
    with reading() as session:
        entry, draft = editable(session, key)
        older = request.args.get("from", type=int)
        row = next((row for row in versions.history(session, KIND, key) if row.number == older), None)
        return _editor(session, typed.of_entry(row.entry if row else entry, draft.mark if draft else ""), key)


@editor.post("/messages/<key>/edit")
@needs(Right.DRAFT)
def keep(key: str) -> str | Response | tuple[str, int]:
    with reading() as session:
        entry, _ = editable(session, key)
    return _sent(key, entry)


@editor.post("/messages/preview")
@needs(Right.DRAFT)
def preview() -> str:
    """The preview alone, for the script that keeps it fresh while somebody types; ``key`` names what is being edited."""
    key = request.args.get("key")
    with reading() as session:
        given = typed.read(request.form, editable(session, key)[0] if key else None)
    try:
        found, unclear = _asked(preview_of(typed.entry_of(_named(given), "moi"))), ""
    except Unclear as error:
        found, unclear = None, str(error)
    return render_template(
        "messages/preview.html", given=given, preview=found, unclear=unclear, blanks=BLANKS
    )


def _sent(key: str, before: Entry | None) -> str | Response | tuple[str, int]:
    """The editor's form: previewed, heard, or kept as the draft."""
    given = typed.read(request.form, before)
    with reading() as session:
        try:
            if request.form.get("act") != "save":
                entry = typed.entry_of(_named(given), key or "moi", before)
                return _editor(session, given, key, _asked(preview_of(entry)))
            entry = typed.entry_of(
                given, key or drafts.free_key(session, KIND, given.title, "noi-dung"), before
            )
        except Unclear as unclear:
            return _editor(session, given, key, mistake=str(unclear)), 400
        demand(Right.DRAFT, entry, session)
    try:
        with writing() as session:
            drafts.save(session, KIND, entry, someone().name, utcnow(), given.seen)
    except versions.Outdated:
        return _overtaken(given, entry["key"]), 409
    flash(gettext("Đã lưu bản nháp. Loa chưa nói theo bản này: còn chờ trưởng ga, trưởng bến duyệt."))
    for sentence in (*typed.lost_recordings(given, before), *given.doubts):
        flash(sentence)
    return redirect(url_for("messages.one", key=entry["key"]), 303)


def _named(given: Typed) -> Typed:
    """The words are previewed and heard before it has a name."""
    return replace(given, title=given.title or "Chưa có tên")


def _overtaken(given: Typed, key: str) -> str:
    with reading() as session:
        draft = versions.draft_of(session, KIND, key)
        mistake = decisions.overtaken(draft)
        return _editor(session, replace(given, seen=draft.mark if draft else ""), key, mistake=mistake)


def _editor(
    session: Session, given: Typed, key: str = "", preview: Preview | None = None, mistake: str = ""
) -> str:
    stations = [one for one in all_stations(session) if someone().may(Right.DRAFT, one.key)]
    return render_template(
        "messages/edit.html",
        page="messages",
        key=key,
        given=given,
        preview=preview,
        mistake=mistake,
        words=words,
        blanks=BLANKS,
        stations=stations,
        shared=may_share(Right.DRAFT, session),
    )


def _asked(found: Preview) -> Preview:
    """With the sound on its way, if that was asked for."""
    if request.form.get("act") != "listen":
        return found
    with writing() as session:
        return replace(found, key=auditions.ask(session, desk.studio(), found.script, utcnow()))

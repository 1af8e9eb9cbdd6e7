"""The pages of messages: all of them, one with its history, the editor, and the decisions of the head of station."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from kiosk import decisions
from kiosk import versions as pages
from kiosk.accounts.guard import needs, someone
from kiosk.accounts.roles import Right
from kiosk.language.words import gettext
from kiosk.messages import operations, words
from kiosk.messages.access import demand, entry_in_use, may, names, visible
from kiosk.messages.operations import KIND
from kiosk.messages.preview import preview_of
from kiosk.messages.shown import shown
from kiosk.transactions import reading, writing
from schedules import versions
from schedules.core.clock import utcnow
from schedules.models import CATEGORIES, Message, Version

messages = Blueprint("messages", __name__, template_folder="templates")
messages.add_app_template_filter(words.language, "language_name")


@messages.get("/messages")
@needs(Right.SEE)
def all_of_them() -> str:
    wanted = request.args.get("q", "").strip().casefold()
    with reading() as session:
        found = [one for one in operations.every_message(session) if visible(_station_of(one))]
        found = [one for one in found if wanted in one.title.casefold() or wanted in _words(one)]
        by_category = sorted(
            (one for one in found if not one.retired), key=lambda one: CATEGORIES.index(one.category)
        )
        drafts = [one for one in versions.drafts(session, KIND) if visible(one.entry.get("station"))]
        return render_template(
            "messages/all.html",
            page="messages",
            q=request.args.get("q", ""),
            drafts=drafts,
            groups=[
                (words.CATEGORIES[name], list(its))
                for name, its in groupby(by_category, key=lambda one: one.category)
            ],
            recalled=[one for one in found if one.retired],
        )


@messages.get("/messages/<key>")
@needs(Right.SEE)
def one(key: str) -> str:
    with reading() as session:
        now_used, draft = entry_in_use(session, key), versions.draft_of(session, KIND, key)
        stations = names(session)
        old = shown(now_used, stations) if now_used else {}
        entry = now_used or (draft.entry if draft else abort(404))
        message = session.scalar(select(Message).where(Message.key == key))
        return render_template(
            "messages/one.html",
            page="messages",
            key=key,
            entry=entry,
            retired=message is not None and message.retired,
            fields=old,
            draft=draft,
            changes=pages.changes(old, shown(draft.entry, stations)) if draft else [],
            preview=preview_of(entry),
            schedules=operations.schedules_of(session, message) if message else [],
            history=versions.history(session, KIND, key),
            states=pages.STATES,
            may={right: may(right, entry, session) for right in (Right.DRAFT, Right.APPROVE)},
        )


@messages.get("/messages/<key>/versions/<int:number>")
@needs(Right.SEE)
def version(key: str, number: int) -> str:
    with reading() as session:
        found = {row.number: row for row in versions.history(session, KIND, key)}
        row = found.get(number) or abort(404)
        if not visible(row.entry.get("station")):
            abort(404)
        stations = names(session)
        before = max((other for other in found if other < number), default=0)
        old = shown(found[before].entry, stations) if before else {}
        return render_template(
            "messages/version.html",
            page="messages",
            key=key,
            row=row,
            before=before,
            fields=shown(row.entry, stations),
            changes=pages.changes(old, shown(row.entry, stations)) if before else [],
            states=pages.STATES,
        )


@messages.post("/messages/<key>/approve")
@needs(Right.APPROVE)
def approve(key: str) -> Response:
    decisions.approve(KIND, key, _demand)
    return _back(key)


@messages.post("/messages/<key>/discard")
@needs(Right.DRAFT)
def discard(key: str) -> Response:
    decisions.discard(KIND, key, _demand)
    return _back(key)


@messages.post("/messages/<key>/recall")
@needs(Right.APPROVE)
def recall(key: str) -> Response:
    with writing() as session:
        entry = entry_in_use(session, key) or abort(404)
        demand(Right.APPROVE, entry, session)
        message = session.scalars(select(Message).where(Message.key == key)).one()
        ended = operations.recall(session, message, someone().name, utcnow())
    flash(gettext("Đã thu hồi. Nội dung này không phát nữa."))
    if ended:
        flash(gettext("%(count)s lượt đang chờ hoặc đang nói đã dừng.", count=ended))
    return _back(key)


def _demand(session: Session, draft: Version, right: Right) -> None:
    demand(right, draft.entry, session, entry_in_use(session, draft.key))


def _station_of(message: Message) -> str | None:
    return message.station.key if message.station else None


def _words(message: Message) -> str:
    return " ".join(wording.text for wording in message.wordings).casefold()


def _back(key: str) -> Response:
    return redirect(url_for("messages.one", key=key), 303)

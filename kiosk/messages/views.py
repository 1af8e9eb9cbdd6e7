"""The pages of messages: all of them, one with its history, the editor, and the decisions of the head of station."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from announcer import auditions
from kiosk import decisions, desk
from kiosk import versions as pages
from kiosk.accounts.guard import needs, someone
from kiosk.accounts.roles import Right
from kiosk.history import version_of, version_page
from kiosk.language.words import gettext
from kiosk.messages import operations, typed, words
from kiosk.messages.access import demand, demand_of_draft, entry_in_use, may, names, visible
from kiosk.messages.clips import recordable
from kiosk.messages.operations import KIND
from kiosk.messages.preview import preview_of
from kiosk.messages.shown import facts, shown
from kiosk.transactions import reading, writing
from kiosk.typing import folded, line
from schedules import versions
from schedules.core.clock import utcnow
from schedules.days.day_types import DayType
from schedules.models import CATEGORIES, Message, Schedule
from schedules.triggers import describe, trigger_from_data

messages = Blueprint("messages", __name__, template_folder="templates")
messages.add_app_template_filter(words.language, "language_name")


@messages.get("/messages")
@needs(Right.SEE)
def all_of_them() -> str:
    wanted = folded(line(request.args.get("q", "")))
    with reading() as session:
        found = [one for one in operations.every_message(session) if visible(_station_of(one))]
        found = [
            one
            for one in found
            if wanted in _looked_through(one.title, (wording.text for wording in one.wordings))
        ]
        by_category = sorted(
            (one for one in found if not one.retired), key=lambda one: CATEGORIES.index(one.category)
        )
        drafts = [
            one
            for one in versions.drafts(session, KIND)
            if visible(one.entry.get("station"))
            and wanted in _looked_through(one.entry["title"], typed.of_entry(one.entry).texts.values())
        ]
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
            facts=facts(entry, stations),
            draft=draft,
            others=decisions.others_to_approve(session, draft),
            changes=pages.changes(old, shown(draft.entry, stations)) if draft else [],
            preview=preview_of(entry),
            recordable=recordable(draft.entry if draft else entry),
            schedules=[
                one
                for one in (operations.schedules_of(session, message) if message else [])
                if visible(one.station.key)
            ],
            said_when=_when,
            history=versions.history(session, KIND, key),
            states=pages.STATES,
            may={right: may(right, entry, session) for right in (Right.DRAFT, Right.APPROVE)},
        )


@messages.post("/messages/<key>/listen")
@needs(Right.SEE)
def listen(key: str) -> Response:
    """Have the sound made of what is in use, or of the draft where that is asked for or is all there is, and go where it
    can be heard.
    """
    with writing() as session:
        in_use, draft = entry_in_use(session, key), versions.draft_of(session, KIND, key)
        wanted = draft if "draft" in request.form or not in_use else None
        entry = wanted.entry if wanted else in_use or abort(404)
        sound = auditions.ask(session, desk.studio(), preview_of(entry).script, utcnow())
    return redirect(url_for("sounds.one", key=sound), 303)


@messages.get("/messages/<key>/versions/<int:number>")
@needs(Right.SEE)
def version(key: str, number: int) -> str:
    with reading() as session:
        row = version_of(session, KIND, key, number)
        if not visible(row.entry.get("station")):
            abort(404)
        stations = names(session)
        return version_page(
            session,
            row,
            lambda entry: shown(entry, stations),
            page="messages",
            title=row.entry["title"],
            back=url_for("messages.one", key=key),
            edit=f"{url_for('message_editor.edit', key=key)}?from={number}",
        )


@messages.post("/messages/<key>/approve")
@needs(Right.APPROVE)
def approve(key: str) -> Response:
    decisions.approve(KIND, key, demand_of_draft)
    return _back(key)


@messages.post("/messages/<key>/discard")
@needs(Right.DRAFT)
def discard(key: str) -> Response:
    decisions.discard(KIND, key, demand_of_draft)
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


def _station_of(message: Message) -> str | None:
    return message.station.key if message.station else None


def _when(schedule: Schedule) -> str:
    return describe(trigger_from_data(schedule.trigger), DayType.from_data(schedule.days), "vi")


def _looked_through(title: str, texts: Iterable[str]) -> str:
    return folded("\n".join((title, *texts)))


def _back(key: str) -> Response:
    """To its page; to the list where it has none any more."""
    entry, there = decisions.last_seen(KIND, key)
    if entry is None or not visible(entry.get("station")):
        abort(404)
    if not there:
        return redirect(url_for("messages.all_of_them"), 303)
    return redirect(url_for("messages.one", key=key), 303)

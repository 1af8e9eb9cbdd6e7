"""Saying something, one question a screen: a face, what it is about, then words, a photo, a way to be reached, and the code."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from kiosk import qr
from kiosk.accounts.guard import public
from kiosk.announcements.recording import with_microphone
from kiosk.announcements.wishes import Unclear as BadId
from kiosk.announcements.wishes import Wish, id_of
from kiosk.feedback import codes, kinds, operations, spoken, words
from kiosk.feedback.mine import device, mine, remember
from kiosk.feedback.models import Feedback
from kiosk.feedback.operations import Beginning, Unclear
from kiosk.feedback.photos import LARGEST_BYTES, NoPhoto
from kiosk.language.chosen import language
from kiosk.rules import editions
from kiosk.settings import HOTLINES, RECEPTION
from kiosk.transactions import reading, writing
from kiosk.travellers import said
from kiosk.travellers.places import place
from schedules.core.clock import local_date, utcnow
from schedules.core.ids import new_id
from schedules.models import Station

feedback = Blueprint(
    "feedback", __name__, template_folder="templates", url_prefix="/kiosk/<station>/feedback"
)
feedback.add_app_template_filter(codes.written, "written_code")
feedback.add_app_template_global(new_id)
feedback.add_app_template_global(lambda: words.MOODS, "moods")

FORM_BYTES = 100_000  # of a form around its photo
WITH_PHOTOS = {"feedback.tell", "following.reply"}
LAWFUL = ("complaint", "denunciation")
CHANNELS = ("kiosk", "phone")
RULE = re.compile(r"[a-z0-9-]{1,40}/[a-z0-9-]{1,40}")


class TooMany(TooManyRequests):
    """With the sentence that says so."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


@feedback.app_url_value_preprocessor
def _large(endpoint: str | None, values: object) -> None:
    """Only where a photo may be sent may a request hold one."""
    if endpoint in WITH_PHOTOS:
        request.max_content_length = LARGEST_BYTES + FORM_BYTES


@feedback.post("")
@public
def begin(station: str) -> Response:
    """The first tap: it is filed at once. With a rule or a topic nobody is asked what it is about."""
    tap, now = _tap(), utcnow()
    with writing() as session:
        try:
            row = operations.begin(session, place(session, station), tap, now)
        except Unclear as error:
            raise TooMany(words.MISTAKES[error.code]) from error
        remember(row)
        further = "tell" if row.topic else "about"
    return redirect(url_for(f"feedback.{further}", station=station), 303)


@feedback.get("/about")
@public
def about(station: str) -> Response:
    return _page(station, "about")


@feedback.post("/about")
@public
def choose(station: str) -> Response:
    """About a rule one is asked which; then, as about anything else, for words."""
    now, topic, rule = utcnow(), request.form.get("topic", ""), request.form.get("rule", "")
    with writing() as session:
        row = mine(session, place(session, station), now)
        if row is None:
            return _again(station)
        try:
            operations.choose_topic(row, topic, rule if RULE.fullmatch(rule) else "")
        except Unclear:
            return redirect(url_for("feedback.about", station=station), 303)
    further = "which_rule" if topic == kinds.RULE and not rule else "tell"
    return redirect(url_for(f"feedback.{further}", station=station), 303)


@feedback.get("/rule")
@public
def which_rule(station: str) -> Response:
    return _page(station, "rule")


@feedback.get("/tell")
@public
def write(station: str) -> Response:
    return _page(station, "tell")


@feedback.post("/tell")
@public
def tell(station: str) -> Response:
    """Words, a photo; nothing that was typed is lost on a mistake."""
    now, typed = utcnow(), request.form.get("words", "")
    kind, photo = request.form.get("kind", ""), request.files.get("photo")
    try:
        with writing() as session:
            row = mine(session, place(session, station), now)
            if row is None:
                return _again(station)
            data, keep = photo.read() if photo else b"", "keep" in request.form
            operations.tell(session, row, kind, typed, data, now, keep)
    except (Unclear, NoPhoto) as error:
        page = "lawful" if kind in LAWFUL else "tell"
        return _page(station, page, words.MISTAKES[error.code], typed=typed, kind=kind)
    return redirect(url_for("feedback.done", station=station), 303)


@feedback.get("/lawful")
@public
def lawful(station: str) -> Response:
    """Complaints and denunciations: what is lawful, and what can be done here."""
    return _page(station, "lawful")


@feedback.get("/contact")
@public
def contact(station: str) -> Response:
    return _page(station, "contact")


@feedback.post("/contact")
@public
def leave_contact(station: str) -> Response:
    now, home = utcnow(), current_app.extensions["settings"].home
    agreed = {one: words.PURPOSES[one] for one in request.form.getlist("purpose") if one in words.PURPOSES}
    try:
        with writing() as session:
            row = mine(session, place(session, station), now)
            if row is None:
                return _again(station)
            operations.leave_contact(session, home, row, request.form, agreed, now)
    except Unclear as error:
        sentence = words.MISTAKES[error.code]
        return _page(station, "contact", sentence, typed=request.form, agreed=list(agreed))
    return redirect(url_for("feedback.done", station=station), 303)


@feedback.get("/done")
@public
def done(station: str) -> Response:
    """The code to follow it by."""
    return _page(station, "done")


@feedback.get("/help")
@public
def help_wanted(station: str) -> str:
    """The numbers for emergencies, and calling the station's staff."""
    now = utcnow()
    with reading() as session:
        here = place(session, station)
        return render_template("feedback/help.html", **_frame(session, here, now), hotlines=hotlines())


@feedback.post("/help")
@public
def call(station: str) -> Response:
    """Staff are told at once; a second tap calls nobody twice."""
    now = utcnow()
    with writing() as session:
        here = place(session, station)
        row = operations.begin(session, here, _tap(kinds.URGENT), now)
        remember(row)
    return redirect(url_for("feedback.done", station=station), 303)


def hotlines() -> list[str]:
    """Of police, fire brigade and ambulance."""
    found: str = current_app.extensions["settings"].get(HOTLINES)
    return [number.strip() for number in found.split(",")][:3]


def _tap(kind: str = "") -> Beginning:
    """What the form says; what it cannot say is left out."""
    form = request.form
    try:
        given = id_of(Wish(id=form.get("id", "")))
    except BadId:
        abort(400)
    mood, topic, rule, channel = (form.get(name, "") for name in ("mood", "topic", "rule", "channel"))
    return Beginning(
        id=given,
        channel=channel if channel in CHANNELS else "phone",
        language=language(),
        device=device(utcnow()),
        mood=mood if mood in kinds.MOODS else "",
        topic=topic if topic in kinds.TOPICS else "",
        rule=rule if topic == kinds.RULE and RULE.fullmatch(rule) else "",
        kind=kind,
    )


def _page(station: str, name: str, mistake: str = "", **more: Any) -> Response:
    now = utcnow()
    with reading() as session:
        here = place(session, station)
        row = mine(session, here, now)
        if row is None:
            return _again(station)
        path = url_for("following.scanned", code=row.code)
        url = qr.address(path)
        given: dict[str, Any] = {
            "typed": "",
            "agreed": [],
            "kind": row.kind or kinds.likely(row.mood, row.topic),
        }
        html = render_template(
            f"feedback/{name}.html",
            **_frame(session, here, now),
            row=row,
            rule=_rule(session, row, now),
            rules=_rules(session, here, now) if name == "rule" else [],
            mistake=mistake,
            topics=words.TOPICS,
            kinds={one: words.KINDS[one] for one in (LAWFUL if name == "lawful" else kinds.ORDINARY)},
            purposes=words.PURPOSES,
            longest=operations.LONGEST_WORDS,
            longest_seconds=round(spoken.LONGEST_SECONDS),
            reception=current_app.extensions["settings"].get(RECEPTION),
            code=qr.drawn(url) if url else "",
            url=url,
            **(given | more),
        )
        answer = with_microphone if name == "tell" else make_response
        return answer(html, 400 if mistake else 200)


def _rule(session: Session, row: Feedback, now: datetime) -> Any:
    """The rule it is about, if there is one and it still holds."""
    code, _, key = row.rule.partition("/")
    in_force = editions.in_force(session, local_date(now)) if key else []
    return next((found for one in in_force if one.key == code and (found := one.rule(key))), None)


def _rules(session: Session, here: Station, now: datetime) -> list[Any]:
    """(code, rule) of all that holds at this kind of place, for everybody first and then for officials."""
    codes = editions.in_force(session, local_date(now))
    return [(code, rule) for code in codes for rule in editions.of_place(code, here.kind)]


def _frame(session: Session, here: Station, now: datetime) -> dict[str, Any]:
    return {"place": here, "sounding": said.sounding(session, here, now)}


def _again(station: str) -> Response:
    """Nothing was begun at this screen, or somebody else's was handed back: from the beginning."""
    return redirect(url_for("waiting.start", station=station), 303)

"""Saying it instead of typing: the page sends what was recorded, and asks until somebody has written it down."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask import session as cookie

from audio.uploads import Refused
from kiosk.accounts.guard import public
from kiosk.feedback import spoken, words
from kiosk.feedback.mine import GIVING, mine
from kiosk.language.chosen import language
from kiosk.transactions import reading, writing
from kiosk.travellers.places import place
from schedules.core.clock import utcnow

speaking = Blueprint("speaking", __name__, url_prefix="/kiosk/<station>/feedback/voice")

LARGEST_BYTES = 3_000_000  # a minute as browsers record it, twice over
MISTAKES = {"silent": "sound-silent", "long": "sound-long"}


@speaking.url_value_preprocessor
def _large(endpoint: str | None, values: object) -> None:
    request.max_content_length = LARGEST_BYTES


@speaking.post("")
@public
def say(station: str) -> tuple[Response, int]:
    """202: it is being written down. 400 with a sentence about what was wrong; 404 where nothing was begun at this screen."""
    now, sent = utcnow(), request.files.get("sound")
    try:
        sound = spoken.take_in(sent.read() if sent else b"")
    except Refused as refused:
        return jsonify(mistake=words.MISTAKES[MISTAKES.get(refused.code, "sound-unknown")]), 400
    with writing() as session:
        row = mine(session, place(session, station), now)
        if row is None:
            return jsonify(mistake=""), 404
        spoken.keep(session, row, sound, language(), now)
    return jsonify(state=spoken.SENT), 202


@speaking.get("")
@public
def heard(station: str) -> tuple[Response, int]:
    """``state`` and, once it is heard, ``text``."""
    with reading() as session:
        row = mine(session, place(session, station), utcnow())
        found = spoken.of(session, row) if row else None
        if found is None:
            return jsonify(state=""), 404
        return jsonify(state=found.state, text=found.text), 200


@speaking.before_app_request
def _handed_back() -> None:
    """Whoever hands the screen back leaves no voice behind."""
    if request.endpoint == "travellers.again" and GIVING in cookie:
        with writing() as session:
            spoken.forget(session, str(cookie[GIVING]))

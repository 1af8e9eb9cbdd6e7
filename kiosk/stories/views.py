"""The page of one request, and of one planned occurrence."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, url_for
from werkzeug.wrappers import Response

from kiosk.accounts.guard import needs
from kiosk.accounts.roles import Right
from kiosk.home.live import fresh
from kiosk.stories.addresses import address
from kiosk.stories.own import Find, own
from kiosk.stories.story import Story, of_occurrence, of_request
from kiosk.transactions import reading
from schedules.core.clock import utcnow

stories = Blueprint("stories", __name__, template_folder="templates")
stories.add_app_template_filter(address)


@stories.get("/requests/<id>")
@needs(Right.SEE)
def request_(id: str) -> str:
    living = url_for("stories.request_now", id=id)
    return render_template("stories/story.html", id=id, story=_own(of_request, id), living=living)


@stories.get("/requests/<id>/now")
@needs(Right.SEE)
def request_now(id: str) -> Response:
    return fresh(render_template("stories/now.html", id=id, story=_own(of_request, id)))


@stories.get("/occurrences/<id>")
@needs(Right.SEE)
def occurrence(id: str) -> str:
    living = url_for("stories.occurrence_now", id=id)
    return render_template("stories/story.html", id=id, story=_own(of_occurrence, id), living=living)


@stories.get("/occurrences/<id>/now")
@needs(Right.SEE)
def occurrence_now(id: str) -> Response:
    return fresh(render_template("stories/now.html", id=id, story=_own(of_occurrence, id)))


def _own(find: Find, id: str) -> Story:
    with reading() as session:
        return own(session, find, id, utcnow()) or abort(404)

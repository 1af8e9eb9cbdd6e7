"""The page of one request, and of one planned occurrence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask import Blueprint, abort, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from kiosk.accounts.guard import needs, someone
from kiosk.accounts.roles import Right
from kiosk.home.live import fresh
from kiosk.stories.addresses import address
from kiosk.stories.story import Story, of_occurrence, of_request
from kiosk.transactions import reading
from schedules.core.clock import utcnow

stories = Blueprint("stories", __name__, template_folder="templates")
stories.add_app_template_filter(address)

Find = Callable[[Session, str, datetime], Story | None]


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
    """As far as it is told of stations that one may see; what is of others is not there."""
    person = someone()
    with reading() as session:
        story = find(session, id, utcnow())
        zones = [one for one in story.zones if person.may(Right.SEE, one.zone.station.key)] if story else []
        zones = [
            one if person.may(Right.STOP, one.zone.station.key) else replace(one, cancel="") for one in zones
        ]
    return replace(story, zones=zones) if story and zones else abort(404)

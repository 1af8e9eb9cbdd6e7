"""The page *Sức khỏe*: whether the station is well, at a glance."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from kiosk.accounts.guard import needs
from kiosk.accounts.roles import Right
from kiosk.desk import studio
from kiosk.health.checks import BAD, DOUBTFUL, Look, findings
from kiosk.transactions import reading
from schedules.core.clock import utcnow

health = Blueprint("health", __name__, template_folder="templates")

WORDS = {"good": "tốt", "doubtful": "cần xem", "bad": "hỏng"}


@health.get("/health")
@needs(Right.SEE)
def page() -> str:
    voices = [voice.info.name for voice in studio().voices.choose("vi")]
    with reading() as session:
        found = findings(Look(session, current_app.extensions["settings"].home, utcnow(), voices))
    return render_template(
        "health/health.html",
        page="health",
        findings=found,
        words=WORDS,
        bad=sum(one.state == BAD for one in found),
        doubtful=sum(one.state == DOUBTFUL for one in found),
    )

"""The page *Sức khỏe*: whether the station is well, at a glance; and the same for Prometheus."""

from __future__ import annotations

from hmac import compare_digest

from flask import Blueprint, Response, current_app, render_template, request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.orm import Session

from kiosk.accounts.guard import needs, present, public
from kiosk.accounts.roles import Right
from kiosk.desk import studio
from kiosk.health.checks import BAD, DOUBTFUL, Look, findings
from kiosk.health.faults import latest
from kiosk.health.metrics import exposition
from kiosk.health.settings import MAIL_HOST, WEBHOOK_URL
from kiosk.health.wording import told
from kiosk.language.words import Table
from kiosk.secret_files import secret
from kiosk.settings import METRICS_TOKEN_FILE
from kiosk.transactions import reading
from schedules.core.clock import utcnow

health = Blueprint("health", __name__, template_folder="templates")

health.add_app_template_filter(told)

MOST_FAULTS = 50
WORDS = Table({"good": "tốt", "doubtful": "cần xem", "bad": "hỏng"})


@health.get("/health")
@needs(Right.SEE)
def page() -> str:
    with reading() as session:
        found, faults = findings(_look(session)), latest(session, MOST_FAULTS)
    return render_template(
        "health/health.html",
        page="health",
        findings=found,
        faults=faults,
        channels=current_app.extensions["settings"].get(MAIL_HOST)
        or current_app.extensions["settings"].get(WEBHOOK_URL),
        words=WORDS,
        bad=sum(one.state == BAD for one in found),
        doubtful=sum(one.state == DOUBTFUL for one in found),
    )


@health.get("/metrics")
@public  # it asks for itself: a scraper has no cookie
def metrics() -> Response:
    if not _may_scrape():
        return Response("", 401, {"WWW-Authenticate": "Bearer"})
    with reading() as session:
        told = exposition(_look(session))
    return Response(told, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _may_scrape() -> bool:
    """Whoever may see the station, or has the token of the file that a setting names. Without either nobody."""
    person, settings = present(), current_app.extensions["settings"]
    if person and person.may(Right.SEE):
        return True
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if not settings.get(METRICS_TOKEN_FILE) or kind.casefold() != "bearer":
        return False
    token = secret(settings.home, settings.get(METRICS_TOKEN_FILE))
    return compare_digest(given.strip().encode(), token.encode())


def _look(session: Session) -> Look:
    return Look(session, current_app.extensions["settings"].home, utcnow(), studio().speakers("vi"))

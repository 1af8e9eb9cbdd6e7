"""The codes of conduct as travellers read and hear them."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, abort, current_app, render_template, send_file
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from kiosk import desk
from kiosk.accounts.guard import public
from kiosk.language.chosen import language
from kiosk.rules import aloud, editions
from kiosk.rules.codes import Code, Rule, pictures
from kiosk.rules.looked_at import Looks
from kiosk.transactions import database, reading, writing
from kiosk.travellers import said
from kiosk.travellers.places import place
from schedules.core.clock import local_date, utcnow

rules = Blueprint("rules", __name__, template_folder="templates", url_prefix="/kiosk/<station>/rules")
rules.add_app_template_global(pictures, "pictures")

SOON = "1"  # seconds


@rules.get("/<code>")
@public
def one_code(station: str, code: str) -> str:
    """What one should and should not do at this kind of place."""
    now = utcnow()
    with reading() as session:
        here = place(session, station)
        codes = editions.in_force(session, local_date(now))
        found = next((one for one in codes if one.key == code), None) or abort(404)
        return render_template(
            "rules/code.html",
            place=here,
            codes=codes,
            code=found,
            rules=editions.of_place(found, here.kind),
            sounding=said.sounding(session, here, now),
        )


@rules.get("/<code>/<rule>")
@public
def one_rule(station: str, code: str, rule: str) -> str:
    now = utcnow()
    with reading() as session:
        here = place(session, station)
        found, its = _found(session, code, rule)
        looks: Looks = current_app.extensions.setdefault("looks", Looks())
        looks.count(here.id, f"{code}/{rule}", now)
        order = editions.of_place(found, here.kind)
        at = order.index(its) if its in order else 0
        return render_template(
            "rules/rule.html",
            place=here,
            code=found,
            rule=its,
            number=at + 1,
            count=len(order),
            following=order[(at + 1) % len(order)] if order else its,
            sounding=said.sounding(session, here, now),
        )


@rules.teardown_app_request
def _counted(error: BaseException | None) -> None:
    """After an answer has gone, and seldom: what was looked at is written down."""
    looks: Looks | None = current_app.extensions.get("looks")
    if looks and error is None:
        with suppress(OperationalError):
            looks.write_down(database(), utcnow())


@rules.get("/<code>/<rule>/aloud")
@public
def read_aloud(station: str, code: str, rule: str) -> Response | tuple[str, int, dict[str, str]]:
    """Its sound; 202 while it is being made, 503 where nobody can make it. Asking is harmless: there are only so many rules."""
    studio, now = desk.studio(), utcnow()
    with reading() as session:
        place(session, station)
        script = aloud.script_of(studio, _found(session, code, rule)[1], language())
        path = aloud.finished(session, studio, script)
    if path:
        return send_file(path, mimetype="audio/wav", conditional=True)
    with writing() as session:
        failed = aloud.ask_for(session, studio, script, now)
    return ("", 503, {}) if failed else ("", 202, {"Retry-After": SOON})


def _found(session: Session, code: str, rule: str) -> tuple[Code, Rule]:
    in_force = editions.in_force(session, local_date(utcnow()))
    its = [(one, found) for one in in_force if one.key == code and (found := one.rule(rule))]
    return its[0] if its else abort(404)

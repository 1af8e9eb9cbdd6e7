"""The page of tokens: what programs may use the JSON API, for administrators."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.accounts import operations, tokens, words
from kiosk.accounts.guard import needs, require
from kiosk.accounts.refusals import Refused, sentence_of
from kiosk.accounts.roles import Right
from kiosk.accounts.views import EVERYWHERE, role_wanted
from kiosk.language.times import day_from
from kiosk.language.words import gettext
from kiosk.transactions import reading, writing
from schedules.core.clock import utcnow
from schedules.operations import all_stations

token_pages = Blueprint("tokens", __name__, template_folder="templates")


@token_pages.get("/tokens")
@needs(Right.ADMINISTER)
def all_of_them() -> str:
    require(Right.ADMINISTER, "")
    return _page()


@token_pages.post("/tokens")
@needs(Right.ADMINISTER)
def create() -> str | tuple[str, int]:
    """Shows the token on the page itself: what goes elsewhere first, like a cookie, would keep it."""
    actor, now = require(Right.ADMINISTER, "").name, utcnow()
    name = request.form.get("name", "").strip()
    try:
        expires = request.form.get("expires", "").strip()
        expires_at = tokens.end_of(day_from(expires)) if expires else None
        with writing() as session:
            roles = [role_wanted(session)]
            full_name = request.form.get("full_name", "")
            made = tokens.create(session, actor, name, full_name, roles, expires_at, now)
    except Refused as refused:
        return _page(mistake=sentence_of(refused.code)), 400
    return _page(name, made)


@token_pages.post("/tokens/<name>/withdraw")
@needs(Right.ADMINISTER)
def withdraw(name: str) -> Response:
    actor = require(Right.ADMINISTER, "").name
    with writing() as session:
        tokens.withdraw(session, actor, name, utcnow())
    flash(gettext("Đã thu hồi khóa truy cập. Chương trình dùng khóa này không làm được gì nữa."))
    return redirect(url_for("tokens.all_of_them"))


def _page(name: str = "", made: str = "", mistake: str = "") -> str:
    with reading() as session:
        return render_template(
            "accounts/tokens.html",
            page="people",
            tokens=tokens.all_tokens(session),
            stations=all_stations(session),
            roles=words.ROLES,
            everywhere=EVERYWHERE,
            name=name,
            made=made,
            mistake=mistake,
            typed=request.form,
            longest=operations.LONGEST_FULL_NAME,
        )

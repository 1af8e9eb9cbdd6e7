"""What stands before every page. A view says who may see it, with ``public`` or ``needs``; one that says nothing is closed.

Forms are checked by Flask-WTF: a page of another site cannot send them. The JSON API is used by the signed-in, too, or with a
token, which no browser sends by itself; then neither the cookie nor a form's token counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask import session as cookie
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from kiosk.accounts import tokens
from kiosk.accounts.roles import Right
from kiosk.accounts.signing_in import Limits, Person, code_refusal, person, seen
from kiosk.keys import key
from kiosk.settings import IDLE_MINUTES, LONGEST_HOURS, SECURE_COOKIES
from kiosk.transactions import database, reading, writing
from schedules.core.clock import utcnow
from schedules.core.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])
Find = Callable[[Session, str, datetime], tuple[Person, bool] | None]
Note = Callable[[Session, str, datetime], None]

PUBLIC, SIGNED_IN = "public", "signed in"
MARK = "__who_may__"
TOKEN = "token"  # noqa: S105  (the name of a field)
API = "api"  # the blueprint that answers programs: in JSON, and to tokens
CHOOSING = ("accounts.own", "accounts.change_password")  # where an own password is chosen
WEB_KEY, SECOND_STEP_KEY = "web", "second-step"


class SignedOut(Forbidden):
    """A form of staff came from somebody who is signed in no longer. Its page offers to sign in there and then."""


def public(view: View) -> View:
    setattr(view, MARK, PUBLIC)
    return view


def signed_in(view: View) -> View:
    setattr(view, MARK, SIGNED_IN)
    return view


def needs(right: Right) -> Callable[[View], View]:
    """The right at one station at least; a view about one station asks ``require`` for that one."""

    def mark(view: View) -> View:
        setattr(view, MARK, right)
        return view

    return mark


def who_may(view: Callable[..., Any] | None) -> Right | str | None:
    return getattr(view, MARK, None)


def protect(app: Flask, settings: Settings) -> None:
    secure = settings.get(SECURE_COOKIES)
    app.config.update(
        SECRET_KEY=key(settings.home, WEB_KEY),
        SESSION_COOKIE_NAME="__Host-loaga" if secure else "loaga",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # _check asks for it
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session itself
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, which not every browser sends
    )
    app.extensions["limits"] = Limits(
        timedelta(minutes=settings.get(IDLE_MINUTES)), timedelta(hours=settings.get(LONGEST_HOURS))
    )
    app.extensions["second-step-key"] = key(settings.home, SECOND_STEP_KEY)
    public(app.view_functions["static"])
    app.extensions["forms"] = CSRFProtect(app)
    app.before_request(_check)
    app.after_request(_not_kept)
    app.context_processor(lambda: {"person": present(), "Right": Right})


def present() -> Person | None:
    """Who is signed in, or on the API whose token was sent; looked up once a request."""
    if "person" not in g:
        g.person = None  # should the look-up fail, the page that says so must not try again
        if not by_token():
            find = partial(person, limits=current_app.extensions["limits"])
            g.person = _look_up(cookie.get(TOKEN, ""), find, seen)
        elif on_api():
            g.person = _look_up(_bearer() or "", tokens.holder, tokens.used)
    found: Person | None = g.person
    return found


def someone() -> Person:
    """Who is signed in, on a page that only the signed-in see."""
    return present() or abort(403)


def require(right: Right, station: str) -> Person:
    """For a page about one station (by its key), or about every station ("")."""
    found = someone()
    return found if found.may(right, station) else abort(403)


def require_at(right: Right, stations: Iterable[str]) -> Person:
    """For a page about several stations at once, such as what all of them share."""
    found = someone()
    return found if all(found.may(right, station) for station in stations) else abort(403)


def unconfirmed(code: str) -> str:
    """Why whoever has the second step switched on is not believed; empty after a new code, and where it is off."""
    found, key = someone(), current_app.extensions["second-step-key"]
    return code_refusal(database(), key, found.name, code, utcnow()) if found.second_step else ""


def on_api() -> bool:
    return request.blueprint == API


def by_token() -> bool:
    return _bearer() is not None


def _bearer() -> str | None:
    sent = request.authorization
    return sent.token or "" if sent and sent.type == "bearer" else None


def _look_up(token: str, find: Find, note: Note) -> Person | None:
    if not token:
        return None
    now = utcnow()
    with reading() as session:
        found = find(session, token, now)
    if found is None:
        return None
    if found[1]:
        with (
            suppress(OperationalError),
            writing() as session,
        ):  # a busy database is no reason to refuse the page
            note(session, token, now)
    return found[0]


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # no such page: Flask says so
    wanted = who_may(current_app.view_functions[request.endpoint])
    if on_api() and (by_token() or wanted != PUBLIC) and present() is None:
        abort(401)  # a wrong token is told even where none is needed
    if wanted != PUBLIC and present() is None:
        if request.method != "GET":
            raise SignedOut  # before its token is checked: who signed out elsewhere has none any more
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    if not (on_api() and by_token()):
        current_app.extensions["forms"].protect()
    if wanted == PUBLIC:
        return None
    found = someone()
    if found.must_choose and request.endpoint not in CHOOSING and not on_api():
        return redirect(url_for("accounts.own"))
    return None if _allowed(found, wanted) else abort(403)


def _not_kept(response: Response) -> Response:
    """No browser keeps a page that was made for somebody: the next person at this screen is somebody else."""
    if (on_api() or cookie.get(TOKEN)) and request.endpoint not in ("static", "font"):
        response.headers["Cache-Control"] = "no-store"
    return response


def _allowed(found: Person, wanted: Right | str | None) -> bool:
    return wanted == SIGNED_IN or (isinstance(wanted, Right) and found.may(wanted))

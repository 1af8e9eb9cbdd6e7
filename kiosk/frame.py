"""The frame of every page: its language and the switch to the other one, and how templates write words, numbers and times."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, abort, redirect, request
from flask import session as cookie
from werkzeug.wrappers import Response as WerkzeugResponse

from kiosk.accounts.guard import public
from kiosk.language import times, words
from kiosk.language.catalogue import Pages
from kiosk.language.chosen import CHOSEN, DEFAULT, LANGUAGES, choose, language
from kiosk.language.retold import retold
from kiosk.returning import own_page, this_page

languages = Blueprint("language", __name__)

for _filter in (
    words.said, words.named, retold, words.decimal, words.tenths, times.day, times.short_day, times.day_in_words, times.clock,
    times.short_clock, times.when, times.to_the_minute,
):  # fmt: skip
    languages.add_app_template_filter(_filter)


def speak(app: Flask) -> None:
    """Pages in the language that each browser wants."""
    Pages(app, default_locale=DEFAULT, locale_selector=choose)
    app.jinja_env.globals["_"] = words.marked_up
    app.register_blueprint(languages)


@languages.get("/language/<code>")
@public
def switch(code: str) -> WerkzeugResponse:
    """To the same page in the other language; it changes nothing but this browser's cookie."""
    if code not in LANGUAGES:
        abort(404)
    cookie[CHOSEN] = code
    return redirect(own_page(request.args.get("next", "")))


@languages.app_context_processor
def _frame() -> dict[str, Any]:
    other = next(code for code in LANGUAGES if code != language())
    return {"page_language": language(), "other_language": (other, LANGUAGES[other]), "this_page": this_page}


@languages.after_app_request
def _varies(response: Response) -> Response:
    """A cache may not give one language for the other."""
    if response.mimetype == "text/html":
        response.vary.add("Accept-Language")
    return response

"""The web server: Flask behind waitress. Start-up reads top to bottom; features are blueprints."""

from __future__ import annotations

import logging
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, current_app, render_template, request, send_from_directory, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as WerkzeugResponse

from announcer.voice_settings import ABROAD, GOOGLE
from kiosk import fonts
from kiosk.accounts.guard import protect, public
from kiosk.accounts.token_views import token_pages
from kiosk.accounts.views import accounts
from kiosk.announcements.paging import paging
from kiosk.announcements.recording import recording
from kiosk.announcements.views import announcements
from kiosk.api import errors as api_errors
from kiosk.api.openapi import api
from kiosk.cases import calls
from kiosk.cases.figure_views import case_figures
from kiosk.cases.views import cases
from kiosk.commendations.staff_views import good_examples
from kiosk.commendations.views import commendations
from kiosk.feedback.following import following
from kiosk.feedback.speaking import speaking
from kiosk.feedback.views import feedback
from kiosk.frame import speak
from kiosk.health.views import health
from kiosk.home.figures import station_now
from kiosk.home.live import Live
from kiosk.home.views import home
from kiosk.language.words import said
from kiosk.messages.clips import clips
from kiosk.messages.editor import editor
from kiosk.messages.views import messages
from kiosk.packing import pack
from kiosk.rules.views import rules
from kiosk.scheduling.editor import schedule_editor
from kiosk.scheduling.views import scheduling
from kiosk.settings import HOST, PORT, STREAMS, THREADS
from kiosk.sounds.views import sounds
from kiosk.stations.calendar_views import calendar
from kiosk.stations.views import stations
from kiosk.stories.views import stories
from kiosk.travellers.screens import screens
from kiosk.travellers.views import PAGES as TRAVELLERS
from kiosk.travellers.views import travellers
from kiosk.waiting.views import waiting
from kiosk.warming import warm_up
from schedules.core import logs
from schedules.core.database import Database
from schedules.core.errors import LoagaError
from schedules.core.settings import Settings, load

log = logging.getLogger(__name__)

# Everything comes from this server; nothing is written into the page as script or style.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # none to other sites; over plain HTTP it tells our own pages from theirs
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-cache",  # a page of this station is of this moment
}
FONT_SECONDS = 30 * 24 * 3600
MOST_CONNECTIONS = 1000

SENTENCES = {
    400: "Trang này đã cũ hoặc gửi thiếu nội dung. Chưa có gì thay đổi. Xin mở lại trang rồi làm lại.",
    403: "Quý vị không có quyền làm việc này. Chưa có gì thay đổi.",
    404: "Không có trang này.",
    405: "Địa chỉ này không nhận yêu cầu kiểu đó. Chưa có gì thay đổi.",
    413: "Nội dung gửi lên quá lớn. Chưa có gì được lưu.",
}
OTHERWISE = "Yêu cầu này không thực hiện được. Chưa có gì thay đổi."
BROKEN = (
    "Trang này đang gặp lỗi. Loa vẫn phát theo lịch. Xin thử lại sau ít phút; vẫn vậy thì báo cho kỹ thuật."
)


def create_app(settings: Settings, database: Database) -> Flask:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    live = Live(database, _picture, settings.get(STREAMS))
    app.extensions.update(database=database, settings=settings, live=live, policy=POLICY)
    app.jinja_env.globals["notices"] = (ABROAD,) if settings.get(GOOGLE) else ()
    speak(app)
    app.register_blueprint(home)
    app.register_blueprint(accounts)
    app.register_blueprint(token_pages)
    app.register_blueprint(announcements)
    app.register_blueprint(messages)
    app.register_blueprint(editor)
    app.register_blueprint(clips)
    app.register_blueprint(sounds)
    app.register_blueprint(scheduling)
    app.register_blueprint(schedule_editor)
    app.register_blueprint(health)
    app.register_blueprint(stations)
    app.register_blueprint(calendar)
    app.register_blueprint(api)
    app.register_blueprint(recording)
    app.register_blueprint(paging)
    app.register_blueprint(stories)
    app.register_blueprint(travellers)
    app.register_blueprint(screens)
    app.register_blueprint(rules)
    app.register_blueprint(waiting)
    app.register_blueprint(feedback)
    app.register_blueprint(cases)
    app.register_blueprint(case_figures)
    app.register_blueprint(commendations)
    app.register_blueprint(good_examples)
    app.register_blueprint(following)
    app.register_blueprint(speaking)
    app.add_url_rule("/fonts/<name>", view_func=font)
    protect(app, settings)
    app.after_request(_guard)
    app.after_request(pack)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _our_error)
    return app


def _picture(session: Session, now: datetime) -> object:
    """What open pages show, and therefore must be told of."""
    return station_now(session, now), calls.waiting(session)


@public
def font(name: str) -> WerkzeugResponse:
    """A small font that is made here, or a whole one as the package has it."""
    if name in fonts.WHOLE:
        return _small_font(name)
    return send_from_directory(fonts.whole() or abort(404), name, max_age=FONT_SECONDS)


def _small_font(name: str) -> WerkzeugResponse:
    found = fonts.small(current_app.extensions["settings"].home, name) or abort(404)
    response = current_app.response_class(found, mimetype="font/woff2")
    response.cache_control.max_age = FONT_SECONDS
    response.add_etag()
    return response.make_conditional(request)


def _guard(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _http_error(error: HTTPException) -> tuple[str, int] | WerkzeugResponse:
    if request.path.startswith(api_errors.PATH):
        return api_errors.answer(error)
    code = error.code or 500
    return _error_page(getattr(error, "sentence", None) or said(SENTENCES.get(code, OTHERWISE))), code


def _our_error(error: Exception) -> tuple[str, int] | WerkzeugResponse:
    log.exception("A page failed.")
    if request.path.startswith(api_errors.PATH):
        return api_errors.answer(InternalServerError())
    return _error_page(said(BROKEN)), 500


def _error_page(sentence: str) -> str:
    """A traveller's screen goes back to its beginning by itself: nobody there knows another way."""
    if not request.path.startswith(TRAVELLERS):
        return render_template("error.html", sentence=sentence)
    station = (request.view_args or {}).get("station")
    begin = url_for("waiting.idle", station=station) if station else url_for("waiting.choose")
    return render_template("travellers/error.html", sentence=sentence, begin=begin, place=None)


def server_of(app: Flask, host: str, port: int) -> Any:
    """Threads for requests, and one more for each stream, so that open pages keep nobody from being answered.

    A browser keeps a few connections open besides its stream; they cost a file each.
    """
    from waitress.server import create_server

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # many ask at once when something has changed
    settings: Settings = app.extensions["settings"]
    threads = settings.get(THREADS) + settings.get(STREAMS)
    limits = {"connection_limit": MOST_CONNECTIONS, "asyncore_use_poll": True}  # select() ends at file 1024
    quiet = {"ident": None, "log_socket_errors": False}  # every page that is closed would be told of
    return create_server(app, host=host, port=port, threads=threads, **limits, **quiet)


def main(home_path: str) -> int:
    logs.set_up("web")
    try:
        settings = load(Path(home_path))
        app = create_app(settings, Database.of_home(settings.home))
        server = server_of(app, settings.get(HOST), settings.get(PORT))
        warm_up(app)

        def leave(*_: object) -> None:
            app.extensions["live"].close()  # first of all: a stream would not end by itself
            sys.exit(0)

        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGINT, leave)
        server.run()
    except LoagaError as error:
        log.error("%s %s", error, error.hint)  # noqa: TRY400  (a sentence, not a traceback)
        return 1
    except OSError as error:
        log.error("The pages cannot be served: %s", error)  # noqa: TRY400
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

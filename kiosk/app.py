"""The web server: Flask behind waitress. Start-up reads top to bottom; features are blueprints."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path
from types import FrameType

from flask import Flask, Response, render_template
from werkzeug.exceptions import HTTPException

from kiosk.home.views import home
from kiosk.settings import HOST, PORT, THREADS
from schedules.core import logs
from schedules.core.database import Database
from schedules.core.settings import Settings, load

log = logging.getLogger(__name__)

POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"


def create_app(settings: Settings, database: Database) -> Flask:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    app.extensions["database"] = database
    app.register_blueprint(home)
    app.after_request(_guard)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _our_error)
    return app


def _guard(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    return response


def _http_error(error: HTTPException) -> tuple[str, int]:
    sentence = "Không có trang này." if error.code == 404 else "Yêu cầu này không thực hiện được."
    return render_template("error.html", sentence=sentence), error.code or 500


def _our_error(error: Exception) -> tuple[str, int]:
    log.exception("A page failed.")
    sentence = "Trang này đang gặp lỗi. Loa vẫn hoạt động bình thường; xin thử lại sau ít phút."
    return render_template("error.html", sentence=sentence), 500


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def main(home_path: str) -> None:
    import waitress

    logs.set_up("web")
    settings = load(Path(home_path))
    database = Database.of_home(settings.home)
    app = create_app(settings, database)
    signal.signal(signal.SIGTERM, _leave)
    waitress.serve(
        app,
        host=settings.get(HOST),
        port=settings.get(PORT),
        threads=settings.get(THREADS),
        _quiet=True,
        ident=None,
    )


if __name__ == "__main__":
    main(sys.argv[1])

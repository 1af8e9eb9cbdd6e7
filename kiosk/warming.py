"""What the web server does before the first request, so that no request has to."""

from __future__ import annotations

import gc

from flask import Flask

from kiosk import desk, fonts


def warm_up(app: Flask) -> None:
    """Load what stays: the lists of words of all voices, and every template; make the fonts where this home has none yet.

    The garbage collector is then told to leave all that alone. To search a few hundred thousand objects that never go away stops
    every page for a tenth of a second, and happens every few hundred pages.
    """
    with app.app_context():
        desk.studio()
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    fonts.make_all(app.extensions["settings"].home)
    gc.collect()
    gc.freeze()

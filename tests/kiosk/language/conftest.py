from __future__ import annotations

import pytest
from flask import Flask

from kiosk.frame import speak


@pytest.fixture
def app() -> Flask:
    app = Flask("kiosk")
    app.secret_key = "of a test"
    speak(app)
    return app

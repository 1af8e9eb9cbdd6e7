"""A station with its pages, and browsers without a screen that sign in as people do."""

from __future__ import annotations

import re
from pathlib import Path

from factories import bring_in, station
from flask.testing import FlaskClient
from people import PASSWORD, person
from werkzeug.test import TestResponse

from kiosk.app import create_app
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.settings import Settings
from schedules.operations import all_stations


class Browser:
    """One person's browser: remembers cookies, sends forms with what the page gave it."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url="https://loaga.test")

    def post(self, path: str, form_on: str = "", **fields: str | list[str]) -> TestResponse:
        """``form_on``: the page whose form is sent; the same path unless told."""
        data = {"csrf_token": self.token(form_on or path), **fields}
        return self.client.post(path, base_url="https://loaga.test", data=data)

    def post_bytes(self, path: str, data: bytes, form_on: str) -> TestResponse:
        """As a script of the page ``form_on`` sends it."""
        kind = {"X-CSRFToken": self.token(form_on), "Content-Type": "application/octet-stream"}
        return self.client.post(path, base_url="https://loaga.test", data=data, headers=kind)

    def token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).text)
        assert found, f"no form on {path}"
        return found[1]

    def sign_in(self, name: str, password: str = PASSWORD, code: str = "", go: str = "") -> TestResponse:
        return self.post(f"/sign-in?next={go}", name=name, password=password, code=code)


class Site:
    """A station with its pages. ``admin`` may administer everything; her browser is signed in."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database, self.home = database, home
        bring_in(database, home, station(), utcnow())
        with database.read() as session:
            self.station = all_stations(session)[0].key
        self.app = create_app(Settings(home), database)
        person(database, "admin", "administrator")
        self.admin = self.browser()
        assert self.admin.sign_in("admin").status_code == 302

    def browser(self) -> Browser:
        return Browser(self.app.test_client())

    def signed_in(self, name: str, role: str = "", station: str = "") -> Browser:
        person(self.database, name, role, station)
        browser = self.browser()
        assert browser.sign_in(name).status_code == 302
        return browser

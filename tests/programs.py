"""Programs with a token, for tests of the API."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from kiosk.accounts import tokens
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.operations import all_stations


def program(database: Database, name: str, role: str, station: str = "") -> str:
    """The token of a program with ``role`` at the station of that key, or everywhere."""
    with database.write() as session:
        place = next((one for one in all_stations(session) if one.key == station), None)
        return tokens.create(session, "console:test", name, "Máy thử", [(role, place)], None, utcnow())


class Caller:
    """A program that uses the API with a token, and with nothing else."""

    def __init__(self, app: Flask, token: str) -> None:
        self.client, self.token = app.test_client(use_cookies=False), token

    def ask(self, method: str, path: str, body: Any = None) -> TestResponse:
        sent = {} if body is None else {"json": body}
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **sent)

    def get(self, path: str) -> Any:
        """What is answered to what must be right."""
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json

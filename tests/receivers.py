"""A mail server and a web server of this machine, which keep what they are sent."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = "loaga", "bi-mat-cua-ga"


class Letters(Message):
    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.letters.append(message_from_bytes(message.as_bytes(), policy=default))


@contextmanager
def mail_server(certificate: ssl.SSLContext) -> Iterator[tuple[int, Letters]]:
    """Takes letters of who has signed in over TLS."""
    letters = Letters()

    def authenticate(*given: Any) -> AuthResult:
        login = given[4]
        fits = (login.login, login.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=fits, handled=False)

    controller = Controller(
        letters, hostname="localhost", port=_free_port(), tls_context=certificate, require_starttls=True,
        authenticator=authenticate, auth_required=True,
    )  # fmt: skip
    controller.start()
    try:
        yield controller.port, letters
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Posts:
    """``answers``: the next statuses, then 200."""

    answers: list[int] = field(default_factory=list)
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def web_server(certificate: ssl.SSLContext) -> Iterator[tuple[int, Posts]]:
    kept = Posts()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = kept.answers.pop(0) if kept.answers else 200
            if status == 200:
                kept.posts.append((dict(self.headers), body))
            self.send_response(status)
            self.send_header("Location", "https://localhost/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = certificate.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port, kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

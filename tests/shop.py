"""A web server that gives files away, in a thread: with byte ranges, and with all the faults that a test asks for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Shop:
    """``files`` by path. ``breaks``: each answer breaks off after so many bytes; None lets one be whole.

    ``asked`` are the requests: path and Range. ``statuses`` are given first, one a request.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    etag: str = '"one"'
    breaks: list[int | None] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    ranges: bool = True
    tells_length: bool = True
    byte_seconds: float = 0.0  # a slow line: single bytes, each after so long
    answer_seconds: float = 0.0
    port: int = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def ranges_of(self, path: str) -> list[str]:
        return [wanted for asked, wanted in self.asked if asked == path]


class Counter(BaseHTTPRequestHandler):
    """One request at the shop. As a proxy, it is asked for whole addresses and serves them from the same files."""

    shop: Shop
    proxy = False

    def do_GET(self) -> None:
        shop, wanted = self.shop, self.headers.get("Range", "")
        if self.proxy and "://" not in self.path:
            return self._end(400)
        path = urlsplit(self.path).path
        shop.asked.append((path, wanted))
        time.sleep(shop.answer_seconds)
        if shop.statuses and (status := shop.statuses.pop(0)) != 200:
            return self._end(status)
        body = shop.files.get(path)
        return self._end(404) if body is None else self._give(body, wanted)

    def _give(self, body: bytes, wanted: str) -> None:
        shop, start = self.shop, 0
        if wanted and shop.ranges and self.headers.get("If-Range") == shop.etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        if start >= len(body) > 0:
            return self._end(416)
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        if shop.etag:
            self.send_header("ETag", shop.etag)
        if shop.tells_length:
            self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        return self._send(body[start:][: shop.breaks.pop(0) if shop.breaks else None])

    def _send(self, body: bytes) -> None:
        if not self.shop.byte_seconds:
            self.wfile.write(body)
            return
        for byte in body:
            self.wfile.write(bytes([byte]))
            time.sleep(self.shop.byte_seconds)

    def _end(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Quiet(ThreadingHTTPServer):
    """Customers who walk away in the middle are no fault of the shop."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@contextmanager
def open_shop(proxy: bool = False) -> Iterator[Shop]:
    shop = Shop()
    handler = type("Open", (Counter,), {"shop": shop, "proxy": proxy})
    with Quiet(("127.0.0.1", 0), handler) as server:
        shop.port = server.server_port
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield shop
        finally:
            server.shutdown()

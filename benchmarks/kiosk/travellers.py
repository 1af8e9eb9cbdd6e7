"""Travellers at the kiosk's pages: what the first page weighs, how soon it is answered, and whether feedback that comes all at once
is filed, each once.

The first page is asked for at a fixed rate, whether or not the answers before have come (an open loop): each waits from the moment
at which it was due, so that a slow server cannot hide by being asked less.
"""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode, urljoin

from sqlalchemy import select

from benchmarks.figures import percentile
from benchmarks.kiosk.visitors import TOKEN
from kiosk.feedback.models import Feedback
from schedules.core.database import Database
from schedules.core.ids import new_id

HERE = "/kiosk/ga-ha-noi"
FIRST = f"{HERE}/"
LOADED = re.compile(r'(?:<link rel="(?:stylesheet|icon)"|<script)[^>]*?(?:href|src)="([^"]+)"')
IN_STYLES = re.compile(r'url\("([^"]+\.woff2[^"]*)"\)')
ASKING = 24  # threads
TAPS = 2  # whoever is in a hurry taps twice
LEAST_HEADERS = 200  # bytes of a request's answer that are no body


@dataclass
class Browser:
    """One connection, and its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {
            "Cookie": cookies,
            "Accept-Encoding": "gzip, br",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection.request(method, path, urlencode(form) if form else None, headers)
        answer = self.connection.getresponse()
        body = answer.read()
        for given in answer.msg.get_all("Set-Cookie", ()):
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, body


def weight(port: int) -> dict[str, int]:
    """Bytes of the first page and of all that it loads, by address; ``all`` is the sum, with what the headers weigh at least."""
    browser = Browser(port)
    page = browser.ask("GET", FIRST)[1]
    loaded = {FIRST: len(page)}
    paths = LOADED.findall(page.decode())
    for path in paths:
        found = Browser(port)
        loaded[path] = len(found.ask("GET", path)[1])
    for path in [one for one in paths if one.partition("?")[0].endswith(".css")]:
        found = Browser(port)
        found.connection.request("GET", path)  # not packed, to be read here
        styles = found.connection.getresponse().read().decode()
        for font in IN_STYLES.findall(styles):
            loaded[urljoin(path, font)] = len(Browser(port).ask("GET", urljoin(path, font))[1])
    return {**loaded, "all": sum(loaded.values()) + LEAST_HEADERS * len(loaded)}


def first_page(port: int, per_second: float, seconds: float) -> dict[str, object]:
    """Milliseconds from when each request was due."""
    began, count = time.perf_counter() + 0.5, int(per_second * seconds)
    took: list[float] = []
    statuses: Counter[int] = Counter()
    turn, lock = iter(range(count)), threading.Lock()

    def walk() -> None:
        browser = Browser(port)
        while True:
            with lock:
                number = next(turn, None)
            if number is None:
                return
            due = began + number / per_second
            time.sleep(max(0.0, due - time.perf_counter()))
            status, _ = browser.ask("GET", FIRST)
            with lock:
                took.append((time.perf_counter() - due) * 1000)
                statuses[status] += 1

    _together(walk, ASKING)
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {
        "per_second": per_second,
        "n": count,
        **{name: round(percentile(took, share), 1) for name, share in shares.items()},
        "statuses": dict(statuses),
    }


def flood(port: int, database: Database, count: int) -> dict[str, object]:
    """``count`` travellers tap on a face at the same moment, each twice, and send words at the same moment, twice."""
    crowd = [_ready(port) for _ in range(count)]
    before = _filed(database)
    began = time.perf_counter()
    statuses: Counter[int] = Counter()
    lock, gate = threading.Lock(), threading.Barrier(count)
    turn = iter(crowd)

    def give() -> None:
        with lock:
            browser, form = next(turn)
        gate.wait()
        words = {"csrf_token": form["csrf_token"], "kind": "report", "words": f"Lời của {form['id']}"}
        steps = [(f"{HERE}/feedback", form)] * TAPS + [(f"{HERE}/feedback/tell", words)] * TAPS
        for path, sent in steps:
            status, _ = browser.ask("POST", path, sent)
            with lock:
                statuses[status] += 1

    _together(give, count)
    seconds = time.perf_counter() - began
    filed = _filed(database) - before
    told = sum(f"Lời của {form['id']}" in filed for _, form in crowd)
    return {
        "travellers": count,
        "filed": len(filed),
        "lost": count - told,
        "doubled": len(filed) - count,
        "seconds": round(seconds, 1),
        "statuses": dict(statuses),
    }


def _ready(port: int) -> tuple[Browser, dict[str, str]]:
    """A traveller who has the page before him."""
    browser = Browser(port)
    page = browser.ask("GET", f"{HERE}/start")[1].decode()
    token = TOKEN.search(page)
    assert token, "no form on the first page"
    return browser, {"csrf_token": token[1], "id": new_id(), "mood": "bad", "channel": "kiosk"}


def _filed(database: Database) -> set[str]:
    """The words of all that was filed; what has none, by its id."""
    with database.read() as session:
        return {words or id for id, words in session.execute(select(Feedback.id, Feedback.words))}


def _together(work: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

"""People who are signed in and go from page to page, each over one connection that stays open.

They wait for an answer, think, and ask for the next page (a closed loop), so a slow server is asked less often; without
thinking time they show how much it can do, not how long people wait.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from benchmarks.kiosk.station import PASSWORD

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
OLDER = re.compile(r'rel="next" href="(/log[^"]+)"')


@dataclass
class Tally:
    """Milliseconds of each page, and what went wrong."""

    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)


class Visitor:
    def __init__(self, host: str, port: int, name: str) -> None:
        self.name = name
        self.connection = HTTPConnection(host, port, timeout=30)
        self.cookies: dict[str, str] = {}
        token = TOKEN.search(self.get("/sign-in")[1])
        assert token, "no form to sign in"
        form = {"csrf_token": token[1], "name": name, "password": PASSWORD}
        status, _ = self._ask("POST", "/sign-in", urlencode(form))
        assert status == 302, f"{name} could not sign in: {status}"

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for given in answer.msg.get_all("Set-Cookie", ()):
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text

    def walk(self, pages: Mapping[str, str], until: float, think: float, tally: Tally) -> None:
        """Through all pages in an order of one's own, again and again. ``think``: seconds between two, on average."""
        mine = random.Random(self.name)
        while True:
            for name in mine.sample(list(pages), len(pages)):
                time.sleep(think * mine.uniform(0.5, 1.5))
                if time.monotonic() > until:
                    return
                self._visit(name, pages[name], tally)

    def _visit(self, name: str, path: str, tally: Tally) -> None:
        began = time.perf_counter()
        try:
            status, _ = self.get(path)
        except (OSError, HTTPException) as error:
            tally.errors[f"{name}: {type(error).__name__}"] += 1
            self.connection.close()
            return
        tally.took[name].append((time.perf_counter() - began) * 1000)
        if status != 200:
            tally.errors[f"{name}: {status}"] += 1


def crowd(visitors: list[Visitor], pages: Mapping[str, str], seconds: float, think: float) -> Tally:
    """All of them at once, for so long."""
    tally, until = Tally(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=visitor.walk, args=(pages, until, think, tally)) for visitor in visitors
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def older_page(visitor: Visitor) -> str:
    """The tenth page of the log."""
    path = "/log"
    for _ in range(9):
        found = OLDER.search(visitor.get(path)[1])
        if found is None:
            break
        path = found[1].replace("&amp;", "&")
    return path

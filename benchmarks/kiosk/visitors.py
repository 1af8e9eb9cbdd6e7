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
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from benchmarks.kiosk.station import PASSWORD

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
STORY = re.compile(r'href="(/occurrences/[^"]+)"')
CASE = re.compile(r'href="(/cases/[0-9a-f-]{36})"')
OLDER = re.compile(r'rel="next" href="(/log[^"]+)"')


def pages(today: date, older: str, story: str, case: str) -> dict[str, str]:
    """Every page that staff can open, by the name under which it is reported; ``older``: some page of the log, ``story``:
    of one occurrence; ``case``: of one piece of feedback.
    """
    yesterday, lately = today - timedelta(days=1), today - timedelta(days=9)
    return {
        "on_air": "/",
        "on_air_refresh": "/on-air",
        "plan_today": "/plan",
        "plan_tomorrow": f"/plan?date={today + timedelta(days=1)}",
        "plan_full_day": f"/plan?date={yesterday}",
        "plan_hour": f"/plan?date={lately}&hour=7",
        "plan_ahead": f"/plan?date={today + timedelta(days=4)}",
        "plan_week": "/plan/week",
        "plan_check": "/plan/check",
        "plan_station": f"/plan?date={lately}&station=ga-ha-noi",
        "log": "/log",
        "log_day": f"/log?date={lately}",
        "log_zone": "/log?zone=ga-ha-noi-sanh-cho",
        "log_problems": "/log?result=problems",
        "log_rare": "/log?result=cut",
        "log_zone_problems": f"/log?zone=z07&result=problems&date={lately}",
        "log_older": older,
        "story": story,
        "speak": "/speak",
        "speak_text": "/speak/text",
        "speak_message": "/speak/message/tau-cham",
        "speak_recording": "/speak/recording",
        "speak_live": "/speak/live",
        "messages": "/messages",
        "message": "/messages/tau-cham",
        "message_editor": "/messages/tau-cham/edit",
        "schedules": "/schedules?station=ga-ha-noi",
        "schedule": "/schedules/ga-ha-noi-ung-xu-sanh",
        "schedule_editor": "/schedules/new?station=ga-ha-noi",
        "zones": "/stations/ga-do",
        "zone": "/stations/ga-do/zones/z07",
        "calendar": "/stations/ga-ha-noi/calendar",
        "cases": "/cases",
        "cases_answered": "/cases?shelf=answered",
        "case": case,
        "case_figures": "/cases/figures",
        "good_examples": "/good-examples",
        "health": "/health",
        "people": "/accounts",
        "person": "/accounts/nguoi00",
        "audit": "/audit",
        "tokens": "/tokens",
        "account": "/account",
    }


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


def story_page(visitor: Visitor, page_of_log: str) -> str:
    """Of the first occurrence on that page of the log."""
    found = STORY.search(visitor.get(page_of_log)[1])
    assert found, "no occurrence in the log"
    return found[1]


def case_page(visitor: Visitor) -> str:
    """Of the first case in the inbox."""
    found = CASE.search(visitor.get("/cases")[1])
    assert found, "no feedback"
    return found[1]

"""A real browser at a real server, over a small station that has had a day."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from desks import sign_in
from factories import bring_in, station
from flask import Flask
from needed import needed
from people import person
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from screens import LOCALES, SCREENS
from sqlalchemy import select, update

from announcer import planning
from announcer.models import Announcement, Playout, ZoneStatus
from docs.screenshots.chromium import ARGUMENTS, CHROMIUM
from kiosk.accounts.models import Account
from kiosk.app import create_app, server_of
from schedules.core.clock import local_date, utcnow
from schedules.core.database import Database
from schedules.core.settings import Settings
from schedules.models import Occurrence
from schedules.operations import all_stations, all_zones
from schedules.planner import plan_occurrences

READER = "xem.loa"
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")  # one that beeps
DESK = (1280, 900)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = needed(CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=(*ARGUMENTS, *MICROPHONE))
        yield browser
        browser.close()


@dataclass
class Site:
    """The station's pages and its database; its server may be stopped and started again at the same address."""

    database: Database
    home: Path
    port: int = 0
    settings: dict[str, Any] = field(default_factory=dict)
    forgiven: bool = False
    stop: Callable[[], None] = lambda: None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def restart(self, streams: int = 32) -> None:
        self.stop()
        app = create_app(Settings(self.home, {**self.settings, "web.streams": streams}), self.database)
        server = server_of(app, "127.0.0.1", self.port)
        self.port = server.effective_port
        thread = threading.Thread(target=server.run, daemon=True)
        self.stop = partial(_stop, app, server, thread)
        thread.start()

    def complaints_are_meant(self) -> None:
        """The browser tells of connections that fail; in this test they do."""
        self.forgiven = True

    def start_saying(self, title: str, text: str) -> str:
        now = utcnow()
        part = {"language": "vi", "text": text, "phrases": [text]}
        script = {"parts": [part], "chime": "none", "repeats": 1, "mastering": "standard", "voice": ""}
        with self.database.write() as session:
            row = Announcement(
                zone_id=all_zones(session)[0].id,
                title=title,
                category="live",
                priority=0,
                level=1,
                script=script,
                accepted_at=now,
                due_at=now,
                not_before=now,
                expires_at=now + timedelta(minutes=10),
                state="playing",
                started_at=now,
                seconds=9.0,
            )
            session.add(row)
            session.flush()
            return row.id

    def stop_saying(self, id: str) -> None:
        with self.database.write() as session:
            session.execute(update(Announcement).where(Announcement.id == id).values(state="ended"))


@pytest.fixture(scope="session")
def pages() -> type[Site]:
    """For tests that furnish a station of their own."""
    return Site


EVERY_HALF_HOUR = {
    "key": "nua-gio",
    "message": "xep-hang",
    "trigger": {"kind": "every", "minutes": 30, "from": "00:00", "to": "24:00"},
}
# How the last occurrences of the day ended: result, reason's code, the stored sentence.
ENDS = (
    ("played", "", ""),
    ("gave_way", "budget", "the hour's announcement budget of 6 minutes is spent (6.4 were asked for)"),
    ("gave_way", "stopped", "stopped by hoa"),
    ("expired", "expired", "it waited for its turn until it was no longer worth saying"),
    ("missed", "downtime", "the announcer was not running when it was due"),
    ("failed", "sink", "The sound card USB Audio has gone."),
)


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Site]:
    furnish(database, tmp_path)
    site = Site(database, tmp_path)
    site.restart()
    yield site
    site.stop()


def _stop(app: Flask, server: Any, thread: threading.Thread) -> None:
    """As a server that ends: it listens no longer and lets go of whoever is there. Its port is free once its thread, which
    waits on the socket, has noticed.
    """
    app.extensions["live"].close()
    server.task_dispatcher.shutdown(timeout=2)
    server.close()
    for channel in list(server.active_channels.values()):
        channel.handle_close()
    thread.join(timeout=10)


def furnish(database: Database, folder: Path) -> None:
    """A planned day with every kind of end, the same in the log, and an announcer that lives."""
    now = utcnow()
    bring_in(database, folder, station(EVERY_HALF_HOUR), now - timedelta(days=2))
    with database.write() as session:
        for place in all_stations(session):
            plan_occurrences(session, place, local_date(now), now - timedelta(days=1))
        for zone in all_zones(session):
            session.add(ZoneStatus(zone_id=zone.id, sink="sound card USB Audio", fault="", changed_at=now))
        for number, row in enumerate(session.scalars(select(Occurrence).order_by(Occurrence.planned_at))):
            row.result, row.reason_code, row.reason = ENDS[number % len(ENDS)]
            session.add(_logged(row))
        planning.beat(session, os.getpid(), now, now + timedelta(minutes=5))


def _logged(row: Occurrence) -> Playout:
    return Playout(
        zone="sanh",
        title="Xếp hàng",
        text="Xin quý khách xếp hàng.",
        voice="vi: silent",
        priority=0,
        planned_at=row.planned_at,
        started_at=row.planned_at if row.result == "played" else None,
        logged_at=row.planned_at,
        result=row.result or "",
        final=True,
        reason_code=row.reason_code,
        reason=row.reason,
    )


FOR_READERS = ("/plan", "/log")


def _sign_in_a_reader(page: Page, site: Site) -> None:
    """The plan and the log are for those who may see them: here for somebody who may see and do nothing else."""
    with site.database.read() as session:
        there = session.scalar(select(Account).where(Account.name == READER))
    if there is None:
        person(site.database, READER, "city")
    sign_in(page, READER)
    page.wait_for_url(lambda url: "/sign-in" not in url)


@pytest.fixture
def complaints(site: Site) -> Iterator[list[str]]:
    """Of all browsers in a test. Afterwards there must have been none."""
    heard: list[str] = []
    yield heard
    assert site.forgiven or [text for text in heard if "404 (not found)" not in text.casefold()] == []


def _listen(context: BrowserContext, complaints: list[str]) -> None:
    context.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))


@pytest.fixture
def visit(browser: Browser, site: Site, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a page of the site at a desk."""
    contexts = []

    def open_page(
        path: str,
        size: tuple[int, int] = DESK,
        scripts: bool = True,
        dark: bool = False,
        locale: str = "vi-VN",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=scripts,
            locale=locale,
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        _listen(context, complaints)
        page = context.new_page()
        page.goto(site.address + path)
        if path.startswith(FOR_READERS):
            _sign_in_a_reader(page, site)
        return page

    yield open_page
    for context in contexts:
        context.close()


Screen = Callable[[str, str], BrowserContext]


@pytest.fixture
def screen(browser: Browser, complaints: list[str]) -> Iterator[Screen]:
    """A kiosk or a phone that is touched, by its size and its language."""
    contexts = []

    def switch_on(size: str, language: str) -> BrowserContext:
        width, height = SCREENS[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, has_touch=True, locale=LOCALES[language]
        )
        contexts.append(context)
        _listen(context, complaints)
        return context

    yield switch_on
    for context in contexts:
        context.close()


@pytest.fixture
def context(screen: Screen, request: pytest.FixtureRequest) -> BrowserContext:
    return screen(*getattr(request, "param", ("standing", "vi")))

"""Which routes are pages, so that nobody who lists all pages forgets one."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask

from kiosk.accounts.guard import PUBLIC, who_may

# Files, sounds, what changes on a page, and what leads to a page that is among the others.
OF_STAFF = frozenset(
    "home.log_as_csv home.log_as_xlsx case_figures.as_csv case_figures.as_xlsx sounds.samples sounds.of_the_log cases.attached cases.find "
    "stations.choose".split()
)
CHANGING = frozenset("stories.request_now stories.occurrence_now".split())
OF_ALL = frozenset(
    "static font home.healthz health.metrics language.switch home.on_air_now home.events travellers.now_saying travellers.switch "
    "travellers.again screens.beat screens.lives rules.read_aloud speaking.heard following.scanned following.file following.export".split()
)
NO_PAGES = OF_STAFF | CHANGING | OF_ALL


def staff_pages(app: Flask) -> set[str]:
    """Endpoints of what only those who are signed in may open, without the parts that change."""
    return {name for name in _opened(app) if who_may(app.view_functions[name]) != PUBLIC} - OF_STAFF


def all_pages(app: Flask) -> set[str]:
    return _opened(app) - NO_PAGES


def endpoints(app: Flask, paths: Iterable[str]) -> set[str]:
    adapter = app.url_map.bind("loaga.test")
    return {adapter.match(path.partition("?")[0])[0] for path in paths}


def _opened(app: Flask) -> set[str]:
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")
    }

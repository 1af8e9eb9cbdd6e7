"""Ga Thử with its head, and a second station that is not hers."""

from __future__ import annotations

from typing import Any

import pytest
from factories import bring_in
from sites import Browser, Site

from schedules.core.clock import utcnow

OTHER: dict[str, Any] = {
    "stations": [
        {"key": "ga-khac", "kind": "rail", "name": "Ga Khác", "zones": [{"key": "cho-khac", "name": "Chờ"}]}
    ],
    "schedules": [
        {
            "key": "nua-gio",
            "station": "ga-thu",
            "zones": ["sanh", "ke-1"],
            "message": "xep-hang",
            "trigger": {"kind": "every", "minutes": 30, "from": "00:00", "to": "24:00"},
        }
    ],
}


@pytest.fixture
def other(site: Site) -> None:
    bring_in(site.database, site.home, OTHER, utcnow())


@pytest.fixture
def head(site: Site, other: None) -> Browser:
    """The browser of the head of Ga Thử."""
    return site.signed_in("truong", "head", "ga-thu")


@pytest.fixture
def stranger(site: Site, other: None) -> Browser:
    """The browser of the head of the other station."""
    return site.signed_in("khac", "head", "ga-khac")

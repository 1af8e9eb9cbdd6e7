"""A second station, which is not one's own, and programs with a token."""

from __future__ import annotations

from typing import Any

import pytest
from factories import bring_in
from programs import Caller, program
from sites import Site

from schedules.core.clock import utcnow

ELSEWHERE: dict[str, Any] = {
    "stations": [
        {
            "key": "ga-khac",
            "kind": "rail",
            "name": "Ga Khác",
            "zones": [{"key": "cho-khac", "name": "Sảnh khác", "gap_seconds": 0, "budget_minutes": 30}],
        }
    ],
    "messages": [
        {
            "key": "chay",
            "category": "emergency",
            "title": "Có cháy",
            "chime": "urgent",
            "wordings": {"vi": "Có cháy. Mời ra ngoài."},
        }
    ],
}


@pytest.fixture
def two(site: Site) -> Site:
    """Ga Thử and Ga Khác."""
    bring_in(site.database, site.home, ELSEWHERE, utcnow())
    return site


@pytest.fixture
def operator(two: Site) -> Caller:
    """A program that is an operator of Ga Thử only."""
    return Caller(two.app, program(two.database, "bang-dien-tu", "operator", "ga-thu"))


@pytest.fixture
def everywhere(two: Site) -> Caller:
    return Caller(two.app, program(two.database, "tong-dai", "head"))

"""A second station, which is not one's own, and programs with a token."""

from __future__ import annotations

import pytest
from factories import ELSEWHERE, bring_in
from programs import Caller, program
from sites import Site

from schedules.core.clock import utcnow


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

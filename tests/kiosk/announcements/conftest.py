"""A second station, which is not one's own, and messages for an emergency."""

from __future__ import annotations

from typing import Any

import pytest
from factories import ELSEWHERE, bring_in
from sites import Browser, Site

from schedules.core.clock import utcnow

MORE: dict[str, Any] = ELSEWHERE | {
    "messages": [
        *ELSEWHERE["messages"],
        {
            "key": "cap-cuu",
            "category": "emergency",
            "title": "Cần sơ cứu",
            "chime": "urgent",
            "blanks": {"place": "place"},
            "wordings": {"vi": "Cần người biết sơ cứu ở {place}."},
        },
    ],
}


@pytest.fixture
def desk(site: Site) -> Browser:
    """The browser of an operator of Ga Thử, who has nothing to say at Ga Khác."""
    bring_in(site.database, site.home, MORE, utcnow())
    return site.signed_in("truc", "operator", "ga-thu")

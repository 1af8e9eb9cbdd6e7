"""What comes too often or looks like an advertisement is marked; nothing is dropped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from feedback_given import NOW
from sqlalchemy import func, select

from kiosk.feedback import floods, operations
from kiosk.feedback.models import Feedback

Site = Any
Begin = Callable[..., Feedback]


def test_a_flood_is_marked_and_kept(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        rows = [begun(session) for _ in range(floods.OFTEN + 2)]
        assert [row.flags for row in rows[-3:]] == [[], ["flood"], ["flood"]]
        assert session.scalar(select(func.count()).select_from(Feedback)) == len(rows)


def test_no_crowd_is_that_large_and_whoever_calls_for_help_is_heard_all_the_same(
    site: Site, begun: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floods, "MOST", 3)
    with site.database.write() as session:
        for _ in range(3):
            begun(session)
        with pytest.raises(operations.Unclear, match="too-many"):
            begun(session)
        assert begun(session, kind="urgent").urgent
        assert begun(session, NOW + timedelta(minutes=11)).mood == "bad"


def test_a_busy_day_is_no_flood(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        rows = [begun(session, NOW + timedelta(minutes=i)) for i in range(floods.OFTEN + 5)]
    assert [row.flags for row in rows if row.flags] == []


def test_the_same_words_again_and_addresses_are_marked(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        first, second, third = (begun(session) for _ in range(3))
        operations.tell(session, first, "report", "Mua vé rẻ.", b"", NOW)
        operations.tell(session, second, "report", "Mua vé rẻ.", b"", NOW)
        operations.tell(session, third, "report", "Mua ở HTTPS://re.example nhé", b"", NOW)
    assert [row.flags for row in (first, second, third)] == [[], ["again"], ["link"]]


def test_a_device_has_another_name_every_day_and_it_is_no_address(site: Site) -> None:
    day = date(2026, 11, 24)
    today, again, tomorrow = (
        floods.device(site.home, "192.0.2.7", one) for one in (day, day, day + timedelta(days=1))
    )
    assert today == again != tomorrow
    assert floods.device(site.home, "192.0.2.8", day) != today
    assert "192" not in today

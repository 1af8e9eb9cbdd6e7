"""Whoever has every right at one station sees and changes nothing of another, whatever ids he sends."""

from __future__ import annotations

from typing import Any

import pytest
from factories import bring_in
from sites import Browser, Site
from sqlalchemy import select
from strangers import MESSAGE, SENTENCE, kept, speak

from announcer import auditions
from announcer.models import Announcement
from kiosk import desk
from schedules.core.clock import utcnow
from schedules.core.ids import new_id
from schedules.models import Message, Schedule, Version

OTHER = {"key": "ga-khac", "kind": "rail", "name": "Ga Khác", "zones": [{"key": "ke-khac", "name": "kè"}]}
OWN = {"key": "rieng", "station": "ga-thu", "category": "service", "title": "Chuyện riêng",
       "wordings": {"vi": "Chỉ nói ở Ga Thử."}}  # fmt: skip
SCHEDULE = {"key": "lich-rieng", "station": "ga-thu", "zones": ["sanh"], "message": "rieng",
            "trigger": {"kind": "times", "at": ["07:30"]}}  # fmt: skip


@pytest.fixture
def stranger(site: Site) -> Browser:
    """The head of another station. Ga Thử has a message, a schedule, drafts of both, and something in the queue."""
    bring_in(
        site.database, site.home, {"stations": [OTHER], "messages": [OWN], "schedules": [SCHEDULE]}, utcnow()
    )
    here = site.signed_in("truong", "head", "ga-thu")
    here.post("/messages/rieng/edit", **(MESSAGE | {"title": "Bản nháp riêng", "station": "ga-thu"}))
    here.post("/schedules/lich-rieng/edit", **(SENTENCE | {"message": "rieng"}))
    speak(here, text="Chỉ nói ở Ga Thử.")
    return site.signed_in("xa", "head", "ga-khac")


def mark(site: Site, key: str) -> str:
    with site.database.read() as session:
        return session.scalars(select(Version).filter_by(key=key, state="draft")).one().mark


def test_another_stations_things_are_not_to_be_seen(site: Site, stranger: Browser) -> None:
    with site.database.read() as session:
        request = session.scalars(select(Announcement.request_id)).one()
    for path in (
        "/messages/rieng", "/messages/rieng/edit", "/messages/rieng/versions/1", "/messages/rieng/recording/vi", "/schedules/lich-rieng",
        "/schedules/lich-rieng/edit", "/schedules/lich-rieng/versions/1", "/schedules?station=ga-thu",
        "/schedules/new?station=ga-thu", "/speak/message/rieng", f"/requests/{request}", f"/requests/{request}/now",
        "/stations/ga-thu", "/stations/ga-thu/calendar", "/stations/ga-thu/zones/sanh",
    ):  # fmt: skip
        answer = stranger.get(path)
        assert answer.status_code in (403, 404), path
        assert "riêng" not in answer.text.casefold()
    for path in ("/messages", "/schedules", "/speak", "/schedules/new"):
        assert "riêng" not in stranger.get(path).text.casefold(), path


def test_another_stations_things_are_not_to_be_changed(site: Site, stranger: Browser) -> None:
    with site.database.read() as session:
        waiting = session.scalars(select(Announcement.id)).one()
    own = SENTENCE | {"station": "ga-khac", "zone": "ke-khac"}
    tries: list[tuple[str, dict[str, Any]]] = [
        ("/messages/rieng/edit", MESSAGE),
        ("/messages/rieng/approve", {"seen": mark(site, "rieng")}),
        ("/messages/rieng/discard", {"seen": mark(site, "rieng")}),
        ("/messages/rieng/recall", {}),
        ("/messages/rieng/listen", {}),
        ("/messages/preview?key=rieng", MESSAGE),
        ("/messages/rieng/recording/vi", {"seen": mark(site, "rieng")}),
        ("/messages/new", MESSAGE | {"station": "ga-thu"}),
        ("/messages/new", MESSAGE),
        ("/schedules/lich-rieng/edit", own),
        ("/schedules/lich-rieng/approve", {"seen": mark(site, "lich-rieng")}),
        ("/schedules/lich-rieng/discard", {"seen": mark(site, "lich-rieng")}),
        ("/schedules/lich-rieng/recall", {}),
        ("/schedules/new", SENTENCE),
        ("/schedules/new", own | {"zone": "sanh"}),
        ("/schedules/new", own | {"message": "rieng"}),
        ("/schedules/preview", SENTENCE),
        ("/speak/text", {"text": "Xin chào.", "zone": "sanh", "act": "speak", "id": new_id()}),
        ("/speak/message/rieng", {"zone": "ke-khac", "act": "speak", "id": new_id()}),
        ("/speak/recording", {"zone": "sanh", "id": new_id()}),
        ("/control", {"stop": "sanh"}),
        ("/control", {"mute": "sanh"}),
        ("/control", {"cancel": waiting}),
        ("/stations/ga-thu/zones/sanh", {"name": "x", "act": "save"}),
        ("/stations/ga-khac/zones/sanh", {"name": "x", "act": "save"}),
        ("/stations/ga-thu/zones/sanh/mute", {"minutes": "15"}),
        ("/stations/ga-thu/zones/sanh/test", {"id": new_id()}),
        ("/stations/ga-thu/calendar", {"kind": "closed", "first": "01/01/2030", "act": "save"}),
    ]
    before = kept(site)
    for path, fields in tries:
        answer = stranger.post(path, "/account", **fields)
        assert answer.status_code in (400, 403, 404), path
        assert kept(site) == before, path


def test_a_draft_takes_no_other_stations_message_into_its_schedule_when_it_is_approved(
    site: Site, stranger: Browser
) -> None:
    own = SENTENCE | {"station": "ga-khac", "zone": "ke-khac"}
    key = stranger.post("/schedules/new", **own).location.rpartition("/")[2]
    with site.database.write() as session:  # as if it had become another station's own in the meantime
        shared, theirs = (
            session.scalars(select(Message).filter_by(key=one)).one() for one in ("xep-hang", "rieng")
        )
        shared.station_id = theirs.station_id
    answer = stranger.post(f"/schedules/{key}/approve", "/account", seen=mark(site, key))
    assert answer.status_code == 303
    with site.database.read() as session:
        assert session.scalar(select(Schedule).filter_by(key=key)) is None


def test_a_sound_is_named_by_what_nobody_can_guess(site: Site, stranger: Browser) -> None:
    with site.app.app_context(), site.database.write() as session:
        studio = desk.studio()
        key = auditions.ask(session, studio, studio.script_of_text("Chỉ nói ở Ga Thử.", "vi"), utcnow())
    assert len(key) >= 32
    assert stranger.get(f"/sounds/{key[:-1]}").status_code == 404

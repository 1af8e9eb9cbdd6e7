"""The screens that travellers share, without a browser."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from sites import Site
from sqlalchemy import delete

from announcer import planning
from announcer.models import Announcement, Heartbeat, Playout
from schedules.core.clock import utcnow
from schedules.core.ids import new_id
from schedules.operations import all_zones


def screen(site: Site, path: str = "") -> str:
    response = site.browser().get(f"/kiosk/{site.station}/{path}")
    assert response.status_code == 200
    return response.text


def start_saying(site: Site, text: str, priority: int = 0, zones: int = 1) -> None:
    now = utcnow()
    script = {
        "parts": [{"language": "vi", "text": text, "phrases": [text]}],
        "chime": "none", "repeats": 1, "mastering": "standard", "voice": "",
    }  # fmt: skip
    with site.database.write() as session:
        planning.beat(session, os.getpid(), now, now + timedelta(minutes=5))
        for zone in all_zones(session)[:zones]:
            session.add(
                Announcement(
                    zone_id=zone.id, title="Thử", category="live", priority=priority, level=1, script=script,
                    accepted_at=now, due_at=now, not_before=now, expires_at=now + timedelta(minutes=10),
                    state="playing", started_at=now, seconds=9.0,
                )
            )  # fmt: skip


def was_said(site: Site, text: str, minutes_ago: float, result: str = "played") -> None:
    at = utcnow() - timedelta(minutes=minutes_ago)
    with site.database.write() as session:
        session.add(
            Playout(
                id=new_id(), zone=all_zones(session)[0].key, title="Thử", text=text, voice="vi: silent", priority=0,
                planned_at=at, started_at=at, ended_at=at, logged_at=at, result=result, final=True, reason_code="", reason="",
            )
        )  # fmt: skip


def test_where_there_is_one_station_its_screen_opens_by_itself(site: Site) -> None:
    assert site.browser().get("/kiosk/").location.endswith(f"/kiosk/{site.station}/")


@pytest.mark.parametrize("path", ["", "start", "said", "now", "rules/cong-cong"])
def test_what_sounds_is_seen_on_every_screen(site: Site, path: str) -> None:
    start_saying(site, "Tàu sắp vào ga, xin đứng sau vạch vàng.")
    assert "Tàu sắp vào ga, xin đứng sau vạch vàng." in screen(site, path)


def test_an_emergency_is_told_as_one(site: Site) -> None:
    start_saying(site, "Có cháy. Mời ra ngoài.", priority=2)
    assert "saying urgent" in screen(site)


def test_what_sounds_in_two_zones_is_written_once(site: Site) -> None:
    start_saying(site, "Xin giữ trật tự.", zones=2)
    assert screen(site, "now").count("Xin giữ trật tự.") == 1


def test_without_an_announcer_nothing_sounds(site: Site) -> None:
    start_saying(site, "Xin giữ trật tự.")
    with site.database.write() as session:
        session.execute(delete(Heartbeat))
    assert "Xin giữ trật tự." not in screen(site)


def test_what_was_said_in_the_last_hour_can_be_read(site: Site) -> None:
    was_said(site, "Lời vừa phát.", 10)
    was_said(site, "Lời đã lâu.", 70)
    was_said(site, "Lời không ai nghe.", 5, "failed")
    shown = screen(site, "said")
    assert "Lời vừa phát." in shown
    assert "Lời đã lâu." not in shown
    assert "Lời không ai nghe." not in shown


def test_where_nothing_was_said_that_is_told(site: Site) -> None:
    assert "chưa phát gì" in screen(site, "said")


def test_a_choice_of_comfort_stays_until_the_screen_is_handed_back(site: Site) -> None:
    browser, start = site.browser(), f"/kiosk/{site.station}/start"
    browser.get(f"/kiosk/{site.station}/comfort/large")
    browser.get(f"/kiosk/{site.station}/comfort/low")
    assert 'class="large low"' in browser.get(start).text
    browser.get(f"/kiosk/{site.station}/comfort/large")
    assert 'class="low"' in browser.get(start).text


def test_handing_the_screen_back_clears_what_the_browser_kept(site: Site) -> None:
    response = site.browser().get(f"/kiosk/{site.station}/again")
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_nobody_is_sent_to_another_site(site: Site) -> None:
    answer = site.browser().get(f"/kiosk/{site.station}/comfort/large?next=https://elsewhere.example/")
    assert answer.location == "/"


def test_an_unknown_station_or_choice_is_not_found(site: Site) -> None:
    assert site.browser().get("/kiosk/nowhere/").status_code == 404
    assert site.browser().get(f"/kiosk/{site.station}/comfort/upside-down").status_code == 404


@pytest.mark.parametrize(
    "path, begin",
    [("ga-thu/rules/none", "/kiosk/ga-thu/"), ("nowhere/", "/kiosk/nowhere/"), ("ga-thu/none", "/kiosk/")],
)
def test_a_screen_that_goes_wrong_says_so_and_begins_anew_by_itself(
    site: Site, path: str, begin: str
) -> None:
    page = site.browser().get(f"/kiosk/{path}")
    assert (page.status_code, "Không có trang này." in page.text) == (404, True)
    assert f'http-equiv="refresh" content="20; url={begin}"' in page.text
    assert "Đăng nhập" not in page.text

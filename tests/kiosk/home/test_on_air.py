"""What is on air, from what is in the database to what is read on screen."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from factories import bring_in
from people import person
from sites import Browser
from sqlalchemy import select, update

from announcer.models import ZoneStatus
from kiosk.accounts import operations
from kiosk.accounts.models import Account
from kiosk.app import create_app
from schedules.core.clock import utcnow
from schedules.core.settings import Settings
from schedules.models import Zone
from schedules.operations import all_stations

Place = Any


def test_an_empty_home_says_what_to_do(place: Place) -> None:
    assert "Bộ phát thanh chưa hoạt động" in place.get("/")
    assert "Nhật ký còn trống" in place.get("/log")
    assert "Hôm nay chưa có lượt phát nào" in place.get("/plan")


def test_what_is_on_air_is_shown_with_its_words_and_their_language(place: Place) -> None:
    place.alive()
    place.say("Đổi quầy", "Mời quý khách sang quầy số 4.")
    page = place.get("/")
    assert "chưa hoạt động" not in page
    assert "Đổi quầy" in page
    assert '<p lang="vi">Mời quý khách sang quầy số 4.</p>' in page
    assert "1 khu vực đang phát: " in page


def test_nothing_is_on_air_while_the_announcer_is_silent(place: Place) -> None:
    place.say("Đổi quầy", "Mời quý khách sang quầy số 4.")
    page = place.get("/")
    assert "không khu vực nào đang phát" in page
    assert "Đang chờ đến lượt: Đổi quầy" in page


@pytest.fixture
def neighbour(place: Place) -> None:
    """A second station, whose name comes first, and one more of its name of another kind."""
    more = [
        {
            "key": f"ga-an-{kind}",
            "kind": kind,
            "name": "Ga An",
            "zones": [{"key": f"an-{kind}", "name": "An"}],
        }
        for kind in ("rail", "metro")
    ]
    bring_in(place.database, place.home, {"stations": more}, place.now)


def signed_in(place: Place, role: str, station: str = "") -> Browser:
    person(place.database, f"truc-{station}", role, station)
    browser = Browser(place.stranger.application.test_client())
    assert browser.sign_in(f"truc-{station}").status_code == 302
    return browser


@pytest.mark.usefixtures("neighbour")
@pytest.mark.parametrize("path", ["/", "/on-air"])
def test_ones_own_stations_come_first(place: Place, path: str) -> None:
    operator = signed_in(place, "operator", "ga-thu")
    assert re.findall("<h2>(.+)</h2>", operator.get(path).text) == ["Ga Thử", "Ga An", "Ga An"]
    assert re.findall("<h2>(.+)</h2>", place.get(path)) == ["Ga An", "Ga An", "Ga Thử"]


@pytest.mark.usefixtures("neighbour")
@pytest.mark.parametrize("station, words", [("ga-thu", "Dừng mọi loa của Ga Thử"), ("", "Dừng mọi loa")])
def test_stopping_everything_says_where(place: Place, station: str, words: str) -> None:
    page = signed_in(place, "operator", station).get("/").text
    assert f'<button name="stop" value="all">{words}</button>' in page


@pytest.mark.usefixtures("neighbour")
def test_stopping_some_of_the_stations_says_how_many(place: Place) -> None:
    operator = signed_in(place, "operator", "ga-thu")
    with place.database.write() as session:
        account = session.scalars(select(Account).where(Account.name == "truc-ga-thu")).one()
        other = next(one for one in all_stations(session) if one.key == "ga-an-rail")
        operations.grant(session, "console:test", account, "operator", other, place.now)
    assert "Dừng mọi loa của 2 nhà ga, bến xe" in operator.get("/").text


@pytest.mark.usefixtures("neighbour")
def test_all_are_let_speak_again_only_while_one_of_ones_own_is_mute(place: Place) -> None:
    operator = signed_in(place, "operator", "ga-thu")
    for zone, offered in (("an-rail", False), ("sanh", True)):
        with place.database.write() as session:
            until = utcnow() + timedelta(minutes=20)
            session.execute(update(Zone).where(Zone.key == zone).values(muted_until=until))
        assert ("Cho mọi loa phát trở lại" in operator.get("/on-air").text) == offered
    assert "Cho mọi loa phát trở lại" not in place.get("/")


def test_an_urgent_call_is_told_apart_by_its_word(place: Place) -> None:
    place.alive()
    place.say("Có cháy", "Xin rời khỏi nhà ga.", priority=2)
    assert '<span class="state">Khẩn cấp</span>' in place.get("/")


def test_markup_in_titles_and_words_is_text(place: Place) -> None:
    place.alive()
    place.say("<script>alert(1)</script>", "<img src=x onerror=alert(2)>")
    place.log(title="<b>x</b>", text='"><script>', reason="<i>", reason_code="voice", voice="<u>")
    for path in ("/", "/on-air", "/log"):
        page = place.get(path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>x</b>" not in page
        assert "<u>" not in page


def test_a_fault_is_told_in_vietnamese_with_the_detail_beside_it(place: Place) -> None:
    place.fault("The sound card has gone.")
    page = place.get("/")
    assert "Loa gặp lỗi" in page
    assert '<p class="small" lang="en">The sound card has gone.</p>' in page
    assert "cạc âm thanh USB" in place.client.get("/").text


def test_google_when_on_says_that_text_leaves_the_country(place: Place) -> None:
    assert "nước ngoài" not in place.get("/")
    settings = Settings(place.home, {"voices.google": True})
    page = create_app(settings, place.database).test_client().get("/").text
    assert "văn bản thông báo được gửi ra nước ngoài" in page


def test_the_log_says_which_words_left_the_country(place: Place) -> None:
    place.log(voice="vi: hanoi")
    assert "ra nước ngoài" not in place.get("/log")
    place.log(voice="vi: google")
    assert "vi: google (văn bản đã được gửi ra nước ngoài)" in place.get("/log")


def test_a_mute_says_until_when(place: Place) -> None:
    with place.database.write() as session:
        session.execute(update(Zone).values(muted_until=place.now + timedelta(minutes=20)))
    assert "Đang tắt tiếng đến" in place.get("/")


def test_what_went_wrong_today_is_pointed_out(place: Place) -> None:
    place.log(result="failed", reason_code="voice", reason="The voice is ill.")
    place.log(result="missed", reason_code="downtime")
    assert "1 lượt lỗi và 1 lượt lỡ" in " ".join(place.get("/").split())


def test_the_living_part_is_sent_again_only_when_it_changed(place: Place) -> None:
    place.alive()
    first = place.client.get("/on-air")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert place.client.get("/on-air", headers=tag).status_code == 304
    place.say("Đổi quầy", "Mời quý khách sang quầy số 4.")
    assert place.client.get("/on-air", headers=tag).status_code == 200


def test_where_the_sound_goes_on_this_machine_is_told_to_staff_alone(place: Place) -> None:
    place.alive()
    with place.database.write() as session:
        status = ZoneStatus(
            zone_id=place.zones[0].id, sink="WAV files in /srv/x", fault="", changed_at=place.now
        )
        session.merge(status)
    assert "/srv/x" not in place.get("/")
    assert "tệp WAV trong /srv/x" in place.client.get("/").text

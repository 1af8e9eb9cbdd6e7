"""The page of a sound: waiting, failed, there, and held until somebody consents."""

from __future__ import annotations

import pytest
from factories import ELSEWHERE, bring_in
from sites import Browser, Site
from sounds import BAD, GOOD, asked, made
from sqlalchemy import select

from announcer import auditions
from announcer.models import Announcement, Playout, Sound
from schedules.core.clock import utcnow
from schedules.models import Zone


@pytest.fixture
def head(site: Site) -> Browser:
    return site.signed_in("truong", "head", site.station)


def test_a_sound_that_is_being_made_is_waited_for(site: Site, head: Browser) -> None:
    page = head.get(f"/sounds/{asked(site)}?part").text
    assert "data-wait" in page and "Bộ phát thanh chưa chạy" in page


def test_a_sound_that_could_not_be_made_says_so(site: Site, head: Browser) -> None:
    key = asked(site)
    with site.database.write() as session:
        auditions.failed(session, key, "no voice")
    assert "Không làm được tiếng này" in head.get(f"/sounds/{key}").text


def test_a_sound_is_heard_with_what_was_measured_and_read_back(site: Site, head: Browser) -> None:
    key = made(site, GOOD)
    page = head.get(f"/sounds/{key}").text
    assert "7,2 giây" in page and "−16,0 LUFS" in page and "Máy nghe lại: rõ." in page
    sound = head.get(f"/sounds/{key}.wav")
    assert (sound.mimetype, sound.data[:4]) == ("audio/wav", b"RIFF")


def test_the_head_of_station_consents_to_a_sound_that_was_not_understood(site: Site, head: Browser) -> None:
    key = made(site, BAD)
    assert "“tàu” nghe thành “táo”" in head.get(f"/sounds/{key}").text
    head.post(f"/sounds/{key}/consent", f"/sounds/{key}")
    with site.database.read() as session:
        assert session.get_one(Sound, key).approved_by == "truong"


def test_an_editor_is_not_asked_for_consent_and_cannot_give_it(site: Site, head: Browser) -> None:
    key = made(site, BAD)
    editor = site.signed_in("lan", "editor", site.station)
    assert "Đồng ý cho phát" not in editor.get(f"/sounds/{key}").text
    assert editor.post(f"/sounds/{key}/consent", "/account").status_code == 403


def logged(site: Site, zone: str, sha256: str) -> str:
    now = utcnow()
    with site.database.write() as session:
        row = Playout(
            zone=zone, title="Tàu đến", text="Tàu đến.", priority=0, planned_at=now, logged_at=now, result="played", final=True,
            sound_sha256=sha256,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def test_the_sound_of_the_log_is_heard_as_long_as_it_is_kept(site: Site, head: Browser) -> None:
    key = made(site, None)
    row = logged(site, "sanh", "x")
    assert f"/log/{row}/sound" in head.get("/log").text
    assert head.get(f"/log/{row}/sound").headers["Location"] == f"/sounds/{key}"
    assert "không còn được giữ" in head.get(f"/log/{logged(site, 'sanh', 'gone')}/sound").text


def test_the_sound_of_another_stations_log_is_not_there(site: Site, head: Browser) -> None:
    made(site, None)
    assert head.get(f"/log/{logged(site, 'ke-khac', 'x')}/sound").status_code == 404


def test_a_sound_that_is_not_there_is_said_so(head: Browser) -> None:
    for path in ("/sounds/x", "/sounds/x.wav", "/sounds/..%2F..%2Floaga.db"):
        assert head.get(path).status_code == 404


def heard_in(site: Site, key: str, zone: str) -> None:
    """Another station stands beside Ga Thử; the sound waits in one of its zones, or in one of Ga Thử's."""
    bring_in(site.database, site.home, ELSEWHERE, utcnow())
    now = utcnow()
    with site.database.write() as session:
        zone_id = session.scalars(select(Zone.id).where(Zone.key == zone)).one()
        session.add(
            Announcement(
                zone_id=zone_id, title="Tàu đến", category="live", priority=0, level=1, script={}, accepted_at=now,
                due_at=now, not_before=now, expires_at=now, state="waiting", sound=key,
            )
        )  # fmt: skip


def test_a_sound_of_another_station_is_not_there(site: Site, head: Browser) -> None:
    key = made(site, BAD)
    heard_in(site, key, "cho-khac")
    for path in (f"/sounds/{key}", f"/sounds/{key}.wav"):
        assert head.get(path).status_code == 404
    assert head.post(f"/sounds/{key}/consent", "/account").status_code == 404


def test_for_a_sound_of_two_stations_one_head_alone_does_not_answer(site: Site, head: Browser) -> None:
    key = made(site, BAD)
    heard_in(site, key, "cho-khac")
    heard_in(site, key, "sanh")
    assert "Đồng ý cho phát" not in head.get(f"/sounds/{key}").text
    assert head.post(f"/sounds/{key}/consent", "/account").status_code == 403

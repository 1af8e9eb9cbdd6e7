"""What holds for all pages of the station."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories import bring_in
from people import person
from sites import Browser

Place = Any


def test_health_is_503_until_the_announcer_lives(place: Place) -> None:
    assert place.client.get("/healthz").status_code == 503
    place.alive(place.now - timedelta(minutes=5))
    assert place.client.get("/healthz").json == {"announcer": "silent"}
    place.alive()
    response = place.client.get("/healthz")
    assert (response.status_code, response.json) == (200, {"announcer": "alive"})


def test_every_answer_is_guarded(place: Place) -> None:
    for path in ("/", "/nowhere", "/healthz", "/static/console.css"):
        headers = place.client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_fails_says_so_and_keeps_its_frame(place: Place) -> None:
    place.client.application.config["PROPAGATE_EXCEPTIONS"] = False
    place.database.engine.dispose()
    (place.home / "loaga.db").write_bytes(b"no database")
    for suffix in ("-wal", "-shm"):
        (place.home / f"loaga.db{suffix}").unlink(missing_ok=True)
    response = place.stranger.get("/")
    assert response.status_code == 500
    assert "Trang này đang gặp lỗi" in response.text
    assert "Đang phát" in response.text


def test_only_ones_own_stations_are_in_the_plan_and_in_the_log(place: Place) -> None:
    place.plan()
    place.log(title="Của ga khác", zone="ke-khac")
    place.log(title="Của ga mình", zone="sanh")
    other = {"key": "ga-khac", "kind": "rail", "name": "Ga Khác", "zones": [{"key": "ke-khac", "name": "kè"}]}
    bring_in(place.database, place.home, {"stations": [other]}, place.now)
    person(place.database, "lan", "operator", "ga-thu")
    client = place.stranger
    assert Browser(client).sign_in("lan").status_code == 302
    for path in ("/log", "/log.csv"):
        told = client.get(path).get_data(as_text=True)
        assert "Của ga mình" in told and "Của ga khác" not in told
    assert client.get("/plan?station=ga-khac").status_code == 404
    for path in ("/plan", "/plan/week", "/plan/check"):
        assert "Ga Khác" not in client.get(path).text
    assert "Của ga khác" not in client.get("/plan").text


def test_the_plan_and_the_log_are_for_people_who_may_see_them(place: Place) -> None:
    for path in ("/plan", "/plan/week", "/plan/check", "/log"):
        assert place.stranger.get(path).headers["Location"].startswith("/sign-in")

"""What Prometheus reads, and who may read it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import TestResponse

from kiosk.app import create_app
from kiosk.health.checks import Look
from kiosk.health.metrics import exposition
from schedules.core.settings import Settings

Place = Any
Site = Any


def samples(place: Place) -> dict[tuple[str, str], float]:
    """Value by name and by its one label, if any."""
    with place.database.read() as session:
        told = exposition(Look(session, place.home, place.now, ["hanoi", "formant"])).decode()
    return {
        (sample.name, "".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }


def test_a_new_station_tells_what_there_is_to_tell(place: Place) -> None:
    found = samples(place)
    assert found["loaga_announcer_up", ""] == 0
    assert found["loaga_queue_length", "sanh"] == 0
    assert found["loaga_zone_fault", "sanh"] == 0
    assert found["loaga_disk_free_bytes", ""] > 0
    assert found["loaga_voice_info", "hanoi"] == 1
    assert "loaga_backup_age_seconds" not in {name for name, _ in found}


def test_the_announcers_report_is_told(place: Place) -> None:
    place.alive(place.now - timedelta(seconds=7))
    assert samples(place)["loaga_announcer_up", ""] == 1
    assert samples(place)["loaga_announcer_heartbeat_age_seconds", ""] == 7


def test_a_queue_is_told_by_zone(place: Place) -> None:
    for minutes in (2, 3):
        moment = place.now - timedelta(minutes=minutes)
        place.say("Đổi quầy", "Mời sang quầy 4.", state="ready", not_before=moment)
    zone = place.zones[0].key
    assert samples(place)["loaga_queue_length", zone] == 2
    assert samples(place)["loaga_queue_oldest_seconds", zone] == 180


def test_playouts_are_told_by_result_with_their_start_errors(place: Place) -> None:
    place.log(count=3, started_at=place.now + timedelta(seconds=2))
    place.log(result="failed")
    found = samples(place)
    assert found["loaga_playouts_total", "played"] == 3
    assert found["loaga_playouts_total", "failed"] == 1
    assert found["loaga_playouts_total", "missed"] == 0
    assert found["loaga_start_error_seconds", "0.99"] == 2
    assert found["loaga_zone_last_sound_timestamp_seconds", "sanh"] == pytest.approx(place.now.timestamp())


def test_a_loudspeaker_at_fault_is_told(place: Place) -> None:
    place.fault("The sound card has gone.")
    assert samples(place)["loaga_zone_fault", place.zones[0].key] == 1


def test_the_age_of_the_backup_is_told(place: Place) -> None:
    (place.home / "last-backup").write_text("")
    assert abs(samples(place)["loaga_backup_age_seconds", ""]) < 60


# Who may read it


def scrape(site: Site, authorization: str = "", **settings: str) -> TestResponse:
    client = create_app(Settings(site.home, settings), site.database).test_client()
    headers = {"Authorization": authorization} if authorization else {}
    return client.get("/metrics", headers=headers)


def test_a_stranger_reads_nothing(site: Site) -> None:
    answer = scrape(site, "Bearer ")
    assert (answer.status_code, answer.data) == (401, b"")


def test_who_may_see_the_station_may_read(site: Site) -> None:
    assert site.signed_in("lan", "operator").get("/metrics").status_code == 200
    assert site.signed_in("hoa").get("/metrics").status_code == 401


@pytest.mark.parametrize(
    "given, status",
    [
        ("Bearer mua-rao-7", 200),
        ("bearer  mua-rao-7", 200),
        ("Bearer mua-rao-8", 401),
        ("Bearer ", 401),
        ("Basic mua-rao-7", 401),
        ("Bearer mưa-rào", 401),
        ("", 401),
    ],
)
def test_the_token_of_the_file_opens_it(site: Site, given: str, status: int) -> None:
    (site.home / "token").write_text("mua-rao-7\n")
    answer = scrape(site, given.encode().decode("latin-1"), **{"metrics.token_file": "token"})
    assert answer.status_code == status


@pytest.mark.parametrize("content", [None, "", " \n", "\xff"])
def test_a_token_that_cannot_be_read_opens_nothing(site: Site, content: str | None) -> None:
    if content is not None:
        (site.home / "token").write_text(content, "latin-1")
    assert scrape(site, "Bearer x", **{"metrics.token_file": "token"}).status_code == 500

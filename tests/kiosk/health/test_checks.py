"""Each thing that can be wrong is found, and nothing is found where all is well."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import update

from announcer.models import Sound
from kiosk.feedback import operations
from kiosk.feedback.operations import Beginning
from kiosk.health import checks, clock
from kiosk.health.checks import BAD, DOUBTFUL, GOOD, Look
from schedules.core.ids import new_id
from schedules.models import Occurrence, Zone
from schedules.operations import all_stations

Place = Any


def found(place: Place, voices: tuple[str, ...] = ("hanoi",)) -> dict[str, str]:
    with place.database.read() as session:
        look = Look(session, place.home, place.now, voices)
        return {finding.about: finding.state for finding in checks.findings(look)}


@pytest.fixture
def well(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A station at which nothing is wrong."""
    monkeypatch.setattr(checks, "largest_error", lambda: 0.01)
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _: SimpleNamespace(free=60e9))
    place.alive()
    place.watched()
    for zone in place.zones:
        place.log(zone=zone.key)
    (place.home / "last-backup").write_text("")
    return place


def test_where_all_is_well_all_is_good(well: Place) -> None:
    assert set(found(well).values()) == {GOOD}
    assert len(found(well)) == len(checks.CHECKS) + len(well.zones) - 1


def test_an_announcer_that_is_silent_is_found(well: Place) -> None:
    well.alive(well.now - timedelta(hours=1))
    assert found(well)["Bộ phát thanh"] == BAD


@pytest.mark.parametrize("minutes, state", [(0.5, GOOD), (2, DOUBTFUL)])
def test_what_waits_too_long_is_found(well: Place, minutes: float, state: str) -> None:
    well.say("Đổi quầy", "Mời sang quầy 4.", state="ready", not_before=well.now - timedelta(minutes=minutes))
    assert found(well)["Hàng chờ"] == state


def called(place: Place, state: str) -> str:
    """What is found after somebody called for help, in that state of the call."""
    with place.database.write() as session:
        tap = Beginning(id=new_id(), channel="kiosk", language="vi", device="d", kind="urgent")
        row = operations.begin(session, all_stations(session)[0], tap, place.now)
        row.state = state
    with place.database.read() as session:
        [finding] = checks.calls(Look(session, place.home, place.now, ()))
    return finding.state


@pytest.mark.parametrize("state, finding", [("open", BAD), ("accepted", GOOD)])
def test_a_call_for_help_that_nobody_accepts_is_found(place: Place, state: str, finding: str) -> None:
    assert called(place, state) == finding


def silence(place: Place) -> str:
    with place.database.read() as session:
        [finding] = checks.silence(Look(session, place.home, place.now, ()))
    return finding.state


@pytest.mark.parametrize("seconds, state", [(15, GOOD), (45, BAD)])
def test_silence_where_there_should_be_sound_is_found(place: Place, seconds: float, state: str) -> None:
    with place.database.write() as session:
        session.execute(update(Zone).values(gap_seconds=10))
    place.log(zone=place.zones[0].key, logged_at=place.now - timedelta(seconds=seconds))
    place.say("Đổi quầy", "Mời sang quầy 4.", state="ready", not_before=place.now - timedelta(minutes=2))
    assert silence(place) == state


def test_a_zone_that_speaks_or_is_mute_is_not_silent_by_mistake(place: Place) -> None:
    place.say("Đổi quầy", "Mời sang quầy 4.", state="ready", not_before=place.now - timedelta(minutes=9))
    assert silence(place) == BAD
    with place.database.write() as session:
        session.execute(update(Zone).values(muted_until=place.now + timedelta(minutes=9)))
    assert silence(place) == GOOD
    with place.database.write() as session:
        session.execute(update(Zone).values(muted_until=None))
    place.say("Mất vé", "Mời sang quầy 5.", state="playing")
    assert silence(place) == GOOD


def test_nobody_watching_is_found(well: Place) -> None:
    well.watched(well.now - timedelta(minutes=2))
    assert found(well)["Báo sự cố"] == BAD


def test_each_finding_has_a_code_of_its_own(well: Place) -> None:
    with well.database.read() as session:
        codes = [one.code for one in checks.findings(Look(session, well.home, well.now, ()))]
    assert len(set(codes)) == len(codes)
    assert {"disk", "announcer", *(f"zones:{zone.key}" for zone in well.zones)} <= set(codes)


@pytest.mark.parametrize("minutes, state", [(4, GOOD), (6, BAD)])
def test_what_is_overdue_is_found(well: Place, minutes: float, state: str) -> None:
    well.plan()
    with well.database.write() as session:
        session.execute(update(Occurrence).values(result="played"))
        late = session.query(Occurrence).first()
        assert late
        late.result, late.planned_at = None, well.now - timedelta(minutes=minutes)
    assert found(well)["Lịch phát"] == state


@pytest.mark.parametrize("result", ["failed", "missed"])
def test_what_went_wrong_today_is_found(well: Place, result: str) -> None:
    well.log(result=result)
    assert found(well)["Hôm nay"] == DOUBTFUL


def test_a_loudspeaker_at_fault_is_found(well: Place) -> None:
    well.fault("The sound card has gone.")
    states = found(well)
    assert sorted(states[f"{zone.name} (Ga Thử)"] for zone in well.zones) == [BAD, GOOD]


def test_a_zone_that_was_silent_for_a_day_is_found(place: Place) -> None:
    place.log(zone="sanh", logged_at=place.now - timedelta(hours=25))
    assert found(place)["sanh (Ga Thử)"] == DOUBTFUL


def test_a_sound_that_waits_for_consent_is_found(well: Place) -> None:
    sound = Sound(
        key="k", seconds=1.0, lufs=-16.0, true_peak_db=-1.0, sha256="0", voices={}, spoken={}, tried=[],
        made_at=well.now, readback={"vi": {"grade": "bad"}},
    )  # fmt: skip
    with well.database.write() as session:
        session.add(sound)
    assert found(well)["Nghe lại"] == DOUBTFUL


@pytest.mark.parametrize(
    "voices, state",
    [((), BAD), (("formant", "espeak"), DOUBTFUL), (("espeak",), DOUBTFUL), (("piper:x",), GOOD)],
)
def test_a_voice_that_is_gone_is_found(well: Place, voices: tuple[str, ...], state: str) -> None:
    assert found(well, voices)["Giọng đọc"] == state


@pytest.mark.parametrize("free, state", [(0.5e9, BAD), (3e9, DOUBTFUL), (6e9, GOOD)])
def test_a_disk_that_fills_up_is_found(
    well: Place, monkeypatch: pytest.MonkeyPatch, free: float, state: str
) -> None:
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert found(well)["Đĩa"] == state


def test_a_backup_that_is_old_or_was_never_made_is_found(well: Place) -> None:
    file: Path = well.home / "last-backup"
    old = (well.now - timedelta(days=8)).timestamp()
    os.utime(file, (old, old))
    assert found(well)["Sao lưu"] == DOUBTFUL
    file.unlink()
    assert found(well)["Sao lưu"] == DOUBTFUL


@pytest.mark.parametrize("error, state", [(None, DOUBTFUL), (3.0, DOUBTFUL), (0.2, GOOD)])
def test_a_clock_that_nobody_keeps_right_is_found(
    well: Place, monkeypatch: pytest.MonkeyPatch, error: float | None, state: str
) -> None:
    monkeypatch.setattr(checks, "largest_error", lambda: error)
    assert found(well)["Đồng hồ"] == state


def test_the_kernel_is_asked_about_the_clock() -> None:
    error = clock.largest_error()
    assert error is None or 0 <= error < 3600


def test_the_worst_comes_first_and_says_what_to_do(site: Any) -> None:
    page = site.admin.get("/health").text
    assert page.index("Không trả lời. Mở lại bằng lệnh loaga up.") < page.index("Không có lời nào chờ")
    assert "2 việc hỏng" in page

"""The page of one request or occurrence tells all that became of it, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from announcer import planning
from announcer.models import Announcement, Playout
from schedules.core.clock import local_date, utcnow
from schedules.core.ids import new_id
from schedules.models import Occurrence
from schedules.operations import all_stations, all_zones
from schedules.planner import plan_occurrences

Site = Any
Told = dict[str, Any]


def asked(site: Site, **values: Any) -> str:
    """A request of ``truc`` in both zones; gives its id."""
    now, id = utcnow(), new_id()
    part = {"language": "vi", "text": "Mời sang quầy 4.", "phrases": ["mời sang quầy bốn"]}
    script = {"parts": [part], "chime": "none", "repeats": 1, "mastering": "standard", "voice": ""}
    with site.database.write() as session:
        for zone in all_zones(session):
            row = Announcement(
                request_id=id, requested_by="truc", zone_id=zone.id, title="Đổi quầy", category="live",
                priority=1, level=1, script=script, accepted_at=now, due_at=now, not_before=now,
                expires_at=now + timedelta(minutes=10), state="ready",
            )  # fmt: skip
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)
    return id


def logged(
    site: Site, id: str, result: str, code: str = "", reason: str = "", seconds: int = 0, **more: Any
) -> None:
    at = utcnow() + timedelta(seconds=seconds)
    with site.database.write() as session:
        session.add(
            Playout(
                request_id=id,
                zone="sanh",
                title="Đổi quầy",
                priority=1,
                planned_at=at,
                started_at=at,
                ended_at=at + timedelta(seconds=4),
                logged_at=at + timedelta(seconds=4),
                result=result,
                reason_code=code,
                reason=reason,
                **{"final": result != "cut", **more},
            )
        )


def alive(site: Site, until: datetime) -> None:
    with site.database.write() as session:
        planning.beat(session, 1, until, until)


def test_what_waits_says_who_asked_why_and_until_when(site: Site) -> None:
    page = site.admin.get(f"/requests/{asked(site)}").text
    assert "truc yêu cầu lúc" in page
    assert "mức ưu tiên." in page
    assert "Mời sang quầy 4." in page
    assert page.count("Tiếng đã sẵn, chờ đến lượt.") == 2
    assert "thì thôi, không phát nữa." in page
    assert page.count("Đã nhận") == 2


def test_an_interrupted_and_then_played_request_tells_both_and_what_interrupted_it(site: Site) -> None:
    id = asked(site, state="ended", result="played")
    logged(site, id, "cut", "preempted", "interrupted by “Có cháy”")
    logged(site, id, "played", seconds=20)
    page = site.admin.get(f"/requests/{id}").text
    assert page.index("Bị “Có cháy” ngắt lời.") < page.rindex("Bắt đầu phát") < page.rindex("Đã phát")
    assert "interrupted by" not in page  # it would say the same
    assert 'name="cancel"' not in page


def test_what_only_a_technician_understands_stands_below_the_sentence(site: Site) -> None:
    id = asked(site, state="ended", result="failed", reason_code="voice")
    logged(site, id, "failed", "voice", "no voice")
    page = site.admin.get(f"/requests/{id}").text
    assert 'Giọng đọc gặp lỗi.<span class="small" lang="en">no voice</span>' in page


def test_a_request_that_was_stopped_after_it_began_is_told_as_cut(site: Site) -> None:
    id = asked(site, state="ended", result="gave_way", reason_code="stopped", reason="stopped by hoa")
    logged(site, id, "cut", "stopped", "stopped by hoa", final=True)
    page = site.admin.get(f"/requests/{id}").text
    assert '<span class="result cut">Bị ngắt</span>' in page


@pytest.mark.parametrize("running", [True, False])
def test_what_sounds_is_said_to_sound_only_while_an_announcer_runs(site: Site, running: bool) -> None:
    if running:
        alive(site, utcnow())
    page = site.admin.get(f"/requests/{asked(site, state='playing', started_at=utcnow())}").text
    assert ("Đang phát</span>" in page) == running
    assert ("Chờ bộ phát thanh chạy lại." in page) == (not running)


def test_a_request_that_is_not_there_is_not_found(site: Site) -> None:
    assert site.admin.get(f"/requests/{new_id()}").status_code == 404
    assert site.admin.get("/occurrences/x").status_code == 404


def test_only_who_may_stop_is_offered_to_cancel(site: Site) -> None:
    id = asked(site)
    assert "Hủy ở mọi khu vực" not in site.admin.get(f"/requests/{id}").text
    assert "Hủy ở mọi khu vực" in site.signed_in("truc", "operator", "ga-thu").get(f"/requests/{id}").text


@pytest.fixture
def occurrence(site: Site) -> Occurrence:
    """One of an hourly schedule of the day, not in the queue yet."""
    from factories import bring_in, station

    hourly = {"kind": "every", "minutes": 60, "from": "00:00", "to": "24:00"}
    now = utcnow()
    bring_in(
        site.database,
        site.home,
        station({"key": "h", "message": "xep-hang", "trigger": hourly}),
        now - timedelta(days=2),
    )
    with site.database.write() as session:
        for place in all_stations(session):
            plan_occurrences(session, place, local_date(now), now - timedelta(days=1))
        return session.scalars(select(Occurrence).limit(1)).one()


@pytest.mark.parametrize(
    "values, sentence",
    [
        ({"planned_at": utcnow() + timedelta(hours=1)}, "Sắp tới"),
        (
            {"way_code": "budget", "way_reason": "the hour is spent"},
            "Sẽ nhường</span>: Hết quỹ phút của giờ đó.",
        ),
        ({"result": "missed", "reason_code": "downtime"}, "Lỡ</span>: Bộ phát thanh không chạy."),
    ],
)
def test_an_occurrence_that_was_never_queued_tells_why(
    site: Site, occurrence: Occurrence, values: Told, sentence: str
) -> None:
    with site.database.write() as session:
        session.execute(update(Occurrence).where(Occurrence.id == occurrence.id).values(**values))
    page = site.admin.get(f"/occurrences/{occurrence.id}").text
    assert "Xếp hàng" in page
    assert "Theo lịch" in page
    assert sentence in page


def test_an_occurrence_leads_to_its_schedule_and_a_request_to_none(
    site: Site, occurrence: Occurrence
) -> None:
    assert 'href="/schedules/h"' in site.admin.get(f"/occurrences/{occurrence.id}").text
    assert 'href="/schedules/' not in site.admin.get(f"/requests/{asked(site)}").text


def test_the_rows_of_plan_and_log_lead_there_for_the_staff(site: Site, occurrence: Occurrence) -> None:
    id = asked(site)
    logged(site, id, "failed", "voice", "no voice")
    for path, leads in (("/plan", f"/occurrences/{occurrence.id}"), ("/log", f"/requests/{id}")):
        assert f'href="{leads}"' in site.admin.get(path).text
        assert f'href="{leads}"' not in site.browser().get(path).text


def test_the_queue_is_listed_in_the_order_of_playing_for_the_staff_alone(site: Site) -> None:
    asked(site, title="Sau", priority=0, level=5)
    asked(site, title="Trước", priority=0, level=1)
    asked(site, title="Gấp", priority=2, state="waiting")
    page = site.admin.get("/").text
    assert page.index(">Gấp</a>") < page.index(">Trước</a>") < page.index(">Sau</a>")
    assert "Đang làm tiếng." in page
    assert "Người yêu cầu: truc. Hết hạn lúc" in page
    assert "Người yêu cầu" not in site.browser().get("/").text
    assert "Đang chờ đến lượt: Gấp; Trước; Sau" in site.browser().get("/").text

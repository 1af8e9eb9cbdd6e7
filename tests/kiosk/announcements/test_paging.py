"""Speaking live: who may, what is taken, and what the browser is told."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select, update

from announcer import planning
from announcer.models import Announcement
from kiosk.announcements.paging import MOST_BYTES
from schedules.core import audit
from schedules.core.clock import utcnow
from schedules.core.ids import new_id

Site = Any
Desk = Any

TENTH = np.zeros(4800, np.int16).tobytes()


@pytest.fixture(autouse=True)
def _an_announcer_lives(site: Site) -> None:
    with site.database.write() as session:
        planning.beat(session, os.getpid(), utcnow(), utcnow())


def begin(desk: Desk, *zones: str, **fields: Any) -> Any:
    return desk.post("/speak/live", zone=list(zones), **fields)


def send(desk: Desk, address: str, data: bytes = TENTH) -> Any:
    return desk.post_bytes(address, data, form_on="/speak/live")


def queued(site: Site) -> list[Announcement]:
    with site.database.read() as session:
        return list(session.scalars(select(Announcement).order_by(Announcement.accepted_at)))


def change(site: Site, **values: Any) -> None:
    with site.database.write() as session:
        session.execute(update(Announcement).values(**values))


def test_a_call_is_in_the_queue_and_on_record_before_anything_sounds(site: Site, desk: Desk) -> None:
    answer = begin(desk, "sanh", "ke-1", text=" Hướng dẫn  xếp hàng ")
    assert answer.status_code == 201
    assert {(row.title, row.requested_by, row.priority, row.state) for row in queued(site)} == {
        ("Hướng dẫn xếp hàng", "truc", 1, "ready")
    }
    with site.database.read() as session:
        entry = audit.entries(session, 1)[0]
    assert (entry.actor, entry.action, entry.after["zones"], entry.after["live"]) == (
        "truc", "spoke", ["sanh", "ke-1"], True,
    )  # fmt: skip


def test_a_call_is_for_a_whole_station(site: Site, desk: Desk) -> None:
    assert begin(desk, station="ga-thu").status_code == 201
    assert len(queued(site)) == 2


def test_without_a_title_the_log_names_who_speaks(site: Site, desk: Desk) -> None:
    begin(desk, "sanh")
    assert [row.title for row in queued(site)] == ["Lời nói trực tiếp của Trực loa Thử"]


@pytest.mark.parametrize(
    ("zones", "code"),
    [([], 400), (["o-khac"], 403), (["khong-co"], 403)],
    ids=["none", "not mine", "no such"],
)
def test_where_one_may_not_speak_nothing_begins(site: Site, desk: Desk, zones: list[str], code: int) -> None:
    assert begin(desk, *zones).status_code == code
    assert queued(site) == []


def test_without_an_announcer_nothing_begins_and_a_sentence_says_so(site: Site, desk: Desk) -> None:
    with site.database.write() as session:
        planning.beat(session, os.getpid(), utcnow(), utcnow() - timedelta(minutes=5))
    answer = begin(desk, "sanh")
    assert answer.status_code == 400
    assert "Bộ phát thanh chưa chạy" in answer.json["mistake"]
    assert queued(site) == []


def test_what_is_said_is_added_in_its_order(site: Site, desk: Desk) -> None:
    call = begin(desk, "sanh").json
    for level in (1, 2):
        answer = send(desk, call["sound"], np.full(4800, level, np.int16).tobytes())
        assert (answer.status_code, answer.json["over"]) == (200, False)
    samples = np.frombuffer((site.home / "live" / f"{call['id']}.live").read_bytes(), np.int16)
    assert [samples[0], samples[-1], len(samples)] == [1, 2, 9600]


@pytest.mark.parametrize(
    "data", [b"", b"abc", b"\0" * (MOST_BYTES + 2)], ids=["nothing", "half a sample", "too much"]
)
def test_what_is_no_sound_is_refused(site: Site, desk: Desk, data: bytes) -> None:
    call = begin(desk, "sanh").json
    assert send(desk, call["sound"], data).status_code == 400
    assert not (site.home / "live" / f"{call['id']}.live").exists()


def test_only_the_browser_that_began_it_may_add_to_a_call(site: Site, desk: Desk) -> None:
    call = begin(desk, "sanh").json
    other = site.signed_in("truc-hai", "operator", "ga-thu")
    assert send(other, call["sound"]).status_code == 404
    assert other.post(call["end"], form_on="/speak/live").status_code == 404
    assert desk.post(f"/speak/live/{new_id()}/end", form_on="/speak/live").status_code == 404
    assert [row.state for row in queued(site)] == ["ready"]


def test_a_call_ends_once_and_for_all(site: Site, desk: Desk) -> None:
    call = begin(desk, "sanh").json
    assert desk.post(call["end"], form_on="/speak/live").json["over"] is True
    assert send(desk, call["sound"]).json["over"] is True
    assert not (site.home / "live" / f"{call['id']}.live").exists()


@pytest.mark.parametrize(
    ("row", "state", "words"),
    [
        ({"state": "ready"}, "waiting", "Tiếng đã sẵn, chờ đến lượt."),
        ({"state": "playing", "started_at": 0}, "chime", "Đang đổ chuông"),
        ({"state": "playing", "started_at": -10}, "speaking", "Đang nghe lời nói"),
        ({"state": "ended", "result": "played"}, "over", "Đã nói xong"),
        ({"state": "ended", "result": "gave_way", "reason_code": "muted"}, "over", "Khu vực đang tắt tiếng."),
    ],
)
def test_the_browser_is_told_how_each_zone_takes_it(
    site: Site, desk: Desk, row: dict[str, Any], state: str, words: str
) -> None:
    call = begin(desk, "sanh").json
    if "started_at" in row:
        row = row | {"started_at": utcnow() + timedelta(seconds=row["started_at"])}
    change(site, **row)
    (zone,) = send(desk, call["sound"]).json["zones"]
    assert (zone["state"], zone["words"]) == (state, words)


def test_when_no_zone_hears_it_any_more_the_browser_is_told_to_stop(site: Site, desk: Desk) -> None:
    call = begin(desk, "sanh").json
    change(site, state="ended", result="gave_way", reason_code="stopped")
    assert send(desk, call["sound"]).json["over"] is True


def test_the_page_may_use_the_microphone_and_nothing_else_that_others_may_not(desk: Desk) -> None:
    headers = desk.get("/speak/live").headers
    assert "microphone=(self)" in headers["Permissions-Policy"]
    assert headers["Content-Security-Policy"] == desk.get("/speak").headers["Content-Security-Policy"]

"""Schedules from the first sentence to switching off, through the pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from factories import bring_in
from sites import Browser, Site
from sqlalchemy import insert, select, update

from announcer.models import Announcement
from schedules.core import audit
from schedules.core.clock import utcnow
from schedules.core.ids import new_id
from schedules.models import Occurrence, Schedule, Version, Zone
from schedules.operations import get_schedule
from schedules.planner import plan_occurrences

FORM: dict[str, Any] = {
    "station": "ga-thu", "when": "mỗi 20 phút, 6h–22h, thứ 2–thứ 7, trừ Tết", "message": ["xep-hang"], "weight": ["1"],
    "zone": ["sanh"], "priority": "normal", "repeats": "1", "expires": "10", "gap": "0", "act": "save",
}  # fmt: skip
KEY = "ga-thu-xep-hang"
OTHER = {"key": "ga-khac", "kind": "rail", "name": "Ga Khác", "zones": [{"key": "ke-khac", "name": "kè"}]}


@pytest.fixture
def editor(site: Site) -> Browser:
    return site.signed_in("lan", "editor", site.station)


@pytest.fixture
def head(site: Site) -> Browser:
    return site.signed_in("truong", "head", site.station)


def write(browser: Browser, path: str = "/schedules/new", **changed: Any) -> Any:
    return browser.post(path, **(FORM | changed))


def mark(site: Site, key: str = KEY) -> str:
    with site.database.read() as session:
        draft = session.scalar(select(Version).filter_by(kind="schedule", key=key, state="draft"))
        return draft.mark if draft else ""


def approve(site: Site, head: Browser) -> None:
    head.post(f"/schedules/{KEY}/approve", f"/schedules/{KEY}", seen=mark(site))


def in_force(site: Site) -> list[str]:
    with site.database.read() as session:
        return list(session.scalars(select(Schedule.key).where(Schedule.enabled)))


def test_a_draft_that_waits_is_told_on_the_first_page_to_who_may_approve_it(
    site: Site, editor: Browser, head: Browser
) -> None:
    bring_in(site.database, site.home, {"stations": [OTHER]}, utcnow())
    write(editor)
    told = '<a href="/schedules?station=ga-thu">Lịch phát: 1 bản nháp chờ duyệt</a>'
    assert told in head.get("/").text
    assert told not in site.signed_in("xa", "head", "ga-khac").get("/").text


def test_ones_own_draft_is_not_offered_for_approval_where_another_could(site: Site, head: Browser) -> None:
    write(head)
    assert "<button>Duyệt</button>" in head.get(f"/schedules/{KEY}").text
    site.signed_in("pho", "head")
    page = head.get(f"/schedules/{KEY}").text
    assert "nên người khác xem và duyệt: Trưởng Ga Thử." in page
    assert "<button>Duyệt</button>" not in page


def test_a_schedule_is_written_as_a_sentence_and_in_force_once_it_is_approved(
    site: Site, editor: Browser, head: Browser
) -> None:
    assert write(editor).headers["Location"] == f"/schedules/{KEY}"
    assert in_force(site) == []
    approve(site, head)
    assert in_force(site) == [KEY]
    with site.database.read() as session:
        schedule = get_schedule(session, KEY)
        assert schedule.trigger == {"kind": "every", "minutes": 20, "from": "06:00", "to": "22:00"}
        assert schedule.days["tet"] == "never"
        told = [
            (one.actor, one.action) for one in audit.entries(session, 9) if one.subject == f"schedule {KEY}"
        ]
    assert told == [("truong", "approved"), ("lan", "drafted")]


def test_an_editor_neither_approves_nor_switches_off(site: Site, editor: Browser, head: Browser) -> None:
    write(editor)
    data = {"seen": mark(site)}
    assert editor.post(f"/schedules/{KEY}/approve", "/account", **data).status_code == 403
    approve(site, head)
    assert editor.post(f"/schedules/{KEY}/recall", "/account").status_code == 403
    assert in_force(site) == [KEY]


def test_the_preview_shows_the_next_ten_and_the_budget_and_keeps_nothing(site: Site, editor: Browser) -> None:
    page = write(editor, act="preview").text
    assert "10 lượt sắp tới" in page and "Quỹ phút mỗi giờ" in page
    assert mark(site) == ""


def test_the_preview_tells_what_becomes_of_the_whole_day(site: Site, editor: Browser) -> None:
    with site.database.write() as session:
        session.execute(update(Zone).values(name="Sảnh A", budget_minutes=1))
    page = write(editor, act="preview", when="mỗi 1 phút, 0h-24h").text
    assert "1440 lượt, ở 1 khu vực." in page
    assert re.search(r"Sảnh A</span>: \d+ lượt nhường: Hết quỹ phút của giờ đó\.", page)
    assert "phút lời, quỹ là" not in page


def test_the_preview_warns_of_hours_over_the_budget(site: Site, editor: Browser) -> None:
    with site.database.write() as session:
        session.execute(update(Zone).values(name="Sảnh A", budget_minutes=1))
    page = write(editor, act="preview", when="mỗi 1 phút, 0h-24h", message=["vach-vang"]).text
    assert re.search(r"Sảnh A: giờ 0 đến 23 có đến [\d,]+ phút lời, quỹ là 1 phút\.", page)
    assert page.count('<rect class="over"') == 24


def test_the_living_preview_names_what_it_does_not_understand(editor: Browser) -> None:
    page = editor.post("/schedules/preview", "/schedules/new", **(FORM | {"when": "lúc gà gáy"})).text
    assert "Chưa hiểu “lúc gà gáy”" in page


@pytest.mark.parametrize(
    "changed, sentence",
    [
        ({"when": ""}, "Hãy viết lúc nào phát"),
        ({"when": "lúc 7h, " * 900}, "dài quá 4000 ký tự"),
        ({"when": "thứ 2"}, "chưa nói phát vào giờ nào"),
        ({"when": "mỗi 900 phút, 6h–6h"}, None),
        ({"when": "mỗi 1441 phút"}, "Giờ phát chưa đúng"),
        ({"message": [""]}, "Hãy chọn ít nhất một nội dung"),
        ({"message": ["khong-co"]}, "không có hoặc không dùng được"),
        ({"weight": ["-1"]}, "Ô “Số lượt”"),
        ({"weight": ["٣"]}, "Ô “Số lượt”"),
        ({"zone": []}, "ít nhất một khu vực"),
        ({"zone": ["ke-khac"]}, "không thuộc nhà ga này"),
        ({"priority": "highest"}, "Hãy chọn mức ưu tiên"),
        ({"repeats": "99"}, "Ô “Nói mấy lần”"),
        ({"expires": "nan"}, "Ô “Chờ nhiều nhất”"),
        ({"valid_from": "31/02/2026"}, "không phải là ngày"),
        ({"valid_from": "02/01/2027", "valid_to": "01/01/2027"}, "Ngày cuối đứng trước"),
        ({"message": ["chao-tau"]}, "chưa điền"),
        (
            {"message": ["chao-tau"], "value-service": "SE1", "value-time": "25:99"},
            "không điền được vào “Giờ”",
        ),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_kept(
    site: Site, editor: Browser, changed: dict[str, Any], sentence: str | None
) -> None:
    answer = write(editor, **changed)
    if sentence is None:
        assert answer.status_code == 303
        return
    assert (answer.status_code, mark(site)) == (400, "")
    assert sentence in answer.text


def test_blanks_are_filled_and_turns_taken(site: Site, editor: Browser, head: Browser) -> None:
    values = {"value-service": "SE1", "value-time": "19:30"}
    write(editor, message=["xep-hang", "chao-tau"], weight=["3", "1"], **values)
    approve(site, head)
    with site.database.read() as session:
        schedule = get_schedule(session, KEY)
        assert schedule.values == {"service": "SE1", "time": "19:30"}
        assert [turn.weight for turn in schedule.turns] == [3, 1]


def test_a_schedule_is_edited_as_the_sentence_it_was_written_in(
    site: Site, editor: Browser, head: Browser
) -> None:
    write(editor)
    approve(site, head)
    assert "mỗi 20 phút, 6h–22h, thứ 2–thứ 7, trừ Tết" in editor.get(f"/schedules/{KEY}/edit").text
    write(editor, f"/schedules/{KEY}/edit", when="lúc 8h")
    page = head.get(f"/schedules/{KEY}").text
    assert "<ins>" in page and "lúc 8h" in page


def test_two_who_write_at_once_lose_nothing(site: Site, editor: Browser, head: Browser) -> None:
    write(editor)
    late = write(head, f"/schedules/{KEY}/edit", when="lúc 9h")
    assert late.status_code == 409
    assert "lúc 9h" in late.text and "lan vừa lưu" in late.text


def test_what_waits_in_the_queue_goes_with_a_schedule_that_is_switched_off(
    site: Site, editor: Browser, head: Browser
) -> None:
    write(editor)
    approve(site, head)
    now = utcnow()
    with site.database.write() as session:
        schedule = get_schedule(session, KEY)
        for day in range(8):  # one of which is no Sunday and no holiday
            plan_occurrences(session, schedule.station, (now + timedelta(days=day)).date(), now)
        occurrence = session.scalars(select(Occurrence).limit(1)).one()
        row = {
            "id": new_id(), "occurrence_id": occurrence.id, "zone_id": occurrence.zone_id, "title": "", "category": "conduct",
            "priority": 0, "level": 3, "script": {}, "accepted_at": now, "due_at": now, "not_before": now,
            "expires_at": now + timedelta(minutes=5), "state": "waiting", "seconds": 5.0, "starts": 0,
        }  # fmt: skip
        session.execute(insert(Announcement), [row])
    head.post(f"/schedules/{KEY}/recall", f"/schedules/{KEY}")
    with site.database.read() as session:
        assert session.scalars(select(Announcement.reason_code)).one() == "withdrawn"
    assert in_force(site) == []
    assert "Đã tắt" in head.get("/schedules").text


def test_another_stations_schedules_are_not_to_be_seen_nor_touched(
    site: Site, editor: Browser, head: Browser
) -> None:
    write(editor)
    approve(site, head)
    bring_in(site.database, site.home, {"stations": [OTHER]}, utcnow())
    other = site.signed_in("xa", "head", "ga-khac")
    for path in (
        f"/schedules/{KEY}",
        f"/schedules/{KEY}/edit",
        f"/schedules/{KEY}/versions/1",
        "/schedules?station=ga-thu",
    ):
        assert other.get(path).status_code == 404
    assert write(other).status_code == 403
    assert other.post(f"/schedules/{KEY}/recall", "/account").status_code == 403
    assert write(other, station="ga-khac").status_code == 400  # the zone is another station's
    assert in_force(site) == [KEY]


def test_whoever_discards_a_draft_that_was_never_in_force_is_led_to_the_stations_list(
    site: Site, editor: Browser
) -> None:
    write(editor)
    answer = editor.post(f"/schedules/{KEY}/discard", f"/schedules/{KEY}", seen=mark(site))
    assert answer.headers["Location"] == f"/schedules?station={site.station}"
    assert "Đã bỏ bản nháp.<" in editor.get(answer.headers["Location"]).text


def test_an_older_version_can_be_compared_and_taken_up_again(
    site: Site, editor: Browser, head: Browser
) -> None:
    write(editor)
    approve(site, head)
    write(editor, f"/schedules/{KEY}/edit", when="lúc 8h")
    assert "Khác bản 1" in head.get(f"/schedules/{KEY}/versions/2").text
    assert "mỗi 20 phút" in editor.get(f"/schedules/{KEY}/edit?from=1").text
    editor.post(f"/schedules/{KEY}/discard", f"/schedules/{KEY}", seen=mark(site))
    assert mark(site) == ""


def test_a_station_without_schedules_says_so(editor: Browser) -> None:
    assert "chưa có lịch phát nào" in editor.get("/schedules").text

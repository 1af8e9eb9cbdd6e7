"""The pages of zones: what is seen, changed, refused and on record."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from announcer import planning
from announcer.models import Announcement, Playout, ZoneCommand, ZoneStatus
from schedules.core import audit, changes
from schedules.core.clock import to_local, utcnow
from schedules.core.ids import new_id
from schedules.models import Zone
from schedules.operations import get_zone

Site = Any
Browser = Any
PAGE, FORM = "/stations/ga-thu", "/stations/ga-thu/zones/sanh"
GOOD: dict[str, Any] = {
    "name": "Sảnh chờ",
    "name_en": "Waiting hall",
    "mastering": "concourse",
    "budget_minutes": "6,5",
    "gap_seconds": "20",
    "volume-from": ["21:00", "", ""],
    "volume-to": ["6h", "", ""],
    "volume-db": ["−6", "", ""],
    "quiet-from": ["22h30", ""],
    "quiet-to": ["5", ""],
}


def zone(site: Site, key: str = "sanh") -> Zone:
    with site.database.read() as session:
        found: Zone = get_zone(session, key)
        return found


def seen(browser: Browser) -> str:
    found = re.search(r'name="seen" value="(\w+)"', browser.get(FORM).text)
    assert found
    return found[1]


def send(browser: Browser, act: str = "save", **fields: Any) -> Any:
    given = {**GOOD, "seen": seen(browser), "act": act, **fields}
    return browser.post(FORM, **{name.replace("_of_", "-"): value for name, value in given.items()})


def planned_again(site: Site) -> int:
    with site.database.read() as session:
        return changes.number(session, changes.SCHEDULES)


def on_record(site: Site) -> list[audit.AuditEntry]:
    with site.database.read() as session:
        return audit.entries(session, 5, {"actor": "truong"})


def test_what_is_changed_is_saved_on_record_and_planned_anew(site: Site, head: Browser) -> None:
    before = planned_again(site)
    answer = send(head)
    assert answer.status_code == 303
    now = zone(site)
    assert (now.name, now.name_en, now.mastering) == ("Sảnh chờ", "Waiting hall", "concourse")
    assert (now.budget_minutes, now.gap_seconds) == (6.5, 20)
    assert now.volume == [{"from": "21:00", "to": "06:00", "db": -6}]
    assert now.quiet == [{"from": "22:30", "to": "05:00"}]
    assert planned_again(site) == before + 1
    entry = on_record(site)[0]
    assert (entry.action, entry.subject) == ("zone changed", "zone sanh")
    assert (entry.before or {})["budget_minutes"] == 30
    assert (entry.after or {})["quiet"] == [{"from": "22:30", "to": "05:00"}]
    assert "Đã lưu khu vực Sảnh chờ." in head.get(answer.location).text


def test_what_is_on_record_is_told_in_words(site: Site, head: Browser) -> None:
    send(head)
    page = site.admin.get("/audit").text
    assert "quỹ phút mỗi giờ: 6.5" in page
    assert "âm lượng: 21:00–06:00 (-6 dB)" in page
    assert "giờ yên tĩnh: không có" in page


def test_only_what_differs_is_on_record_and_nothing_when_nothing_does(site: Site, head: Browser) -> None:
    send(head)
    send(head, budget_minutes="5")
    assert on_record(site)[0].after == {"budget_minutes": 5.0}
    before = planned_again(site)
    answer = send(head, budget_minutes="5")
    assert "Không có gì thay đổi." in head.get(answer.location).text
    assert planned_again(site) == before


def test_the_form_sent_back_as_it_came_changes_nothing(site: Site, head: Browser) -> None:
    send(head)
    page = head.get(FORM).text
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input name="([\w-]+)"[^>]*? value="([^"]*)"', page):
        fields.setdefault(name, []).append(value)
    answer = head.post(FORM, **{**fields, "mastering": "concourse", "seen": seen(head), "act": "save"})
    assert "Không có gì thay đổi." in head.get(answer.location).text


def test_a_preview_counts_tomorrow_and_saves_nothing(site: Site, head: Browser) -> None:
    page = send(head, act="preview", budget_minutes="0").text
    assert "Bây giờ: 48 lượt phát. Sau khi lưu: <strong>0 lượt phát, 48 lượt nhường</strong>." in page
    assert "Sẽ nhường thêm 48 lượt" in page
    assert "35 lượt nhường: Hết quỹ phút của giờ đó." in page
    assert "13 lượt nhường: Rơi vào giờ yên tĩnh." in page
    assert 'value="Sảnh chờ"' in page
    assert zone(site).name == "sanh"


def test_enter_in_a_field_previews_and_does_not_save(head: Browser) -> None:
    assert re.findall(r'<button name="act" value="(\w+)"', head.get(FORM).text) == ["preview", "save"]


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"name": "  "}, "Tên tiếng Việt: chưa điền."),
        ({"name": "a" * 201}, "Tên tiếng Việt: dài nhất 200 ký tự."),
        ({"name": "a" * 200_000}, "Tên tiếng Việt: dài nhất 200 ký tự."),
        ({"name_en": "a" * 201}, "Tên tiếng Anh: dài nhất 200 ký tự."),
        ({"name": "Sảnh\u202e ờhc"}, "Tên tiếng Việt: có ký tự ẩn"),
        ({"name": "Sảnh\u200b chờ"}, "Tên tiếng Việt: có ký tự ẩn"),
        ({"name_en": "Hall\x00"}, "Tên tiếng Anh: có ký tự ẩn"),
        ({"mastering": "loud"}, "Kiểu xử lý âm thanh: hãy chọn"),
        ({"budget_minutes": "61"}, "Quỹ phút mỗi giờ: lớn nhất là 60."),
        ({"budget_minutes": "-1"}, "Quỹ phút mỗi giờ: nhỏ nhất là 0."),
        ({"budget_minutes": "nan"}, "Quỹ phút mỗi giờ: cần một con số"),
        ({"gap_seconds": "inf"}, "Khoảng lặng ngắn nhất: cần một con số"),
        ({"gap_seconds": ""}, "Khoảng lặng ngắn nhất: cần một con số"),
        ({"gap_seconds": "1e3"}, "Khoảng lặng ngắn nhất: cần một con số"),
        ({"gap_seconds": "3601"}, "Khoảng lặng ngắn nhất: lớn nhất là 3600."),
        ({"volume_of_db": ["7"]}, "Âm lượng, khung 1, dB: lớn nhất là 6."),
        ({"volume_of_db": ["-41"]}, "Âm lượng, khung 1, dB: nhỏ nhất là -40."),
        ({"volume_of_db": [""]}, "Âm lượng, khung 1, dB: cần một con số"),
        ({"volume_of_from": ["25:00"]}, "Âm lượng, khung 1, từ: ghi giờ và phút"),
        ({"volume_of_from": ["24:30"]}, "Âm lượng, khung 1, từ: ghi giờ và phút"),
        ({"quiet_of_to": ["sáng", ""]}, "Giờ yên tĩnh, khung 1, đến: ghi giờ và phút"),
        ({"quiet_of_from": ["22:30", "1:00"]}, "Giờ yên tĩnh, khung 2, đến: ghi giờ và phút"),
        ({f"quiet_of_{name}": ["01:00"] * 13 for name in ("from", "to")}, "Giờ yên tĩnh: nhiều nhất 12"),
    ],
)
def test_what_is_wrong_is_said_with_its_field_and_nothing_is_saved(
    site: Site, head: Browser, fields: dict[str, Any], sentence: str
) -> None:
    before = planned_again(site)
    answer = send(head, **fields)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert zone(site).budget_minutes == 30
    assert planned_again(site) == before


def test_what_was_typed_stays_in_the_form_and_is_no_markup(head: Browser) -> None:
    page = send(head, name="<b>Sảnh</b>", budget_minutes="x").text
    assert 'value="&lt;b&gt;Sảnh&lt;/b&gt;"' in page


def test_a_name_typed_in_pieces_is_kept_whole(site: Site, head: Browser) -> None:
    send(head, name="Sa\u0309nh")
    assert zone(site).name == "S\u1ea3nh"


def test_a_change_over_somebody_elses_is_refused(site: Site, head: Browser) -> None:
    old = seen(head)
    send(head, budget_minutes="5")
    answer = send(head, seen=old, budget_minutes="9")
    assert answer.status_code == 400
    assert "đã được người khác đổi" in answer.text
    assert zone(site).budget_minutes == 5


@pytest.mark.parametrize("path", [PAGE, FORM])
def test_another_stations_head_is_refused(site: Site, stranger: Browser, path: str) -> None:
    assert stranger.get(path).status_code == 403


@pytest.mark.parametrize("path", [FORM, f"{FORM}/mute", f"{FORM}/test"])
def test_another_stations_head_changes_nothing(site: Site, stranger: Browser, path: str) -> None:
    answer = stranger.post(
        path, form_on="/account", **{**GOOD, "act": "save", "minutes": "15", "id": new_id()}
    )
    assert answer.status_code == 403
    assert zone(site).name == "sanh"
    with site.database.read() as session:
        assert not session.scalars(select(ZoneCommand)).all()
        assert not session.scalars(select(Announcement)).all()


@pytest.mark.parametrize("key", ["cho-khac", "nowhere"])
def test_another_stations_zone_is_not_there(site: Site, head: Browser, key: str) -> None:
    path = f"/stations/ga-thu/zones/{key}"
    assert head.get(path).status_code == 404
    for way in ("", "/mute", "/test"):
        fields = {**GOOD, "act": "save", "minutes": "15", "id": new_id()}
        assert head.post(path + way, form_on="/account", **fields).status_code == 404
    assert zone(site, "cho-khac").name == "Chờ"


def test_an_operator_sees_mutes_and_tests_but_changes_nothing(site: Site, other: None) -> None:
    desk = site.signed_in("truc", "operator", "ga-thu")
    page = desk.get(PAGE).text
    assert "Thử loa" in page
    assert FORM + '"' not in page
    assert desk.get(FORM).status_code == 403


def test_an_editor_sees_no_buttons(site: Site, other: None) -> None:
    page = site.signed_in("bien-tap", "editor", "ga-thu").get(PAGE).text
    assert "Quỹ phút" in page
    assert "Thử loa<" not in page
    assert 'name="until"' not in page


def test_one_is_led_to_ones_own_station(head: Browser, stranger: Browser) -> None:
    assert head.get("/stations").location == "/stations/ga-thu"
    assert head.get("/stations?station=ga-khac").location == "/stations/ga-thu"
    assert stranger.get("/stations").location == "/stations/ga-khac"
    assert "Ga Khác" not in head.get(PAGE).text


def test_who_has_several_stations_picks_one(site: Site, other: None) -> None:
    assert site.admin.get("/stations?station=ga-khac").location == "/stations/ga-khac"
    assert '<option value="ga-khac"' in site.admin.get(PAGE).text
    assert site.admin.get("/stations/nowhere").status_code == 404


def test_the_last_sound_and_the_last_fault_are_told(site: Site, head: Browser) -> None:
    assert "bảy ngày qua chưa phát gì" in head.get(PAGE).text
    now = utcnow()

    def logged(result: str, code: str, reason: str, ago: int) -> Playout:
        return Playout(
            zone="sanh", title="Xếp hàng", priority=0, planned_at=now, logged_at=now - timedelta(hours=ago),
            result=result, final=True, reason_code=code, reason=reason,
        )  # fmt: skip

    with site.database.write() as session:
        session.add(logged("played", "", "", 30))
        session.add(logged("cut", "sink", "The card fell asleep.", 50))
        session.add(ZoneStatus(zone_id=zone(site).id, sink="sound card USB", fault="", changed_at=now))
    page = head.get(PAGE).text
    assert "cạc âm thanh USB" in page
    assert "The card fell asleep." in page
    assert f"{to_local(now - timedelta(hours=30)):%d/%m/%Y}" in page
    with site.database.write() as session:
        session.execute(update(ZoneStatus).values(fault="The card has gone."))
    page = head.get(PAGE).text
    assert "đang lỗi" in page
    assert "The card has gone." in page


def commands(site: Site) -> list[ZoneCommand]:
    with site.database.read() as session:
        return list(session.scalars(select(ZoneCommand)))


def mute(head: Browser, **fields: str) -> str:
    answer = head.post(f"{FORM}/mute", form_on=PAGE, **fields)
    assert answer.status_code == 303
    return str(head.get(answer.location).text)


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The pages think that it is twelve o'clock."""
    moment = to_local(utcnow()).replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr("kiosk.stations.views.utcnow", lambda: moment)
    return moment


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_a_zone_is_mute_for_some_minutes(site: Site, head: Browser, noon: datetime, minutes: int) -> None:
    page = mute(head, minutes=str(minutes))
    (row,) = commands(site)
    assert (row.kind, row.until, row.requested_by) == ("mute", noon + timedelta(minutes=minutes), "truong")
    assert f"Đã tắt tiếng sanh đến {noon + timedelta(minutes=minutes):%H:%M}." in page


@pytest.mark.parametrize("typed", ["14:30", "14h30", " 14g30 "])
def test_a_zone_is_mute_until_a_time_of_today(site: Site, head: Browser, noon: datetime, typed: str) -> None:
    mute(head, until=typed)
    assert [row.until for row in commands(site)] == [noon.replace(hour=14, minute=30)]
    assert on_record(site)[0].after == {"until": f"14:30 {noon:%d/%m/%Y}"}


def test_a_time_that_has_passed_today_is_tomorrows(
    site: Site, head: Browser, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = noon.replace(hour=22, minute=54)
    monkeypatch.setattr("kiosk.stations.views.utcnow", lambda: evening)
    page = mute(head, until="05:00")
    assert [row.until for row in commands(site)] == [evening + timedelta(hours=6, minutes=6)]
    assert "Đã tắt tiếng sanh đến 05:00 ngày mai." in page


def test_tomorrows_time_is_taken_twelve_hours_ahead_and_not_further(
    site: Site, head: Browser, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = noon.replace(hour=22)
    monkeypatch.setattr("kiosk.stations.views.utcnow", lambda: evening)
    mute(head, until="10:00")
    refused = head.post(f"{FORM}/mute", form_on=PAGE, until="10:01")
    assert [row.until for row in commands(site)] == [evening + timedelta(hours=12)]
    assert "đến giờ cách lúc này nhiều nhất 12 giờ." in refused.text


def test_what_was_typed_as_the_end_of_a_mute_is_kept_at_its_zone(head: Browser, noon: datetime) -> None:
    page = head.post(f"{FORM}/mute", form_on=PAGE, until="11:59").text
    assert re.findall(r'name="until"[^>]* value="([^"]*)"', page) == ["", "11:59"]


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"until": "11:59"}, "Hôm nay đã qua 11:59 rồi."),
        ({"until": "12:00"}, "Hôm nay đã qua 12:00 rồi."),
        ({"until": ""}, "ghi giờ và phút, ví dụ 14:30."),
        ({"until": "99:99"}, "ghi giờ và phút, ví dụ 14:30."),
        ({"minutes": "9999999999"}, "ghi giờ và phút, ví dụ 14:30."),
    ],
)
def test_a_mute_without_an_end_ahead_is_refused(
    site: Site, head: Browser, noon: datetime, fields: dict[str, str], sentence: str
) -> None:
    answer = head.post(f"{FORM}/mute", form_on=PAGE, **fields)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert commands(site) == []


def test_a_mute_zone_is_shown_and_let_speak_again(site: Site, head: Browser) -> None:
    with site.database.write() as session:
        session.execute(update(Zone).values(muted_until=utcnow() + timedelta(minutes=20)))
    assert "Đang tắt tiếng đến" in head.get(PAGE).text
    mute(head, unmute="1")
    assert [row.kind for row in commands(site)] == ["unmute"]
    assert on_record(site)[0].action == "unmuted"


def try_out(head: Browser, id: str) -> str:
    answer = head.post(f"{FORM}/test", form_on=PAGE, id=id)
    assert answer.status_code == 303
    return str(head.get(answer.location).text)


def test_a_test_goes_through_the_queue_once_and_is_on_record(site: Site, head: Browser) -> None:
    with site.database.write() as session:
        planning.beat(session, 1, utcnow(), utcnow() + timedelta(minutes=5))
    same = new_id()
    page = try_out(head, same)
    assert "sanh sẽ nói “Đây là tiếng thử.” trong giây lát." in page
    try_out(head, same)
    with site.database.read() as session:
        (row,) = session.scalars(select(Announcement))
    assert (row.title, row.requested_by, row.request_id) == ("Thử loa", "truong", same)
    assert row.script["parts"][0]["text"] == "Đây là tiếng thử."
    assert on_record(site)[0].action == "spoke"


def test_a_test_that_cannot_be_heard_now_says_why(site: Site, head: Browser) -> None:
    assert "Bộ phát thanh chưa chạy" in try_out(head, new_id())
    with site.database.write() as session:
        planning.beat(session, 1, utcnow(), utcnow() + timedelta(minutes=5))
        session.execute(update(Zone).values(muted_until=utcnow() + timedelta(minutes=20)))
    assert "sanh đang tắt tiếng, nên tiếng thử sẽ không vang lên." in try_out(head, new_id())


def test_a_test_from_a_page_that_is_not_ours_is_refused(head: Browser) -> None:
    assert head.post(f"{FORM}/test", form_on=PAGE, id="../x").status_code == 400

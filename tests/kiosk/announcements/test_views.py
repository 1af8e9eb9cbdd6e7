"""Speak now, stop, mute: what is committed, what is refused, and what is on record."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import delete, select, update

from announcer import planning
from announcer.models import Announcement, ZoneCommand
from kiosk.accounts import operations, second
from schedules.core import audit
from schedules.core.clock import utcnow
from schedules.core.ids import new_id
from schedules.models import Message, Zone

Site = Any
Desk = Any


def queued(site: Site) -> list[Announcement]:
    with site.database.read() as session:
        return list(session.scalars(select(Announcement).order_by(Announcement.zone_id)))


def commands(site: Site) -> list[ZoneCommand]:
    with site.database.read() as session:
        return list(session.scalars(select(ZoneCommand)))


def on_record(site: Site) -> list[tuple[str, str]]:
    with site.database.read() as session:
        return [(entry.actor, entry.action) for entry in audit.entries(session, 50)]


def say(desk: Desk, path: str = "/speak/text", **fields: Any) -> Any:
    given = {
        "id": new_id(),
        "text": "Mời khách ra cửa 2.",
        "language": "vi",
        "priority": "normal",
        "repeats": "1",
        "held": "yes",
    }
    return desk.post(path, **{**given, "zone": "sanh", "act": "speak", **fields})


def test_a_typed_text_is_committed_for_its_zones_and_on_record(site: Site, desk: Desk) -> None:
    answer = say(desk, zone=["sanh", "ke-1"], text=" Mời khách\n ra cửa 2. ", priority="priority")
    assert answer.status_code == 303
    rows = queued(site)
    assert len(rows) == 2
    assert {row.title for row in rows} == {"Mời khách ra cửa 2."}
    assert {(row.priority, row.requested_by, row.state) for row in rows} == {(1, "truc", "waiting")}
    assert rows[0].script["parts"][0]["phrases"] == ["mời khách ra cửa hai"]
    assert on_record(site)[0] == ("truc", "spoke")
    page = desk.get(answer.location).text
    assert "Đã nhận: “Mời khách ra cửa 2.” ở sanh (Ga Thử), ke-1 (Ga Thử)." in page
    assert "Bộ phát thanh chưa chạy" in page


def test_a_second_tap_adds_nothing_and_says_so(site: Site, desk: Desk) -> None:
    same = new_id()
    say(desk, id=same)
    answer = say(desk, id=same)
    assert len(queued(site)) == 1
    assert "đã được nhận từ trước" in desk.get(answer.location).text
    assert [action for _, action in on_record(site)].count("spoke") == 1


def test_a_preview_shows_the_spoken_form_and_commits_nothing(site: Site, desk: Desk) -> None:
    page = say(desk, act="preview", text="Tàu SE1 chạy lúc 19h30.").text
    assert "Đọc là: tàu" in page
    assert "mười chín giờ ba mươi" in page
    assert re.search(r"Dài khoảng \d+ giây", page)
    assert "Tàu SE1 chạy lúc 19h30.</textarea>" in page
    assert queued(site) == []


def test_enter_in_a_field_previews_and_does_not_speak(desk: Desk) -> None:
    buttons = re.findall(r'<button name="act" value="(\w+)"', desk.get("/speak/text").text)
    assert buttons == ["preview", "speak"]


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"text": ""}, "Hãy gõ lời cần phát."),
        ({"text": " ?! "}, "Hãy gõ lời cần phát."),
        ({"text": "a" * 1201}, "nhiều nhất 1200"),
        ({"zone": []}, "Hãy chọn ít nhất một khu vực loa."),
        ({"priority": "royal"}, "Hãy chọn mức ưu tiên."),
        ({"repeats": "0"}, "Số lần nói là từ 1 đến 5."),
        ({"repeats": "1e9"}, "Số lần nói là từ 1 đến 5."),
        ({"language": "xx"}, "Hãy chọn ngôn ngữ."),
        ({"id": "../x"}, "Trang này đã cũ."),
    ],
)
def test_a_wish_that_is_unclear_is_refused_and_the_words_stay_in_the_form(
    site: Site, desk: Desk, fields: dict[str, Any], sentence: str
) -> None:
    answer = say(desk, **{"text": "Mời khách <b>ra</b> cửa 2.", **fields})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert queued(site) == []
    if "text" not in fields:
        assert "Mời khách &lt;b&gt;ra&lt;/b&gt; cửa 2.</textarea>" in answer.text


@pytest.mark.parametrize("zone", ["cho-khac", "nowhere", "all", "' OR 1=1"])
def test_a_zone_of_another_station_is_refused_like_one_that_is_not_there(
    site: Site, desk: Desk, zone: str
) -> None:
    assert say(desk, zone=zone).status_code == 403
    assert desk.post("/control", form_on="/", stop=zone if zone != "all" else "x").status_code == 403
    assert queued(site) == []
    assert commands(site) == []


def test_a_whole_station_is_ticked_at_once(site: Site, desk: Desk) -> None:
    say(desk, station="ga-thu")
    assert len({row.zone_id for row in queued(site)}) == len(queued(site)) == 2


def test_a_whole_station_of_others_is_refused(site: Site, desk: Desk) -> None:
    assert say(desk, zone=[], station="ga-khac").status_code == 403
    assert queued(site) == []


def test_a_preview_ticks_each_zone_of_a_whole_station_so_that_unticking_one_is_enough(desk: Desk) -> None:
    page = say(desk, act="preview", zone=[], station="ga-thu").text
    assert re.findall(r'name="zone" value="([^"]+)" checked', page) == ["ke-1", "sanh"]
    assert not re.search(r'name="station"[^>]* checked', page)


def test_a_station_of_one_zone_is_not_offered_as_a_whole(site: Site, desk: Desk) -> None:
    page = site.signed_in("truc-chung", "operator").get("/speak/text").text
    assert re.findall(r'name="station" value="([^"]+)"', page) == ["ga-thu"]


def test_another_stations_zones_are_not_even_shown(desk: Desk) -> None:
    for page in ("/speak", "/speak/text", "/speak/message/chay"):
        assert "Sảnh khác" not in desk.get(page).text
        assert "cho-khac" not in desk.get(page).text
    assert 'value="cho-khac"' not in desk.get("/").text


def test_a_message_with_blanks_is_filled_and_said_in_both_languages(site: Site, desk: Desk) -> None:
    path = "/speak/message/chao-tau"
    assert "Tàu {service} đến lúc {time}." in desk.get(path).text
    say(desk, path, **{"blank-service": "SE1", "blank-time": "19:30"})
    (row,) = queued(site)
    assert [part["text"] for part in row.script["parts"]] == [
        "Tàu SE1 đến lúc 19h30.",
        "Train SE1 arrives at 19:30.",
    ]
    assert row.title == "Tàu đến"


@pytest.mark.parametrize(
    "service, time, sentence",
    [
        ("", "19:30", "Chỗ trống “Số hiệu tàu, xe” chưa điền"),
        ("SE1", "25:00", "“25:00” không điền được vào “Giờ”: "),
        ("S" * 21, "19:30", "không điền được vào “Số hiệu tàu, xe”: "),
    ],
)
def test_a_blank_that_is_not_filled_rightly_is_named(
    site: Site, desk: Desk, service: str, time: str, sentence: str
) -> None:
    answer = say(desk, "/speak/message/chao-tau", **{"blank-service": service, "blank-time": time})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert queued(site) == []


def test_the_choice_is_narrowed_without_marks_and_what_is_urgent_stays(desk: Desk) -> None:
    page = desk.get("/speak?q=VACH").text
    assert "Vạch vàng" in page and "Xếp hàng" not in page
    assert "Cần sơ cứu" in page
    assert "Không có nội dung nào có “zzz”." in desk.get("/speak?q=zzz").text


def test_the_choice_is_in_the_order_of_its_titles(site: Site, desk: Desk) -> None:
    with site.database.write() as session:
        for key, title in (("xep-hang", "Ấm áp"), ("vach-vang", "Buổi sớm"), ("chao-tau", "đến giờ")):
            session.execute(update(Message).where(Message.key == key).values(title=title, category="conduct"))
    page = desk.get("/speak").text
    assert page.index("Ấm áp") < page.index("Buổi sớm") < page.index("đến giờ")


def test_a_message_that_does_not_exist_is_not_found(desk: Desk) -> None:
    assert desk.get("/speak/message/khong-co").status_code == 404


def test_an_emergency_is_one_tap_for_all_zones_of_the_station_and_urgent(site: Site, desk: Desk) -> None:
    page = desk.get("/speak").text
    form = re.search(r'<form method="post" action="/speak/message/chay">(.+?)</form>', page, re.DOTALL)
    assert form
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form[1])
    answer = desk.client.post(
        "/speak/message/chay",
        base_url="https://loaga.test",
        data={name: [value for key, value in fields if key == name] for name, _ in fields} | {"held": "yes"},
    )
    assert answer.status_code == 303
    assert [(row.priority, row.level, row.script["repeats"]) for row in queued(site)] == [(2, 0, 3)] * 2


def test_an_emergency_cannot_be_made_less_urgent_by_its_form(site: Site, desk: Desk) -> None:
    say(desk, "/speak/message/chay", priority="normal")
    assert [row.priority for row in queued(site)] == [2]


@pytest.mark.parametrize("path", ["/speak/text", "/speak/message/chay"])
def test_what_interrupts_everything_is_not_sent_by_a_slip_of_the_finger(
    site: Site, desk: Desk, path: str
) -> None:
    words = {} if path.endswith("chay") else {"text": "Mời ra <ngoài>."}
    answer = desk.post(path, id=new_id(), zone="sanh", act="speak", repeats="2", priority="urgent", language="vi", **words)  # fmt: skip
    assert answer.status_code == 400
    assert "Chưa phát. Lời khẩn cấp thì nhấn giữ nút Phát ngay một giây." in answer.text
    assert "<option selected>2</option>" in answer.text
    assert not words or "Mời ra &lt;ngoài&gt;.</textarea>" in answer.text
    assert queued(site) == []


def test_without_scripts_a_box_is_ticked_instead_of_holding(desk: Desk) -> None:
    page = desk.get("/speak/message/chay").text
    assert '<noscript><label class="tick"><input type="checkbox" name="held"' in page


@pytest.mark.parametrize(
    "path", ["/speak", "/speak/text", "/speak/message/chay", "/speak/recording", "/speak/live"]
)
def test_where_nobody_would_speak_the_desk_is_told_before_it_calls(site: Site, desk: Desk, path: str) -> None:
    silent = "Bộ phát thanh không hoạt động</strong> nên chưa lời nào phát được."
    assert silent in desk.get(path).text
    with site.database.write() as session:
        planning.beat(session, 1, utcnow(), utcnow())
    assert silent not in desk.get(path).text


def test_an_emergency_with_a_blank_is_filled_first(desk: Desk) -> None:
    page = desk.get("/speak").text
    assert 'href="/speak/message/cap-cuu"' in page
    assert 'action="/speak/message/cap-cuu"' not in page


def test_with_the_second_step_on_an_urgent_call_needs_a_new_code(site: Site, desk: Desk) -> None:
    key = site.app.extensions["second-step-key"]
    with site.database.write() as session:
        account = operations.get_account(session, "truc")
        operations.begin_second_step(session, account)
        totp = pyotp.TOTP(second.secret(key, account))
        operations.switch_on_second_step(session, key, "truc", account, totp.at(utcnow()), utcnow())
    assert say(desk, priority="normal").status_code == 303
    refused = say(desk, priority="urgent", code="000000")
    assert refused.status_code == 400
    assert "cần mã 6 số" in refused.text
    code = totp.at(utcnow() + timedelta(seconds=30))
    same = new_id()
    for _ in range(2):  # a double tap has no second code
        assert say(desk, priority="urgent", code=code, id=same).status_code == 303
    assert say(desk, priority="urgent", code=code).status_code == 400
    assert [row.priority for row in queued(site)] == [0, 2]
    assert 'action="/speak/message/chay"' not in desk.get("/speak").text


@pytest.mark.parametrize(
    "kind, told",
    [("stop", "Đã cho dừng"), ("mute", "Đã tắt tiếng 30 phút"), ("unmute", "Đã cho phát trở lại")],
)
def test_a_zone_is_told_to_stop_or_be_mute_or_speak_again(
    site: Site, desk: Desk, kind: str, told: str
) -> None:
    answer = desk.post("/control", form_on="/", **{kind: "sanh"})
    assert answer.status_code == 303
    assert f"{told}: sanh (Ga Thử)." in desk.get(answer.location).text
    (row,) = commands(site)
    assert (row.kind, row.requested_by) == (kind, "truc")
    assert (row.until is not None) == (kind == "mute")
    done = {"stop": "stopped", "mute": "muted", "unmute": "unmuted"}
    assert on_record(site)[0] == ("truc", done[kind])


def test_one_request_is_cancelled_where_one_may_and_on_record(site: Site, desk: Desk) -> None:
    same = new_id()
    story = say(desk, id=same, zone=["sanh", "ke-1"]).location
    assert story == f"/requests/{same}"
    answer = desk.post("/control", form_on=story, cancel=same, story="1")
    assert answer.location == story
    assert "Đã hủy: “Mời khách ra cửa 2.”" in desk.get(story).text
    assert {(row.kind, row.requested_by) for row in commands(site)} == {("cancel", "truc")}
    assert {row.announcement_id for row in commands(site)} == {row.id for row in queued(site)}
    assert on_record(site)[:2] == [("truc", "cancelled")] * 2


def test_one_zone_of_a_request_is_cancelled_alone(site: Site, desk: Desk) -> None:
    say(desk, zone=["sanh", "ke-1"])
    one = queued(site)[0].id
    assert f'name="cancel" value="{one}"' in desk.get("/").text
    assert desk.post("/control", form_on="/", cancel=one).location == "/"
    assert [row.announcement_id for row in commands(site)] == [one]


def test_what_has_ended_is_not_cancelled_again(site: Site, desk: Desk) -> None:
    same = new_id()
    say(desk, id=same)
    with site.database.write() as session:
        session.execute(update(Announcement).values(state="ended", result="played"))
    desk.post("/control", form_on="/", cancel=same)
    assert "đã kết thúc từ trước" in desk.get("/").text
    assert commands(site) == []


def test_another_stations_request_cannot_be_cancelled_nor_seen(site: Site, desk: Desk) -> None:
    say(desk)
    other = site.signed_in("khac", "operator", "ga-khac")
    row = queued(site)[0]
    for id in (row.id, row.request_id, new_id()):
        assert other.post("/control", form_on="/", cancel=id).status_code == 403
    assert other.get(f"/requests/{row.request_id}").status_code == 404
    assert other.get(f"/requests/{row.request_id}/now").status_code == 404
    assert commands(site) == []


def test_stopping_everywhere_stops_every_zone_of_ones_own(site: Site, desk: Desk) -> None:
    desk.post("/control", form_on="/", stop="all")
    assert len(commands(site)) == 2


def test_a_command_that_does_not_exist_is_refused(site: Site, desk: Desk) -> None:
    assert desk.post("/control", form_on="/", explode="sanh").status_code == 400
    assert commands(site) == []


def test_only_who_may_stop_is_offered_to(site: Site, desk: Desk) -> None:
    assert 'name="stop" value="sanh"' in desk.get("/").text
    assert 'name="stop"' not in site.signed_in("bien-tap", "editor").get("/").text
    assert 'name="stop"' not in site.browser().get("/").text


def test_the_living_part_of_the_page_stays_the_same_while_nothing_changes(desk: Desk) -> None:
    first = desk.get("/on-air")
    assert desk.get("/on-air").headers["ETag"] == first.headers["ETag"]


def test_who_may_speak_nowhere_is_told(site: Site) -> None:
    with site.database.write() as session:
        session.execute(delete(Zone))
    browser = site.signed_in("truc", "operator", "ga-thu")
    assert "Chưa có khu vực loa nào" in browser.get("/speak").text

"""The three pages, from what is in the database to what is read on screen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from factories import bring_in
from people import person
from sites import Browser
from sqlalchemy import delete, event, func, select, update

from announcer.models import Sound
from kiosk import desk
from kiosk.accounts import operations
from kiosk.accounts.models import Account
from kiosk.app import create_app
from kiosk.home import readiness
from kiosk.home.asides import asides
from kiosk.language.times import clock, day_in_words
from schedules.core import changes
from schedules.core.clock import day_bounds, local_date, utcnow
from schedules.core.ids import new_id
from schedules.core.settings import Settings
from schedules.models import RESULTS, CalendarException, Message, Occurrence, Schedule, Zone
from schedules.operations import all_stations
from schedules.planner import plan_occurrences

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
    assert "cạc âm thanh USB" in page


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


def test_the_plan_shows_results_and_reasons(place: Place) -> None:
    place.plan()
    values = {"result": "gave_way", "reason_code": "stopped", "reason": "stopped by hoa"}
    with place.database.write() as session:
        session.execute(update(Occurrence).values(**values))
    page = place.get("/plan")
    assert "Nhường" in page
    assert "Dừng theo lệnh của hoa." in page
    assert 'title="stopped by hoa"' in page
    assert page.count('class="mark gave_way"') == page.count('<tr class="gave_way">') + 1  # and the legend


def test_what_the_plan_lets_give_way_is_told_beforehand(place: Place) -> None:
    place.plan()
    with place.database.write() as session:
        session.execute(update(Occurrence).values(way_code="quiet-hours", way_reason="quiet hours"))
    page = place.get("/plan")
    assert "Sẽ nhường" in page
    assert "Rơi vào giờ yên tĩnh." in page


def test_a_very_full_day_has_a_band_for_each_state_of_a_zone(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.home.day.MOST_ROWS", 40)
    place.plan()
    page = place.get(f"/plan?date={local_date(place.now)}&hour=5")
    assert page.count('class="band ') == len(place.zones) * len(set(re.findall('class="band (\\w+)"', page)))
    assert page.count("M") >= 48
    assert "<title>05:00" not in page


def test_one_hour_of_the_plan_can_be_asked_for(place: Place) -> None:
    place.plan()
    page = place.get(f"/plan?date={local_date(place.now)}&hour=5")
    assert page.count('<td class="figure time">05:00') == 2
    assert "06:00</td>" not in page


@pytest.mark.parametrize("text", ["2026-11-24", "24/11/2026", "24.11.2026", "24-11-2026", " 24/11/2026 "])
def test_a_day_may_be_typed_as_people_write_it(place: Place, text: str) -> None:
    assert "Thứ Ba, 24/11/2026" in place.client.get("/plan", query_string={"date": text}).text


@pytest.mark.parametrize("path", ["/plan", "/log"])
@pytest.mark.parametrize(
    "text", ["2026-02-30", "31/02/2026", "x", "0001-01-01", "9999-12-31", "20261301", "'"]
)
def test_a_day_that_does_not_exist_is_answered_with_a_sentence(place: Place, path: str, text: str) -> None:
    response = place.client.get(path, query_string={"date": text})
    assert response.status_code == 404
    assert "Không có ngày nào như vậy" in response.text


def test_an_unknown_station_is_answered_with_a_sentence(place: Place) -> None:
    response = place.client.get("/plan?station=ga-khac")
    assert response.status_code == 404
    assert "Không có nhà ga" in response.text


def test_the_log_goes_back_page_by_page_and_loses_no_row(place: Place) -> None:
    place.log(count=250)
    place.log(count=1, title="dòng đầu tiên", logged_at=place.now - timedelta(days=2))
    seen, path = 0, "/log"
    for _ in range(3):
        page = place.get(path)
        seen += page.count('class="figure time"')
        before = page.rpartition("before=")[2].partition('"')[0]
        path = f"/log?before={before}"
    assert seen == 251
    assert "dòng đầu tiên" in page
    assert "Đây là dòng cũ nhất" in page


def test_the_log_of_several_results_goes_back_in_order_of_time_and_loses_no_row(place: Place) -> None:
    for minutes in range(150):
        result = "missed" if minutes % 7 else "failed"
        place.log(title=f"lượt {minutes}", result=result, logged_at=place.now - timedelta(minutes=minutes))
    place.log(count=30)
    first = place.get("/log?result=problems")
    before = first.rpartition("before=")[2].partition('"')[0]
    second = place.get(f"/log?result=problems&before={before}")
    titles = [f"lượt {minutes}" for minutes in range(150)]
    assert re.findall(r"lượt \d+", first) + re.findall(r"lượt \d+", second) == titles


def test_the_log_can_be_narrowed(place: Place) -> None:
    place.log(title="một", zone="sanh")
    place.log(title="hai", zone="ke-1", result="failed", reason_code="sink")
    place.log(title="ba", zone="ke-1", logged_at=place.now - timedelta(days=3))
    assert "hai" not in place.get("/log?zone=sanh")
    assert "một" not in place.get("/log?result=problems")
    today = local_date(place.now)
    assert "ba" not in place.get(f"/log?date={today}").partition("<table")[2]
    assert "Không có dòng nào" in place.get("/log?zone=sanh&result=failed")


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


def test_a_day_ahead_that_is_not_planned_yet_is_foreseen_and_nothing_is_saved(place: Place) -> None:
    page = place.get(f"/plan?date={local_date(place.now) + timedelta(days=9)}")
    assert "đây là những gì lịch hiện nay sẽ làm" in page
    assert page.count('<td class="figure time">05:00') == 2
    with place.database.read() as session:
        assert session.scalar(select(func.count(Occurrence.id))) == 0


def test_a_day_ahead_is_shown_where_a_zone_has_nothing_to_say(place: Place) -> None:
    with place.database.write() as session:
        schedule = session.scalars(select(Schedule)).one()
        schedule.zones = [zone for zone in schedule.zones if zone.key == "sanh"]
    tomorrow = local_date(place.now) + timedelta(days=1)
    assert "chưa được lập kế hoạch" in place.get(f"/plan?date={tomorrow}")
    with place.database.write() as session:
        plan_occurrences(session, all_stations(session)[0], tomorrow, place.now)
    page = place.get(f"/plan?date={tomorrow}")
    assert "Xếp hàng" in page and "chưa được lập kế hoạch" not in page


def test_schedules_that_say_nothing_on_a_day_are_listed_with_the_reason(place: Place) -> None:
    today = local_date(place.now)
    assert "không phát ngày này" not in place.get("/plan")
    with place.database.write() as session:
        session.execute(update(Schedule).values(valid_to=today))
        changes.touch(session, changes.SCHEDULES)
    assert "không phát ngày này" not in place.get("/plan")
    page = place.get(f"/plan?date={today + timedelta(days=1)}")
    assert "1 lịch không phát ngày này, và vì sao" in page
    assert 'href="/schedules/moi-gio">Xếp hàng</a>' in page
    assert f"Lịch này đã hết hạn sau {today.day}/{today.month}/{today.year}." in page


def test_what_schedules_were_like_on_a_day_that_is_over_is_not_guessed(place: Place) -> None:
    today = local_date(place.now)
    with place.database.write() as session:
        session.execute(update(Schedule).values(valid_from=today))
        changes.touch(session, changes.SCHEDULES)
    assert "không phát ngày này" not in place.get(f"/plan?date={today - timedelta(days=1)}")


def test_the_minutes_of_every_hour_are_held_against_the_budget(place: Place) -> None:
    def drawn() -> list[str]:
        lane = place.get("/plan").partition('<svg class="hours-spent"')[2].partition("</svg>")[0]
        return re.findall(r' d="([^"]*)"', lane)

    place.plan()
    within, beyond = drawn()
    assert (within.count("M"), beyond) == (24, "")
    with place.database.write() as session:
        session.execute(update(Zone).values(budget_minutes=0.01))
    within, beyond = drawn()
    assert (within, beyond.count("M")) == ("", 24)


def test_a_day_that_is_over_is_remembered_and_still_follows_new_names_and_what_is_removed(
    place: Place,
) -> None:
    yesterday = local_date(place.now) - timedelta(days=1)
    place.plan()
    with place.database.write() as session:
        session.execute(update(Occurrence).values(day=yesterday, result="played"))
    path = f"/plan?date={yesterday}"
    assert "48 đã phát" in place.get(path)
    with place.database.write() as session:
        session.execute(update(Zone).values(name="Sảnh mới"))
        changes.touch(session, changes.SCHEDULES)
    assert "Sảnh mới" in place.get(path)
    with place.database.write() as session:
        session.execute(delete(Occurrence).where(Occurrence.zone_id == place.zones[0].id))
    assert "24 đã phát" in place.get(path)


def test_a_day_that_is_over_but_not_settled_is_looked_at_anew(place: Place) -> None:
    yesterday = local_date(place.now) - timedelta(days=1)
    place.plan()
    with place.database.write() as session:
        session.execute(update(Occurrence).values(day=yesterday))
    assert "48 đã phát" not in place.get(f"/plan?date={yesterday}")
    with place.database.write() as session:
        session.execute(update(Occurrence).values(result="played"))
    assert "48 đã phát" in place.get(f"/plan?date={yesterday}")


def test_a_week_shows_its_days_and_what_each_holds(place: Place) -> None:
    page = place.get("/plan/week?date=24/11/2027")
    assert "Thứ Hai, 22/11/2027" in page and "Chủ Nhật, 28/11/2027" in page
    assert page.count("48 lượt") == 7


def test_the_check_names_what_must_be_mended_and_what_is_not_made(place: Place) -> None:
    place.plan()
    today = local_date(place.now)
    assert "48 lượt cần 1 tiếng; 0 tiếng đã sẵn sàng" in place.get(f"/plan/check?date={today}")
    with place.database.write() as session:
        session.execute(update(Message).where(Message.key == "xep-hang").values(blanks={"time": "time"}))
        changes.touch(session, changes.SCHEDULES)
    page = place.get(f"/plan/check?date={today}")
    assert "1 việc phải sửa" in page
    assert "Chỗ trống “time” của “Xếp hàng” chưa điền." in page


def test_the_check_of_a_day_without_a_plan_says_so(place: Place) -> None:
    assert "chưa lập kế hoạch" in place.get("/plan/check?date=24/11/2027")


def test_the_plan_says_how_many_of_its_sounds_are_made(place: Place) -> None:
    place.plan()
    today = local_date(place.now)
    page = place.get("/plan")
    assert f'href="/plan/check?date={today}">Tiếng: 0/1 đã sẵn sàng</a>' in page
    with place.client.application.app_context(), place.database.write() as session:
        [sound] = readiness.readiness(session, desk.studio(), today, ["ga-thu"], place.now).pending
        session.add(
            Sound(
                key=sound.key, seconds=3.0, lufs=-16.0, true_peak_db=-2.0, sha256="", voices={}, spoken={},
                tried=[], made_at=place.now,
            )
        )  # fmt: skip
    assert "Tiếng: 1/1 đã sẵn sàng" in place.get("/plan")


def test_a_day_that_needs_no_sound_says_nothing_of_sounds(place: Place) -> None:
    assert "Tiếng: " not in place.get("/plan")


def test_every_state_that_a_mark_can_have_is_in_the_legend(place: Place) -> None:
    place.plan()
    legend = place.get("/plan").partition('<ul class="legend">')[2].partition("</ul>")[0]
    shown = set(re.findall('class="mark (\\w+)"', legend))
    assert shown | {"giving_way"} == {*RESULTS, "planned", "giving_way", "waiting", "playing"}


@pytest.fixture
def closed(place: Place) -> date:
    """A day on which the station is closed, so that its one schedule says nothing."""
    day = local_date(place.now) + timedelta(days=2)
    with place.database.write() as session:
        [home] = all_stations(session)
        session.add(CalendarException(station_id=home.id, first=day, last=day, kind="closed"))
        changes.touch(session, changes.SCHEDULES)
    return day


@pytest.mark.parametrize("path", ["/plan", "/plan/check"])
def test_a_day_on_which_no_schedule_speaks_says_so_and_shows_why(
    place: Place, closed: date, path: str
) -> None:
    page = place.get(f"{path}?date={closed}")
    assert "Ngày này không lịch nào phát." in page
    assert "lập kế hoạch" not in page
    assert "<details open>" in page
    assert 'href="/schedules/moi-gio">Xếp hàng</a>' in page


def test_the_check_of_a_day_on_which_everything_gives_way_does_not_wait_for_a_plan(place: Place) -> None:
    place.plan()
    with place.database.write() as session:
        session.execute(update(Occurrence).values(way_code="quiet-hours"))
    page = place.get(f"/plan/check?date={local_date(place.now)}")
    assert "mọi lượt đều nhường" in page
    assert "lập kế hoạch" not in page


def test_what_was_said_outside_schedules_is_in_the_plan_of_its_day(place: Place) -> None:
    place.plan()
    request, start = new_id(), day_bounds(local_date(place.now))[0] + timedelta(hours=6)
    place.log(title="Đổi quầy", request_id=request, started_at=start, ended_at=start + timedelta(seconds=20))
    page = place.get("/plan")
    section = page.partition('<section id="asides">')[2].partition("</section>")[0]
    assert "Đổi quầy" in section and f'href="/requests/{request}"' in section
    assert page.count('<rect class="mark aside" x="25.0%"') == 1
    assert "Đổi quầy" not in place.get(f"/plan?date={local_date(place.now) - timedelta(days=1)}")


def test_what_a_schedule_said_is_not_listed_as_said_outside_it(place: Place) -> None:
    place.log(occurrence_id=new_id())
    assert "Ngoài lịch" not in place.get("/plan")


def test_the_last_of_very_many_are_listed_in_order_of_time(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.home.asides.MOST", 3)
    start = day_bounds(local_date(place.now))[0]
    for number in range(5):
        moment = start + timedelta(seconds=number)
        place.log(title=f"lượt {number}", planned_at=moment, logged_at=moment)
    page = place.get("/plan")
    assert re.findall(r'<td class="title">(lượt \d)', page) == ["lượt 2", "lượt 3", "lượt 4"]
    assert "Đây là 3 lượt sau cùng của ngày" in page


def test_what_was_said_outside_schedules_is_found_in_the_index(place: Place) -> None:
    with place.database.read() as session:
        asked: list[tuple[str, Any]] = []
        event.listen(session.get_bind(), "before_cursor_execute", lambda *told: asked.append(told[2:4]))
        asides(session, local_date(place.now), ["sanh", "ke-1"])
        statement, values = asked[-1]
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        assert "ix_playouts_occurrence (occurrence_id=? AND logged_at>? AND logged_at<?)" in str(plan.all())


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


@pytest.fixture
def operator(place: Place) -> Browser:
    """Of Ga Thử; Ga Khác is none of hers, and lost a turn today."""
    other = {"key": "ga-khac", "kind": "rail", "name": "Ga Khác", "zones": [{"key": "ke-khac", "name": "kè"}]}
    bring_in(place.database, place.home, {"stations": [other]}, place.now)
    place.log(count=7, zone="ke-khac", result="failed")
    person(place.database, "lan", "operator", "ga-thu")
    browser = Browser(place.stranger)
    assert browser.sign_in("lan").status_code == 302
    return browser


def totals(browser: Browser, query: str = "") -> str:
    """What the log says above its rows."""
    page = browser.get(f"/log{query}").text
    return " ".join(page.partition('<p class="lead">')[2].partition("</p>")[0].split())


def test_the_totals_of_the_log_are_those_of_ones_own_stations(place: Place, operator: Browser) -> None:
    place.log(count=4)
    assert totals(operator) == "Hôm nay: 4 đã phát."


def test_the_totals_of_the_log_are_those_of_the_zone_that_is_chosen(place: Place, operator: Browser) -> None:
    place.log(count=4)
    place.log(count=2, zone="ke-1")
    assert re.fullmatch("Hôm nay, .+: 2 đã phát.", totals(operator, "?zone=ke-1"))
    assert totals(operator, "?zone=ke-khac") == "Hôm nay: chưa có lượt nào kết thúc."


def test_the_totals_of_the_log_are_those_of_the_day_that_is_chosen_and_say_which(
    place: Place, operator: Browser
) -> None:
    before = place.now - timedelta(days=3)
    place.log(count=4)
    place.log(count=3, logged_at=before)
    assert (
        totals(operator, f"?date={local_date(before)}") == f"{day_in_words(local_date(before))}: 3 đã phát."
    )


def test_the_first_page_counts_for_staff_what_they_find_behind_its_link_and_for_strangers_everything(
    place: Place, operator: Browser
) -> None:
    assert "7 lượt lỗi" in place.client.get("/").text
    assert "lượt lỗi" not in operator.get("/").text
    place.log(result="failed")
    page = operator.get("/").text
    assert "1 lượt lỗi" in page
    found = re.search(r'href="(/log[^"]+)">Xem trong nhật ký', page)
    assert found
    assert operator.get(unescape(found[1])).text.count('<tr class="failed">') == 1
    operator.post("/sign-out", form_on="/account")
    assert "8 lượt lỗi" in operator.get("/").text


def test_rows_of_the_log_stand_in_the_order_of_the_times_they_show(place: Place) -> None:
    for began, ended in ((54, 60), (52, 61), (29, 62), (59, 70)):
        at = {
            "started_at": place.now + timedelta(seconds=began),
            "logged_at": place.now + timedelta(seconds=ended),
        }
        place.log(**at)
    times = re.findall(r'class="figure time">([\d:]+)<', place.get("/log"))
    assert times == [clock(place.now + timedelta(seconds=began)) for began in (59, 54, 52, 29)]


def test_what_was_cut_says_how_far_it_got(place: Place) -> None:
    ended = {"started_at": place.now, "ended_at": place.now + timedelta(seconds=3.2)}
    place.log(**ended)
    assert "sau 3 giây" not in place.get("/log")
    place.log(**ended, result="cut", reason_code="stopped", reason="stopped by hoa")
    page = place.get("/log")
    assert "sau 3 giây" in page
    assert "chưa phải kết quả cuối" not in page
    assert "1 đã phát, 1 bị ngắt." in page


def test_the_plan_and_the_log_are_for_people_who_may_see_them(place: Place) -> None:
    for path in ("/plan", "/plan/week", "/plan/check", "/log"):
        assert place.stranger.get(path).headers["Location"].startswith("/sign-in")

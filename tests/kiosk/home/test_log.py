"""The log and its totals, as they are read on screen."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from factories import bring_in
from people import person
from sites import Browser

from kiosk.language.times import clock, day_in_words
from schedules.core.clock import local_date

Place = Any


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

"""Letters and addresses that nobody means well: refused clearly, nothing kept, nothing shown but letters."""

from __future__ import annotations

import unicodedata

import pytest
from sites import Browser, Site
from sqlalchemy import select
from strangers import MESSAGE, SENTENCE, kept, speak

from announcer.models import Announcement
from schedules.core.ids import new_id
from schedules.models import Version

# "Tàu" decomposed, marks that turn the writing round, spaces without width, a control character.
DIRTY = "Ta\u0300u \u202eSE1\u202c\u200b ch\u00ada\u0323\u0302m\x00"
CLEAN = "Tàu SE1 chậm"


@pytest.fixture
def head(site: Site) -> Browser:
    return site.signed_in("truong", "head", "ga-thu")


# Letters


def test_what_is_typed_into_a_message_or_a_schedule_is_kept_as_it_is_seen(site: Site, head: Browser) -> None:
    head.post("/messages/new", **(MESSAGE | {"title": DIRTY, "text-vi": DIRTY + "."}))
    values = {"message": "chao-tau", "value-service": "S\u200bE1", "value-time": "19:30\u202e"}
    head.post("/schedules/new", **(SENTENCE | values | {"when": "lu\u0301c\u00a07h30"}))
    with site.database.read() as session:
        found = {row.kind: row.entry for row in session.scalars(select(Version).filter_by(state="draft"))}
    message, schedule = found["message"], found["schedule"]
    assert (message["title"], message["wordings"]["vi"]) == (CLEAN, CLEAN + ".")
    assert schedule["values"] == {"service": "SE1", "time": "19:30"}
    assert schedule["trigger"] == {"kind": "times", "at": ["07:30"]}


def test_what_is_typed_to_be_spoken_now_is_kept_as_it_is_seen(site: Site, head: Browser) -> None:
    speak(head, text=DIRTY)
    speak(head, "/speak/message/chao-tau", **{"blank-service": "S\u200bE1", "blank-time": "19:30\u202e"})
    with site.database.read() as session:
        rows = list(session.scalars(select(Announcement).order_by(Announcement.id)))
    assert [row.script["parts"][0]["text"] for row in rows] == [CLEAN, "Tàu SE1 đến lúc 19h30."]
    assert rows[0].title == CLEAN
    shown = head.get("/").text + head.get("/audit").text
    assert not {letter for letter in shown if unicodedata.category(letter) == "Cf"}


@pytest.mark.parametrize("path", ["/messages/new", "/schedules/new", "/speak/text"])
def test_markup_is_shown_as_the_letters_it_is_made_of(head: Browser, path: str) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    fields = {"title": evil, "text-vi": evil, "when": evil, "value-time": evil, "text": evil, "code": evil}
    form = {"/messages/new": MESSAGE, "/schedules/new": SENTENCE}.get(
        path, {"language": "vi", "zone": "sanh"}
    )
    answer = head.post(path, **(form | fields))
    assert answer.status_code == 400 or "&lt;script" in answer.text
    assert "<script>alert" not in answer.text and "<img" not in answer.text


@pytest.mark.parametrize(
    "path", ["/messages/new", "/messages/preview", "/schedules/new", "/speak/text", "/control"]
)
def test_a_form_that_is_too_large_is_refused_with_a_sentence(site: Site, head: Browser, path: str) -> None:
    before = kept(site)
    huge = {"csrf_token": head.token("/account"), "text-vi": "a" * 2_000_000}
    answer = head.client.post(path, base_url="https://loaga.test", data=huge)
    assert answer.status_code == 413
    assert "Nội dung gửi lên quá lớn. Chưa có gì được lưu." in answer.text
    assert kept(site) == before


def test_what_is_just_not_too_large_is_refused_by_its_field(site: Site, head: Browser) -> None:
    before, long = kept(site), "dài " * 60_000
    for path, fields in (
        ("/messages/new", MESSAGE | {"text-vi": long}),
        ("/schedules/new", SENTENCE | {"when": long}),
        ("/speak/text", {"text": long, "language": "vi", "zone": "sanh", "act": "speak", "id": new_id()}),
    ):
        assert head.post(path, **fields).status_code == 400, path
    assert kept(site) == before


# Addresses

STRANGE = ("..%2F..%2Floaga.db", "%2e%2e", "..\\..\\loaga.toml", "%00", "C:%5Cwindows", "a" * 3000, "%F0%9F%98%80", "%FF%FE", "' OR 1=1 --", "{{7*7}}")  # fmt: skip
PLACES = (
    "/messages/{}", "/messages/{}/edit", "/messages/xep-hang/versions/{}", "/schedules/{}", "/schedules/{}/edit",
    "/sounds/{}", "/sounds/{}.wav", "/speak/message/{}", "/stations/{}", "/stations/{}/calendar", "/stations/ga-thu/zones/{}",
    "/requests/{}", "/occurrences/{}", "/fonts/{}", "/static/{}",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_key_that_is_a_path_or_a_trick_is_no_page(site: Site, place: str) -> None:
    head = site.signed_in("truong", "head")
    for key in STRANGE:
        answer = head.get(place.format(key))
        assert answer.status_code in (403, 404, 308), (place, key)
        assert b"SQLite format 3" not in answer.data


@pytest.mark.parametrize("path", ["/", "/plan", "/log", "/messages", "/messages/xep-hang/edit", "/schedules", "/schedules/new",
                                  "/stations", "/stations/ga-thu/calendar", "/sign-in", "/audit", "/log.csv"])  # fmt: skip
def test_no_question_mark_makes_a_page_fail(site: Site, path: str) -> None:
    names = (
        "q",
        "date",
        "hour",
        "station",
        "zone",
        "result",
        "before",
        "from",
        "year",
        "next",
        "message",
        "part",
    )
    for value in (*STRANGE, "-1", "99999999999999999999", "1e400", "31/02/2026", "00/00/0000", "\u0661"):
        asked = dict.fromkeys(names, value)
        answer = site.admin.client.get(path, base_url="https://loaga.test", query_string=asked)
        assert answer.status_code < 500 and answer.data is not None, (path, value)


@pytest.mark.parametrize(
    "way", ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)", "\thttps://evil.test"]
)
def test_signing_in_leads_to_no_other_site(site: Site, way: str) -> None:
    site.signed_in("lan")
    answer = site.browser().sign_in("lan", go=way)
    assert answer.status_code == 302
    assert (
        answer.location.startswith("/")
        and "evil" not in answer.location
        and "javascript" not in answer.location
    )

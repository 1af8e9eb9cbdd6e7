"""Messages from the first word to the recall, through the pages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from factories import bring_in
from people import person
from sites import Browser, Site
from sqlalchemy import insert, select

from announcer.auditions import Audition
from announcer.models import Announcement
from schedules.core import audit
from schedules.core.clock import utcnow
from schedules.core.ids import new_id
from schedules.models import Message, Version
from schedules.operations import all_zones

FORM = {
    "title": "Nhà vệ sinh",
    "category": "service",
    "chime": "standard",
    "text-vi": "Ở bên trái sảnh.",
    "act": "save",
}
OTHER = {"key": "ga-khac", "kind": "rail", "name": "Ga Khác", "zones": [{"key": "ke-khac", "name": "kè"}]}


@pytest.fixture
def editor(site: Site) -> Browser:
    return site.signed_in("lan", "editor", site.station)


@pytest.fixture
def head(site: Site) -> Browser:
    return site.signed_in("truong", "head", site.station)


def words(site: Site, key: str = "nha-ve-sinh") -> list[str]:
    """What is broadcast under that key."""
    with site.database.read() as session:
        found = session.scalar(select(Message).where(Message.key == key, ~Message.retired))
        return [wording.text for wording in found.wordings] if found else []


def mark(site: Site, key: str = "nha-ve-sinh") -> str:
    with site.database.read() as session:
        draft = session.scalar(select(Version).filter_by(key=key, state="draft"))
        return draft.mark if draft else ""


def acts(site: Site) -> list[tuple[str, str]]:
    with site.database.read() as session:
        found = audit.entries(session, 50)
        return [(one.actor, one.action) for one in reversed(found) if one.subject.startswith("message")]


def write(editor: Browser, path: str = "/messages/new", **changed: str) -> Any:
    return editor.post(path, **(FORM | changed))


def approve(site: Site, head: Browser, key: str = "nha-ve-sinh") -> str:
    path = f"/messages/{key}"
    head.post(f"{path}/approve", path, seen=mark(site, key))
    return head.get(path).text


def test_a_message_is_written_and_not_broadcast_before_it_is_approved(
    site: Site, editor: Browser, head: Browser
) -> None:
    assert write(editor).headers["Location"] == "/messages/nha-ve-sinh"
    assert words(site) == []
    assert "Đã duyệt" in approve(site, head)
    assert words(site) == ["Ở bên trái sảnh."]
    assert acts(site) == [("lan", "drafted"), ("truong", "approved")]


def test_a_head_of_station_does_not_approve_her_own_draft_where_another_could(
    site: Site, head: Browser
) -> None:
    other = site.signed_in("pho", "head")
    write(head)
    page = head.get("/messages/nha-ve-sinh").text
    assert "nên người khác xem và duyệt: Trưởng Ga Thử." in page
    assert "<button>Duyệt</button>" not in page
    assert "Chính quý vị viết bản nháp này" in approve(site, head)
    assert words(site) == []
    assert "Đã duyệt" in approve(site, other)
    assert words(site) == ["Ở bên trái sảnh."]


def waits(browser: Browser) -> list[str]:
    """What the first page says of drafts."""
    return re.findall(r"(?:Nội dung|Lịch phát): \d+ bản nháp chờ duyệt", browser.get("/").text)


def test_drafts_that_wait_are_told_to_who_may_approve_them(
    site: Site, editor: Browser, head: Browser
) -> None:
    assert waits(head) == []
    write(editor)
    write(editor, title="Quầy nước")
    assert waits(head) == ["Nội dung: 2 bản nháp chờ duyệt"]
    assert waits(editor) == waits(site.browser()) == []
    approve(site, head)
    assert waits(head) == ["Nội dung: 1 bản nháp chờ duyệt"]


def test_ones_own_draft_waits_for_another_who_could_approve_it(site: Site, head: Browser) -> None:
    write(head)
    assert waits(head) == ["Nội dung: 1 bản nháp chờ duyệt"]
    other = site.signed_in("pho", "head")
    assert waits(head) == []
    assert waits(other) == ["Nội dung: 1 bản nháp chờ duyệt"]


def test_a_draft_of_what_other_stations_share_waits_for_none_of_one_station(
    site: Site, head: Browser
) -> None:
    """Neither one that is shared nor one that would take a shared message for her station alone."""
    bring_in(site.database, site.home, {"stations": [OTHER]}, utcnow())
    everywhere = site.signed_in("lan", "editor")
    write(everywhere)
    write(everywhere, "/messages/xep-hang/edit", title="Xếp hàng", station=site.station)
    assert waits(head) == []
    write(everywhere, title="Quầy nước", station=site.station)
    assert waits(head) == ["Nội dung: 1 bản nháp chờ duyệt"]


@pytest.mark.parametrize("station", ["", "ga-khac"])
def test_the_only_head_of_a_station_approves_alone_and_that_is_on_record(site: Site, station: str) -> None:
    """Neither a program nor a head of another station could in her place."""
    if station:
        bring_in(site.database, site.home, {"stations": [OTHER]}, utcnow())
        site.signed_in("xa", "head", station)
    head = site.signed_in("truong", "head", site.station)
    write(head, station=site.station)
    assert "Đã duyệt" in approve(site, head)
    assert acts(site) == [("truong", "drafted"), ("truong", "approved alone")]


def test_a_head_whose_account_is_closed_is_nobody_who_could(site: Site, head: Browser) -> None:
    site.signed_in("pho", "head")
    site.admin.post("/accounts/pho", act="close")
    write(head)
    assert "Đã duyệt" in approve(site, head)


def test_an_editor_does_not_approve(site: Site, editor: Browser) -> None:
    write(editor)
    response = editor.post("/messages/nha-ve-sinh/approve", "/messages/nha-ve-sinh", seen=mark(site))
    assert response.status_code == 403
    assert words(site) == []


def test_what_is_in_use_stays_while_a_draft_of_it_waits(site: Site, editor: Browser, head: Browser) -> None:
    write(editor, "/messages/xep-hang/edit", title="Xếp hàng", **{"text-vi": "Mời quý khách xếp hàng."})
    assert words(site, "xep-hang") == ["Xin quý khách xếp hàng."]
    page = head.get("/messages/xep-hang").text
    assert "<del>" in page and "<ins>" in page
    approve(site, head, "xep-hang")
    assert words(site, "xep-hang") == ["Mời quý khách xếp hàng."]


def test_a_draft_that_changed_since_the_page_was_opened_is_not_approved(
    site: Site, editor: Browser, head: Browser
) -> None:
    write(editor)
    seen = mark(site)
    write(editor, "/messages/nha-ve-sinh/edit", seen=seen, **{"text-vi": "Ở bên phải."})
    head.post("/messages/nha-ve-sinh/approve", "/messages/nha-ve-sinh", seen=seen)
    assert "đã thay đổi" in head.get("/messages/nha-ve-sinh").text
    assert words(site) == []


def test_two_who_write_at_once_lose_nothing(site: Site, editor: Browser, head: Browser) -> None:
    write(editor)
    seen = mark(site)
    write(head, "/messages/nha-ve-sinh/edit", seen=seen, **{"text-vi": "Bản của trưởng ga."})
    late = write(editor, "/messages/nha-ve-sinh/edit", seen=seen, **{"text-vi": "Bản của Lan."})
    assert late.status_code == 409
    assert "Bản của Lan." in late.text and "truong vừa lưu" in late.text
    again = write(editor, "/messages/nha-ve-sinh/edit", seen=mark(site), **{"text-vi": "Bản của Lan."})
    assert again.status_code == 303


def test_a_discarded_draft_is_gone_from_the_desk_and_stays_in_the_history(
    site: Site, editor: Browser, head: Browser
) -> None:
    write(editor, "/messages/xep-hang/edit", title="Xếp hàng", **{"text-vi": "Khác."})
    editor.post("/messages/xep-hang/discard", "/messages/xep-hang", seen=mark(site, "xep-hang"))
    page = head.get("/messages/xep-hang").text
    assert "chờ duyệt" not in page and "Đã bỏ" in page
    assert words(site, "xep-hang") == ["Xin quý khách xếp hàng."]


def test_whoever_discards_a_draft_that_was_never_approved_is_led_to_the_list(
    site: Site, editor: Browser
) -> None:
    write(editor)
    seen = mark(site)
    for told in ("Đã bỏ bản nháp.<", "Bản nháp đã thay đổi"):  # a second tap finds it gone
        answer = editor.post("/messages/nha-ve-sinh/discard", "/account", seen=seen)
        assert answer.headers["Location"] == "/messages"
        assert told in editor.get("/messages").text
    assert editor.post("/messages/khong-co/discard", "/account").status_code == 404


def test_an_older_version_can_be_read_compared_and_taken_up_again(
    site: Site, editor: Browser, head: Browser
) -> None:
    write(editor, "/messages/xep-hang/edit", title="Xếp hàng", **{"text-vi": "Mời quý khách xếp hàng."})
    approve(site, head, "xep-hang")
    assert "Khác bản 1" in head.get("/messages/xep-hang/versions/2").text
    assert "Xin quý khách xếp hàng." in editor.get("/messages/xep-hang/edit?from=1").text


def queued(site: Site, now: datetime, state: str) -> None:
    with site.database.write() as session:
        message = session.scalars(select(Message).where(Message.key == "xep-hang")).one()
        row = {
            "id": new_id(), "request_id": new_id(), "zone_id": all_zones(session)[0].id, "message_id": message.id,
            "title": message.title, "category": "live", "priority": 0, "level": 1, "script": {}, "accepted_at": now,
            "due_at": now, "not_before": now, "expires_at": now + timedelta(minutes=5), "state": state,
            "seconds": 5.0, "starts": 0,
        }  # fmt: skip
        session.execute(insert(Announcement), [row])


def test_who_can_recall_a_shared_message_is_said_to_a_head_of_one_of_several_stations(
    site: Site, head: Browser
) -> None:
    sentence = "người duyệt của mọi nhà ga mới thu hồi được."
    assert sentence not in head.get("/messages/xep-hang").text
    bring_in(site.database, site.home, {"stations": [OTHER]}, utcnow())
    assert sentence in head.get("/messages/xep-hang").text
    assert sentence not in site.signed_in("pho", "head").get("/messages/xep-hang").text


@pytest.mark.parametrize("state", ["waiting", "ready", "playing"])
def test_a_recall_takes_a_message_off_the_air_and_out_of_the_queue(
    site: Site, head: Browser, state: str
) -> None:
    queued(site, utcnow(), state)
    head.post("/messages/xep-hang/recall", "/messages/xep-hang")
    assert words(site, "xep-hang") == []
    with site.database.read() as session:
        assert session.scalars(select(Announcement.reason_code)).all() == ["withdrawn"]
    assert "1 lượt đang chờ hoặc đang nói đã dừng" in head.get("/messages/xep-hang").text
    assert "Xếp hàng" not in head.get("/speak").text


def test_a_preview_shows_what_will_be_said_and_keeps_nothing(site: Site, editor: Browser) -> None:
    page = write(editor, act="preview", **{"text-vi": "Tàu chạy lúc 19h30."}).text
    assert "mười chín giờ ba mươi" in page
    assert mark(site) == ""


def test_the_living_preview_answers_a_mistake_with_a_sentence(editor: Browser) -> None:
    response = editor.post("/messages/preview", "/messages/new", **FORM | {"text-vi": "Xin {chào"})
    assert response.status_code == 200
    assert "dấu ngoặc nhọn" in response.text


def test_listening_has_the_sound_made(site: Site, editor: Browser) -> None:
    page = editor.post("/messages/preview", "/messages/new", **FORM | {"act": "listen"}).text
    with site.database.read() as session:
        key = session.scalars(select(Audition.key)).one()
    assert f"/sounds/{key}" in page


def test_another_stations_own_message_is_not_to_be_seen_nor_touched(site: Site, editor: Browser) -> None:
    bring_in(site.database, site.home, {"stations": [OTHER]}, utcnow())
    other = site.signed_in("xa", "head", "ga-khac")
    write(other, station="ga-khac", title="Chuyện riêng")
    approve(site, other, "chuyen-rieng")
    assert other.get("/messages/chuyen-rieng").status_code == 200
    for path in (
        "/messages/chuyen-rieng",
        "/messages/chuyen-rieng/edit",
        "/messages/chuyen-rieng/versions/1",
    ):
        assert editor.get(path).status_code == 404
    assert "Chuyện riêng" not in editor.get("/messages").text
    operator = site.signed_in("truc", "operator", site.station)
    assert operator.get("/speak/message/chuyen-rieng").status_code == 404
    assert "Chuyện riêng" not in operator.get("/speak").text


def test_what_all_stations_share_is_changed_by_those_who_may_at_all_of_them(
    site: Site, editor: Browser
) -> None:
    bring_in(site.database, site.home, {"stations": [OTHER]}, utcnow())
    response = editor.post("/messages/xep-hang/edit", "/messages/new", **FORM)
    assert response.status_code == 403
    person(site.database, "bien", "editor")
    everywhere = site.browser()
    everywhere.sign_in("bien")
    assert write(everywhere, "/messages/xep-hang/edit").status_code == 303


def test_nobody_makes_a_shared_message_a_message_of_one_station(
    site: Site, editor: Browser, head: Browser
) -> None:
    write(editor, "/messages/xep-hang/edit", station=site.station)  # while there is but one station
    bring_in(site.database, site.home, {"stations": [OTHER]}, utcnow())
    path = "/messages/xep-hang"
    assert head.post(f"{path}/approve", "/account", seen=mark(site, "xep-hang")).status_code == 403


def test_the_list_is_searched_in_titles_and_words(editor: Browser) -> None:
    assert "Vạch vàng" in editor.get("/messages?q=đứng+sau").text
    assert "Vạch vàng" not in editor.get("/messages?q=xếp").text
    assert "Vạch vàng" in editor.get("/messages?q=DUNG+sau").text
    assert "Không có nội dung nào có “zzz”." in editor.get("/messages?q=zzz").text


def test_the_drafts_that_wait_are_searched_too(editor: Browser) -> None:
    write(editor)
    for wanted, found in (("ve+sinh", True), ("trai", True), ("xep", False)):
        assert ("Nhà vệ sinh" in editor.get(f"/messages?q={wanted}").text) == found


def test_a_blank_that_one_language_lacks_is_named_and_may_be_kept(site: Site, editor: Browser) -> None:
    texts = {"text-vi": "Quầy {platform}.", "text-en": "Counter {platform} {foo}."}
    told = "Chỗ trống {foo} chỉ có trong lời tiếng Anh."
    assert told in editor.post("/messages/preview", "/messages/new", **FORM | texts).text
    assert write(editor, **texts).status_code == 303
    assert told in editor.get("/messages/nha-ve-sinh").text


def test_a_blank_of_a_message_in_one_language_is_no_slip(editor: Browser) -> None:
    page = editor.post("/messages/preview", "/messages/new", **FORM | {"text-vi": "Quầy {platform}."}).text
    assert "chỉ có trong" not in page
    assert "điền thử ke hoặc quầy số = " in page


def test_a_message_that_is_not_there_is_said_so(editor: Browser) -> None:
    for path in ("/messages/khong-co", "/messages/khong-co/edit", "/messages/xep-hang/versions/99"):
        assert editor.get(path).status_code == 404


def test_words_are_previewed_and_heard_before_they_have_a_name(site: Site, editor: Browser) -> None:
    page = write(editor, act="listen", title="")
    assert page.status_code == 200 and "Ở bên trái sảnh." in page.text
    assert 'name="title" value=""' in page.text

"""A person's voice in place of the machine's: recorded, approved, heard, and gone with its words."""

from __future__ import annotations

import io
from typing import Any

import pytest
from sites import Browser, Site
from sounds import tone
from sqlalchemy import select

from announcer.auditions import Audition
from announcer.script import Script
from announcer.studio import Studio
from schedules import versions
from schedules.core.settings import Settings
from schedules.models import Version
from schedules.operations import get_message

PAGE = "/messages/xep-hang/recording/vi"


@pytest.fixture
def editor(site: Site) -> Browser:
    return site.signed_in("lan", "editor", site.station)


@pytest.fixture
def head(site: Site) -> Browser:
    return site.signed_in("truong", "head", site.station)


@pytest.fixture
def spoken() -> bytes:
    return tone()


def send(browser: Browser, data: bytes, path: str = PAGE, **fields: Any) -> Any:
    return browser.post(path, sound=(io.BytesIO(data), "a.wav"), seen="", **fields)


def draft(site: Site) -> Version | None:
    with site.database.read() as session:
        return versions.draft_of(session, "message", "xep-hang")


def clip(site: Site) -> str:
    found = draft(site)
    wording = found.entry["wordings"]["vi"] if found else ""
    return "" if isinstance(wording, str) else wording.get("clip", "")


def approve(site: Site, head: Browser) -> None:
    found = draft(site)
    assert found is not None
    head.post("/messages/xep-hang/approve", "/messages/xep-hang", seen=found.mark)


def test_a_recording_waits_for_approval_and_then_sounds_instead_of_the_voice(
    site: Site, editor: Browser, head: Browser, spoken: bytes
) -> None:
    assert send(editor, spoken).status_code == 303
    name = clip(site)
    assert [path.stem for path in (site.home / "recordings").glob("*.wav")] == [name]
    with site.database.read() as session:
        assert get_message(session, "xep-hang").wordings[0].clip == ""
    approve(site, head)
    with site.database.read() as session:
        message = get_message(session, "xep-hang")
        script = Studio(Settings(site.home)).script_of(message, {}, 1)
    assert [part.clip for part in script.parts] == [name]
    assert "Loa phát tiếng đã ghi" in head.get("/messages/xep-hang").text


def test_a_recording_of_a_message_is_kept_as_long_as_its_history(
    site: Site, editor: Browser, spoken: bytes
) -> None:
    send(editor, spoken)
    with site.database.read() as session:
        assert versions.clips(session) == {clip(site)}


def test_with_other_words_the_recording_is_not_used_any_more(
    site: Site, editor: Browser, spoken: bytes
) -> None:
    form = {"title": "Xếp hàng", "category": "conduct", "chime": "standard", "act": "save"}
    send(editor, spoken)
    same = {"text-vi": "Xin quý khách xếp hàng."}
    found = draft(site)
    editor.post("/messages/xep-hang/edit", seen=found.mark if found else "", **form, **same)
    assert clip(site)
    assert "Có bản ghi tiếng người đọc." in editor.get("/messages/xep-hang/edit").text
    assert "Bản ghi tiếng người đọc của" not in editor.get("/messages/xep-hang").text
    found = draft(site)
    editor.post(
        "/messages/xep-hang/edit", seen=found.mark if found else "", **form, **{"text-vi": "Mời xếp hàng."}
    )
    assert clip(site) == ""
    assert "Bản ghi tiếng người đọc của lời tiếng Việt đã bỏ" in editor.get("/messages/xep-hang").text


def test_the_machines_voice_can_be_wanted_back(site: Site, editor: Browser, spoken: bytes) -> None:
    form = {"title": "Xếp hàng", "category": "conduct", "chime": "standard", "act": "save", "voice-vi": "on"}
    send(editor, spoken)
    found = draft(site)
    text = {"text-vi": "Xin quý khách xếp hàng."}
    editor.post("/messages/xep-hang/edit", seen=found.mark if found else "", **form, **text)
    assert clip(site) == ""


@pytest.mark.parametrize(
    "data, sentence", [(b"", "chọn một tệp"), (b"RIFF" + b"x" * 99, ""), (b"%PDF-1.7", "")]
)
def test_what_is_no_sound_is_refused_and_nothing_is_kept(
    site: Site, editor: Browser, data: bytes, sentence: str
) -> None:
    answer = send(editor, data)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text and sentence in answer.text
    assert draft(site) is None


def test_words_with_blanks_cannot_be_recorded(editor: Browser) -> None:
    assert editor.get("/messages/chao-tau/recording/vi").status_code == 404
    assert "Ghi tiếng người đọc" not in editor.get("/messages/chao-tau").text


def test_a_language_that_is_not_there_cannot_be_recorded(editor: Browser) -> None:
    assert editor.get("/messages/xep-hang/recording/fr").status_code == 404


def test_whoever_may_see_a_message_may_hear_it(site: Site) -> None:
    operator = site.signed_in("truc", "operator", site.station)
    answer = operator.post("/messages/xep-hang/listen", "/messages/xep-hang")
    with site.database.read() as session:
        assert answer.headers["Location"] == f"/sounds/{session.scalars(select(Audition.key)).one()}"


def asked_clips(site: Site) -> list[str]:
    """The recordings in the sounds that somebody waits to hear."""
    with site.database.read() as session:
        scripts = session.scalars(select(Audition.script))
        return [part.clip for script in scripts for part in Script.from_data(script).parts]


def test_a_draft_is_heard_before_it_is_approved(
    site: Site, editor: Browser, head: Browser, spoken: bytes
) -> None:
    send(editor, spoken)
    assert "Nghe thử bản nháp" in head.get("/messages/xep-hang").text
    head.post("/messages/xep-hang/listen", "/messages/xep-hang", draft="1")
    assert asked_clips(site) == [clip(site)]


def test_who_edits_a_recorded_message_hears_the_recording_while_its_words_are_the_same(
    site: Site, editor: Browser, spoken: bytes
) -> None:
    send(editor, spoken)
    form = {
        "title": "Xếp hàng",
        "category": "conduct",
        "chime": "standard",
        "text-vi": "Xin quý khách xếp hàng.",
    }
    path = "/messages/preview?key=xep-hang"
    assert "tiếng đã ghi" in editor.post(path, "/messages/new", **form, act="listen").text
    assert asked_clips(site) == [clip(site)]
    assert "tiếng đã ghi" not in editor.post(path, "/messages/new", **form | {"text-vi": "Xin mời."}).text
    assert editor.post("/messages/preview?key=khong-co", "/messages/new", **form).status_code == 404

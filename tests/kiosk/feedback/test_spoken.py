"""What is said into the microphone: written down, corrected, and kept only where the traveller wants it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from feedback_given import NOW
from listeners import Parrot
from sites import Browser, Site
from sounds import tone
from sqlalchemy import select

from announcer.recognisers.registry import Recognisers
from audio.uploads import Refused
from audio.wav import read_wav
from kiosk.feedback import operations, spoken
from kiosk.feedback.models import Feedback, File
from kiosk.feedback.operations import Unclear
from schedules.core.clock import utcnow
from schedules.core.ids import new_id

Begin = Callable[..., Feedback]
HERE = "/kiosk/ga-thu"


class Ears(Recognisers):
    """One recogniser, or none."""

    def __init__(self, *ears: Any) -> None:
        self._recognisers = {one.info.name: one for one in ears}


def said(site: Site, begun: Begin) -> str:
    with site.database.write() as session:
        row = begun(session)
        spoken.keep(session, row, spoken.take_in(tone()), "vi", NOW)
        return row.id


def found(site: Site) -> spoken.Spoken | None:
    with site.database.read() as session:
        return session.scalar(select(spoken.Spoken))


def test_what_is_taken_in_is_small_and_at_sixteen_kilohertz() -> None:
    pcm = read_wav(spoken.take_in(tone()))
    assert (pcm.rate, round(pcm.seconds)) == (16_000, 2)


@pytest.mark.parametrize("data", [b"", b"no sound", tone(62)])
def test_what_is_no_speech_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        spoken.take_in(data)


def test_it_is_written_down_once(site: Site, begun: Begin) -> None:
    said(site, begun)
    ears = Ears(Parrot("nhà vệ sinh bẩn quá"))
    assert spoken.hear_next(site.database, ears, NOW)
    heard = found(site)
    assert heard
    assert (heard.state, heard.text) == ("heard", "nhà vệ sinh bẩn quá")
    assert not spoken.hear_next(site.database, ears, NOW)


def test_without_a_recogniser_that_is_told(site: Site, begun: Begin) -> None:
    said(site, begun)
    spoken.hear_next(site.database, Ears(), NOW)
    assert found(site).state == "unable"  # type: ignore[union-attr]


def test_what_nobody_sent_is_gone_after_ten_minutes(site: Site, begun: Begin) -> None:
    said(site, begun)
    spoken.hear_next(site.database, Ears(), NOW + timedelta(minutes=9))
    assert found(site) is not None
    spoken.hear_next(site.database, Ears(), NOW + timedelta(minutes=11))
    assert found(site) is None


@pytest.mark.parametrize("keep, kept", [(True, ["audio/wav"]), (False, [])])
def test_the_sound_goes_with_the_words_only_if_the_traveller_says_so(
    site: Site, begun: Begin, keep: bool, kept: list[str]
) -> None:
    id = said(site, begun)
    with site.database.write() as session:
        operations.tell(session, session.get_one(Feedback, id), "report", "Nhà vệ sinh bẩn.", b"", NOW, keep)
    with site.database.read() as session:
        assert [one.mime for one in session.scalars(select(File))] == kept
    assert found(site) is None


def test_a_voice_alone_is_feedback_where_it_is_kept(site: Site, begun: Begin) -> None:
    id = said(site, begun)
    with site.database.write() as session:
        row = session.get_one(Feedback, id)
        with pytest.raises(Unclear, match="nothing"):
            operations.tell(session, row, "report", "", b"", NOW)
        operations.tell(session, row, "report", "", b"", NOW, keep_sound=True)
        assert row.state == "open"


# The page


@pytest.fixture
def traveller(site: Site) -> Browser:
    browser = site.browser()
    browser.post(f"{HERE}/feedback", f"{HERE}/start", id=new_id(), mood="bad", topic="place")
    return browser


def speak(browser: Browser, data: bytes) -> Any:
    return browser.post(f"{HERE}/feedback/voice", f"{HERE}/feedback/tell", sound=(io.BytesIO(data), "voice"))


def test_the_page_sends_it_and_asks_until_it_is_written_down(site: Site, traveller: Browser) -> None:
    assert speak(traveller, tone()).status_code == 202
    assert traveller.get(f"{HERE}/feedback/voice").json == {"state": "sent", "text": ""}
    spoken.hear_next(site.database, Ears(Parrot("ghế gãy")), utcnow())
    assert traveller.get(f"{HERE}/feedback/voice").json == {"state": "heard", "text": "ghế gãy"}


def test_what_cannot_be_taken_is_told_in_a_sentence(traveller: Browser) -> None:
    answer = speak(traveller, b"no sound")
    assert (answer.status_code, answer.json["mistake"]) == (
        400,
        "Máy không đọc được tiếng vừa ghi. Xin nói lại, hoặc gõ lời.",
    )


def test_nobody_hears_what_another_browser_said(site: Site, traveller: Browser) -> None:
    speak(traveller, tone())
    assert site.browser().get(f"{HERE}/feedback/voice").status_code == 404


def test_whoever_hands_the_screen_back_leaves_no_voice(site: Site, traveller: Browser) -> None:
    speak(traveller, tone())
    traveller.get(f"{HERE}/again")
    assert found(site) is None


def test_only_the_page_on_which_one_speaks_may_use_the_microphone(traveller: Browser) -> None:
    allowed = {
        page: "microphone=(self)" in traveller.get(f"{HERE}/feedback/{page}").headers["Permissions-Policy"]
        for page in ("about", "tell", "done")
    }
    assert allowed == {"about": False, "tell": True, "done": False}

"""Recordings and sounds in JSON: what is taken, what is heard, and who consents."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from programs import Caller, program
from sounds import BAD, GOOD, made, tone
from sqlalchemy import select

from announcer.models import Announcement, Sound
from announcer.script import Script
from schedules.core.ids import new_id

Site = Any

DRAFT = {"station": "ga-thu", "category": "service", "title": "Mất điện"}


@pytest.fixture
def editor(two: Site) -> Caller:
    return Caller(two.app, program(two.database, "bien-tap", "editor", "ga-thu"))


@pytest.fixture
def head(two: Site) -> Caller:
    return Caller(two.app, program(two.database, "truong", "head", "ga-thu"))


def send(caller: Caller, data: bytes) -> Any:
    return caller.ask("POST", "/recordings", {"sound": base64.b64encode(data).decode()})


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["error"]["message"]


def test_a_recording_is_sent_once_and_said(two: Site, operator: Caller) -> None:
    names = {send(operator, tone()).json["recording"] for _ in range(2)}
    (name,) = names
    body = {"recording": name, "title": "Tàu SE1 chậm", "zones": ["sanh"]}
    assert operator.ask("PUT", f"/announcements/{new_id()}", body).json["title"] == "Tàu SE1 chậm"  # type: ignore[index]
    with two.database.read() as session:
        row = session.scalars(select(Announcement)).one()
    assert [(part.text, part.clip) for part in Script.from_data(row.script).parts] == [("Tàu SE1 chậm", name)]


def test_a_recording_may_be_larger_than_any_form(operator: Caller) -> None:
    assert send(operator, tone(30)).status_code == 200  # 2.9 MB


@pytest.mark.parametrize("data", [b"this is no sound", b"RIFF\0\0\0\0WAVE" + b"\x5a" * 99])
def test_what_is_no_sound_is_refused(two: Site, operator: Caller, data: bytes) -> None:
    assert send(operator, data).status_code == 422
    assert not (two.home / "recordings").exists()


def test_who_neither_speaks_nor_writes_sends_no_recording(two: Site) -> None:
    inspector = Caller(two.app, program(two.database, "kiem-tra", "inspector", "ga-thu"))
    assert send(inspector, tone(0.5)).status_code == 403
    assert send(inspector, tone(30)).status_code == 413


@pytest.mark.parametrize("name", ["0" * 64, "../loaga", "a"])
def test_a_recording_that_was_not_sent_is_neither_said_nor_drafted(
    operator: Caller, editor: Caller, name: str
) -> None:
    said = operator.ask("PUT", f"/announcements/{new_id()}", {"recording": name, "zones": ["sanh"]})
    assert refused(said)[0] == 422
    entry = DRAFT | {"wordings": {"vi": {"text": "Mất điện.", "clip": name}}}
    assert editor.ask("PUT", "/messages/mat-dien/draft", {"entry": entry}).status_code == 422


def test_a_recording_that_was_sent_is_a_drafts_clip(editor: Caller) -> None:
    name = send(editor, tone()).json["recording"]
    entry = DRAFT | {"wordings": {"vi": {"text": "Mất điện.", "clip": name}}}
    drafted = editor.ask("PUT", "/messages/mat-dien/draft", {"entry": entry}).json
    assert drafted["entry"]["wordings"]["vi"]["clip"] == name  # type: ignore[index]


def test_words_and_messages_are_made_into_sounds_that_are_waited_for(editor: Caller) -> None:
    words = editor.ask("POST", "/sounds", {"text": "Tàu đến."}).json
    entry = DRAFT | {"wordings": {"vi": "Mất điện lúc {time}."}, "blanks": {"time": "time"}}
    message = editor.ask("POST", "/messages/mat-dien/sound", {"entry": entry}).json
    assert [one["state"] for one in (words, message)] == ["waiting", "waiting"]  # type: ignore[index]
    assert editor.get(f"/sounds/{words['sound']}") == words  # type: ignore[index]
    assert editor.ask("GET", f"/sounds/{words['sound']}/wav").status_code == 404  # type: ignore[index]


def test_words_that_cannot_be_read_are_refused(editor: Caller) -> None:
    assert refused(editor.ask("POST", "/sounds", {"text": "?!"})) == (
        422,
        "Hãy gõ lời cần nghe. Chưa có gì thay đổi.",
    )


def test_a_sound_is_heard_with_what_was_measured(two: Site, operator: Caller) -> None:
    key = made(two, GOOD)
    told = operator.get(f"/sounds/{key}")
    assert (told["state"], told["seconds"], told["lufs"], told["readback"]) == ("ready", 7.15, -16.0, GOOD)
    sound = operator.ask("GET", f"/sounds/{key}/wav")
    assert (sound.mimetype, sound.data[:4]) == ("audio/wav", b"RIFF")


def test_a_head_consents_to_a_held_sound_once(two: Site, head: Caller, operator: Caller) -> None:
    key = made(two, BAD)
    assert operator.get(f"/sounds/{key}")["state"] == "held"
    assert operator.ask("POST", f"/sounds/{key}/consent").status_code == 403
    told = head.ask("POST", f"/sounds/{key}/consent").json
    assert (told["state"], told["approved_by"]) == ("ready", "truong")  # type: ignore[index]
    again = head.ask("POST", f"/sounds/{key}/consent")
    assert (again.status_code, again.json["error"]["code"]) == (409, "not-held")  # type: ignore[index]
    with two.database.read() as session:
        assert session.get_one(Sound, key).approved_by == "truong"


def test_a_sound_that_is_not_there_is_not_found(head: Caller) -> None:
    for method, path in (("GET", "/sounds/x"), ("GET", "/sounds/x/wav"), ("POST", "/sounds/x/consent")):
        assert head.ask(method, path).status_code == 404

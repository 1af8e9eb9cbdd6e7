"""Record and send: what is taken, what is refused, and that nothing taken is lost."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sounds import tone
from sqlalchemy import select

from announcer.models import Announcement, Sound
from announcer.preparation import Preparation
from announcer.rendering import render
from announcer.script import Script
from announcer.studio import Studio
from audio.pcm import Pcm, silence
from audio.wav import write_wav
from schedules.core import audit
from schedules.core.clock import utcnow
from schedules.core.ids import new_id
from schedules.core.settings import Settings

Site = Any
Desk = Any


@pytest.fixture
def spoken() -> bytes:
    return tone()


def wav(folder: Path, pcm: Pcm) -> bytes:
    write_wav(folder / "a.wav", pcm)
    return (folder / "a.wav").read_bytes()


def send(desk: Desk, data: bytes, **fields: Any) -> Any:
    given = {"id": new_id(), "zone": "sanh", "priority": "normal", "repeats": "1", "text": ""}
    sound = (io.BytesIO(data), "ghi-am.webm")
    return desk.post("/speak/recording", **{**given, "sound": sound, **fields})


def queued(site: Site) -> list[Announcement]:
    with site.database.read() as session:
        return list(session.scalars(select(Announcement)))


def kept(site: Site) -> list[str]:
    return [path.stem for path in (site.home / "recordings").glob("*.wav")]


def test_a_recording_is_for_a_whole_station(site: Site, desk: Desk, spoken: bytes) -> None:
    send(desk, spoken, zone=[], station="ga-thu")
    assert len(queued(site)) == 2


def test_a_recording_is_queued_like_any_request_and_on_record(site: Site, desk: Desk, spoken: bytes) -> None:
    answer = send(desk, spoken, text=" Tàu SE1  chậm ", priority="priority", zone=["sanh", "ke-1"])
    assert answer.status_code == 303
    rows = queued(site)
    assert {(row.title, row.requested_by, row.priority, row.state) for row in rows} == {
        ("Tàu SE1 chậm", "truc", 1, "waiting")
    }
    script = Script.from_data(rows[0].script)
    assert script.chime == "standard"
    assert [part.clip for part in script.parts] == kept(site)
    assert "Đã nhận: “Tàu SE1 chậm”" in desk.get(answer.location).text
    with site.database.read() as session:
        entry = audit.entries(session, 1)[0]
    assert (entry.actor, entry.action, entry.after["recordings"]) == ("truc", "spoke", kept(site))


def test_without_a_title_the_log_names_who_spoke(site: Site, desk: Desk, spoken: bytes) -> None:
    send(desk, spoken)
    assert [row.title for row in queued(site)] == ["Lời ghi âm của Trực loa Thử"]


def test_a_second_tap_adds_nothing(site: Site, desk: Desk, spoken: bytes) -> None:
    same = new_id()
    for _ in range(2):
        assert send(desk, spoken, id=same).status_code == 303
    assert len(queued(site)) == 1
    assert len(kept(site)) == 1


@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"", "Hãy ghi âm, hoặc chọn một tệp âm thanh."),
        (b"this is no sound", "không phải âm thanh mà máy đọc được"),
        (b"RIFF\0\0\0\0WAVE" + b"\x5a" * 99, "bị hỏng"),
    ],
)
def test_what_is_no_sound_is_refused_in_one_sentence(
    site: Site, desk: Desk, data: bytes, sentence: str
) -> None:
    answer = send(desk, data)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert queued(site) == []
    assert kept(site) == []


def test_silence_and_what_is_too_long_are_refused(site: Site, desk: Desk, tmp_path: Path) -> None:
    assert "Không nghe thấy tiếng nói nào" in send(desk, wav(tmp_path, silence(2.0))).text
    assert "dài quá 60 giây" in send(desk, tone(62)).text
    assert queued(site) == []


def test_what_is_too_large_is_refused_in_one_sentence(site: Site, desk: Desk) -> None:
    answer = send(desk, bytes(21_000_000))
    assert answer.status_code == 413
    assert "Nội dung gửi lên quá lớn. Chưa có gì được lưu." in answer.text


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"zone": []}, "Hãy chọn ít nhất một khu vực loa."),
        ({"priority": "royal"}, "Hãy chọn mức ưu tiên."),
        ({"priority": "urgent"}, "Lời khẩn cấp thì nhấn giữ nút Phát ngay một giây."),
        ({"id": "x"}, "Trang này đã cũ."),
    ],
)
def test_a_wish_that_is_unclear_is_refused(
    site: Site, desk: Desk, spoken: bytes, fields: dict[str, Any], sentence: str
) -> None:
    answer = send(desk, spoken, **fields)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert queued(site) == []


def test_a_zone_of_another_station_is_refused(site: Site, desk: Desk, spoken: bytes) -> None:
    assert send(desk, spoken, zone="cho-khac").status_code == 403
    assert queued(site) == []


def test_who_may_not_speak_may_not_even_send_a_large_file(site: Site) -> None:
    editor = site.signed_in("bien", "editor")
    token = editor.token("/account")
    data = {"csrf_token": token, "sound": (io.BytesIO(bytes(2_000_000)), "a.wav")}
    answer = editor.client.post("/speak/recording", base_url="https://loaga.test", data=data)
    assert answer.status_code in (403, 413)


def test_only_this_page_may_use_the_microphone(desk: Desk) -> None:
    here, elsewhere = desk.get("/speak/recording").headers, desk.get("/speak").headers
    assert "microphone=(self)" in here["Permissions-Policy"]
    assert "; media-src blob:;" in here["Content-Security-Policy"]
    assert "script-src 'self'" in here["Content-Security-Policy"]
    assert "microphone=()" in elsewhere["Permissions-Policy"]
    assert "blob:" not in elsewhere["Content-Security-Policy"]


def test_a_waiting_recording_survives_the_loss_of_its_prepared_sound(
    site: Site, desk: Desk, spoken: bytes
) -> None:
    send(desk, spoken)
    studio = Studio(Settings(site.home, {"readback.enabled": False}))
    preparation = Preparation(
        site.database,
        studio,
        lambda script, key, listen: render(studio.room, script, key, listen),
        timedelta(0),
    )
    preparation.step(utcnow())
    (row,) = queued(site)
    assert row.state == "ready"
    studio.cache.remove(row.sound or "")
    with site.database.write() as session:
        session.get_one(
            Announcement, row.id
        ).state = "waiting"  # what the dispatcher does when it finds no file
    preparation.step(utcnow())
    assert queued(site)[0].state == "ready"
    assert studio.cache.get(row.sound or "")
    with site.database.read() as session:
        assert [sound.voices for sound in session.scalars(select(Sound))] == [{"vi": "recording"}]
    studio.close()

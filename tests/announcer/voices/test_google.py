"""Google's voice is off by default, asks seldom, keeps answers and stops asking when it fails. No test uses the network."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest
import requests

from announcer.errors import VoiceError, VoiceTimeout, VoiceUnavailable
from announcer.voices import google
from announcer.voices.breaker import State
from announcer.voices.google import GoogleVoice, Limits, Request, Time, fetch_with_gtts
from announcer.voices.silent import SilentVoice
from audio.wav import header, write_wav

WORDS = "xin chào quý khách"


def sound(request: Request) -> bytes:
    pcm = SilentVoice().speak(request.text, request.language)
    return header(len(pcm.samples), pcm.rate) + pcm.int16().tobytes()


class Service:
    """Stands where Google would be: counts requests, and fails as often as told."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.failing = False
        self.seconds = 0.0
        self.waited: list[float] = []

    def fetch(self, request: Request) -> bytes:
        self.requests.append(request)
        if self.failing:
            raise ConnectionError("no route")
        return sound(request)

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.seconds += seconds

    def voice(self, folder: Path, **options: Any) -> GoogleVoice:
        clock = Time(lambda: self.seconds, self.wait)
        return GoogleVoice(folder, **{"enabled": True, "fetch": self.fetch, "clock": clock, **options})


@pytest.fixture
def service() -> Service:
    return Service()


def test_it_is_off_and_says_that_text_would_leave_the_country(service: Service, tmp_path: Path) -> None:
    voice = GoogleVoice(tmp_path, fetch=service.fetch)
    assert "leave the country" in voice.why_unavailable()
    with pytest.raises(VoiceUnavailable):
        voice.speak(WORDS, "vi")
    assert not service.requests


def test_an_answer_is_kept_and_not_asked_for_again(service: Service, tmp_path: Path) -> None:
    first = service.voice(tmp_path).speak(WORDS, "vi")
    second = service.voice(tmp_path).speak(WORDS, "vi")
    assert first.samples.tobytes() == second.samples.tobytes()
    assert len(service.requests) == 1


def test_what_was_kept_is_told_apart_by_all_that_was_asked(service: Service, tmp_path: Path) -> None:
    for options in ({}, {"slow": True}, {"tld": "com.vn"}):
        service.voice(tmp_path, **options).speak(WORDS, "vi")
    service.voice(tmp_path).speak(WORDS, "en")
    assert len({request.key for request in service.requests}) == 4


def test_a_kept_answer_that_is_broken_is_asked_for_again(service: Service, tmp_path: Path) -> None:
    service.voice(tmp_path).speak(WORDS, "vi")
    next(tmp_path.glob("*.mp3")).write_bytes(b"half a f")
    service.voice(tmp_path).speak(WORDS, "vi")
    assert len(service.requests) == 2


def test_only_the_latest_answers_are_kept(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(google, "KEPT_FILES", 2)
    for number in ("một", "hai", "ba", "bốn"):
        service.voice(tmp_path).speak(number, "vi")
    assert len(list(tmp_path.glob("*.mp3"))) == 2


def test_mp3_is_decoded(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", SilentVoice().speak(WORDS, "vi"))
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-loglevel",
        "error",
        "-i",
        tmp_path / "a.wav",
        tmp_path / "a.mp3",
    ]
    subprocess.run(command, check=True)
    voice = GoogleVoice(tmp_path / "kept", enabled=True, fetch=lambda _: (tmp_path / "a.mp3").read_bytes())
    assert voice.speak(WORDS, "vi").seconds == pytest.approx(
        SilentVoice().speak(WORDS, "vi").seconds, abs=0.2
    )


def test_requests_keep_their_distance(service: Service, tmp_path: Path) -> None:
    voice = service.voice(tmp_path, limits=Limits(interval_seconds=2.0))
    voice.speak("một", "vi")
    service.seconds += 0.5
    voice.speak("hai", "vi")
    assert service.waited == [1.5]


def test_a_day_has_only_so_many_requests(service: Service, tmp_path: Path) -> None:
    voice = service.voice(tmp_path, limits=Limits(daily=2))
    for number in ("một", "hai"):
        voice.speak(number, "vi")
    with pytest.raises(VoiceUnavailable, match="used up"):
        voice.speak("ba", "vi")
    voice.speak("hai", "vi")  # kept ones still sound
    service.seconds += 86_400
    voice.speak("ba", "vi")
    assert len(service.requests) == 3


def test_after_failures_it_is_left_alone_and_then_tried_once(service: Service, tmp_path: Path) -> None:
    voice = service.voice(tmp_path, limits=Limits(failures=2, cool_down_seconds=100, interval_seconds=0))
    service.failing = True
    for _ in range(2):
        with pytest.raises(VoiceError, match="no route"):
            voice.speak(WORDS, "vi")
    assert voice.breaker.state is State.OPEN
    with pytest.raises(VoiceUnavailable, match="failed 2 times"):
        voice.speak(WORDS, "vi")
    service.seconds += 100
    with pytest.raises(VoiceError, match="no route"):
        voice.speak(WORDS, "vi")
    assert voice.breaker.state is State.OPEN
    service.seconds += 100
    service.failing = False
    voice.speak(WORDS, "vi")
    assert voice.breaker.state is State.CLOSED
    assert len(service.requests) == 4


def test_an_answer_that_is_no_sound_is_a_failure(service: Service, tmp_path: Path) -> None:
    voice = service.voice(tmp_path, fetch=lambda _: b"<html>too many requests</html>")
    with pytest.raises(VoiceError, match="no sound"):
        voice.speak(WORDS, "vi")


def test_an_answer_of_another_length_is_refused(service: Service, tmp_path: Path) -> None:
    long = Request("một " * 60, "vi", "com", False)
    voice = service.voice(tmp_path, fetch=lambda _: sound(long))
    with pytest.raises(VoiceError, match="were expected"):
        voice.speak(WORDS, "vi")
    assert not list(tmp_path.glob("*.mp3"))


def test_a_service_that_never_answers_is_not_waited_for(service: Service, tmp_path: Path) -> None:
    released = threading.Event()

    def fetch(request: Request) -> bytes:
        released.wait(60)
        return b""

    with pytest.raises(VoiceTimeout):
        service.voice(tmp_path, fetch=fetch, limits=Limits(answer_seconds=0.1)).speak(WORDS, "vi")
    released.set()


def test_a_folder_that_cannot_be_written_costs_only_the_copy(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert service.voice(tmp_path / "file").speak(WORDS, "vi").seconds > 0.5


def test_gtts_is_made_to_check_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def send(self: Any, request: Any, **kwargs: Any) -> Any:
        seen.append((request.url, kwargs["verify"]))
        raise requests.exceptions.ConnectionError("no network in tests")

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    with pytest.raises(Exception, match="Failed to connect"):
        fetch_with_gtts(Request(WORDS, "vi", "com", False))
    assert seen
    assert seen[0][0].startswith("https://translate.google.com/")
    assert seen[0][1] is not False

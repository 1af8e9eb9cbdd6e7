"""A helper process answers, and whatever it does instead becomes one of our errors."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from announcer.errors import VoiceError, VoiceTimeout
from announcer.voices.child import Child, helper, speak_through

Planted = Callable[..., list[str]]
Start = Callable[..., Child]


@pytest.fixture
def start(planted: Planted) -> Iterator[Start]:
    children: list[Child] = []

    def start(name: str, *arguments: str, keep: bool = True) -> Child:
        children.append(Child("the helper", planted(name, *arguments), keep))
        return children[-1]

    yield start
    for child in children:
        child.close()


def has_ended(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def wait_until_ended(pid: int) -> None:
    for _ in range(500):
        if has_ended(pid):
            return
        time.sleep(0.02)
    raise AssertionError(f"process {pid} still runs")


def test_a_kept_helper_answers_job_after_job(start: Start) -> None:
    child = start("answering")
    assert child.ask({}, 30)["pid"] == child.ask({}, 30)["pid"] == child.pid


def test_a_helper_that_is_not_kept_is_a_new_one_each_time(start: Start) -> None:
    child = start("answering", keep=False)
    assert child.ask({}, 30)["pid"] != child.ask({}, 30)["pid"]
    assert child.pid is None


def test_the_sound_is_what_the_helper_wrote(start: Start) -> None:
    pcm = speak_through(start("answering"), {"text": "một"}, 30)
    assert (pcm.rate, len(pcm.samples)) == (8000, 8000)


def test_a_helper_that_writes_nothing_is_an_error(start: Start) -> None:
    with pytest.raises(VoiceError, match="no readable sound"):
        speak_through(start("mute"), {"text": "một"}, 30)


def test_a_hanging_helper_is_killed_within_the_limit(start: Start) -> None:
    child = start("hanging")
    began = time.monotonic()
    with pytest.raises(VoiceTimeout):
        child.ask({}, 0.5)
    assert time.monotonic() - began < 15
    assert child.pid is None


def test_what_a_hanging_helper_started_is_killed_too(start: Start, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(VoiceTimeout):
        start("hanging with a helper of its own", str(note)).ask({}, 3)
    wait_until_ended(int(note.read_text()))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("crashing", "status -11"),
        ("complaining", "no such model"),
        ("babbling", "no reply"),
        ("refusing", "not this voice"),
    ],
)
def test_a_helper_that_fails_is_an_error_with_its_reason(start: Start, name: str, sentence: str) -> None:
    with pytest.raises(VoiceError, match=sentence):
        start(name).ask({}, 30)


def test_a_command_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(VoiceError, match="could not be started"):
        Child("the helper", ["/nonexistent/program"], keep=True).ask({}, 30)


def test_after_a_crash_the_next_job_gets_a_new_helper(start: Start) -> None:
    child = start("answering")
    psutil.Process(child.ask({}, 30)["pid"]).kill()
    with pytest.raises(VoiceError):
        while True:  # the first write may still go through
            child.ask({}, 30)
            psutil.Process(child.pid).kill()
    assert "pid" in child.ask({}, 30)


def test_a_helper_that_went_to_rest_is_woken(start: Start) -> None:
    child = start("resting")
    for _ in range(5):
        assert child.ask({}, 30) == {"fine": True}
        time.sleep(0.06)  # about when it rests: sometimes before, sometimes after


def test_closing_ends_the_helper_and_may_be_done_twice(start: Start) -> None:
    child = start("answering")
    pid = child.ask({}, 30)["pid"]
    child.close()
    child.close()
    wait_until_ended(pid)


def test_our_helpers_end_when_nobody_holds_their_stdin() -> None:
    done = subprocess.run(helper("announcer.voices.espeak_child"), input=b"", timeout=60, check=True)
    assert done.returncode == 0


def test_a_stuck_helper_ends_by_itself_after_its_parent_died() -> None:
    script = (
        "import time\nfrom announcer.voices import serving\nserving.GRACE_SECONDS = 0\n"
        "serving.serve(lambda job: time.sleep(600), idle_seconds=60)"
    )
    job = json.dumps({"seconds": 0.5}).encode() + b"\n"
    command = [*helper("x")[:1], "-c", script]
    assert subprocess.run(command, input=job, timeout=60, check=False).returncode == -14  # SIGALRM

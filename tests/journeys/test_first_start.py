"""``loaga up`` in an empty folder: a stranger's first minute."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

PATIENCE = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, "the station did not get there"
        time.sleep(0.2)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(json.load(answer)["announcer"] == "alive")
    except OSError:
        return False


def test_one_command_brings_up_a_station_that_speaks_in_every_zone(tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "LOAGA_AUDIO_SINK": "folder", "LOAGA_WEB_PORT": str(port)}
    station = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "--home", str(tmp_path), "up"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        until(lambda: answers(port))
        until(lambda: len({wav.parent.name for wav in (tmp_path / "folder").glob("*/*.wav")}) == 7)
    finally:
        station.send_signal(signal.SIGINT)
        told = station.communicate(timeout=60)[0]
    assert f"http://127.0.0.1:{port}/" in told
    assert str(tmp_path / "folder") in told
    assert station.returncode == 0

"""Planted helpers: small programs that answer, hang, crash or talk nonsense where a speech engine should be."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

PLANTED = {
    # answers every job with its own process id, after a little tone was written
    "answering": """
import os, wave
from announcer.voices.serving import serve
def answer(job):
    if "wav" in job:
        with wave.open(job["wav"], "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes(b"\\x00\\x20\\x00\\xe0" * 4000)
    return {"pid": os.getpid()}
serve(answer, idle_seconds=60)
""",
    "resting": "from announcer.voices.serving import serve\nserve(lambda job: {'fine': True}, idle_seconds=0.05)",
    "hanging": "import sys, time\nsys.stdin.readline()\ntime.sleep(600)",
    "hanging with a helper of its own": """
import subprocess, sys, time
child = subprocess.Popen(["sleep", "600"])
sys.stdin.readline()
print(child.pid, file=open(sys.argv[1], "a"), flush=True)
time.sleep(600)
""",
    "crashing": "import ctypes, sys\nsys.stdin.readline()\nctypes.string_at(0)",
    "complaining": "import sys\nsys.stdin.readline()\nsys.exit('no such model')",
    "babbling": "import sys\nsys.stdin.readline()\nprint('espeak: 1 2 3', flush=True)\nsys.stdin.read()",
    "refusing": """
from announcer.voices.serving import serve
def answer(job):
    print("chatter of a library")
    raise RuntimeError("not this voice")
serve(answer, idle_seconds=60)
""",
    "mute": "from announcer.voices.serving import serve\nserve(lambda job: {}, idle_seconds=60)",
}


@pytest.fixture
def planted() -> Callable[..., list[str]]:
    """The command of a planted helper by name."""
    return lambda name, *arguments: [sys.executable, "-c", PLANTED[name], *arguments]


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of this machine between the test and its own server."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)

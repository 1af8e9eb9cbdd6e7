"""The helper's side of the line: jobs come in on stdin, one JSON object a line, and each gets one line back on stdout.

It imports nothing but the standard library, since it is what a helper process loads first. The other side is in
``child.py``.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from math import ceil
from typing import Any, TextIO

Job = dict[str, Any]
Reply = dict[str, Any]

STDIN = 0
CHUNK = 65536
GRACE_SECONDS = 5


def serve(answer: Callable[[Job], Reply], idle_seconds: float, most_jobs: int = 0) -> None:
    """Answer jobs until stdin closes, nothing came for ``idle_seconds``, or ``most_jobs`` are done (0: no limit)."""
    replies = take_stdout()
    for done, line in enumerate(lines(idle_seconds), start=1):
        replies.write(json.dumps(reply_to(answer, line)) + "\n")
        replies.flush()
        give_memory_back()
        if done == most_jobs:
            return


def give_memory_back() -> None:
    """What a job freed goes back to the system: glibc keeps it otherwise, some 30 MB a helper. Elsewhere nothing happens."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def take_stdout() -> TextIO:
    """Keep the real stdout for replies; what libraries print from now on goes to stderr."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return replies


def reply_to(answer: Callable[[Job], Reply], line: bytes) -> Reply:
    """``answer``'s reply, or what went wrong as ``{"error": sentence}``."""
    try:
        job = json.loads(line)
        end_without_parent(job.get("seconds", 0.0))
        return answer(job)
    except Exception as error:  # the parent turns it into ours
        return {"error": str(error) or type(error).__name__}
    finally:
        signal.alarm(0)


def end_without_parent(seconds: float) -> None:
    """Let the kernel end us some time after the limit. The parent kills us sooner, but it may have been killed itself,
    and then a helper stuck inside a library would stay for ever.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(ceil(seconds) + GRACE_SECONDS if seconds else 0)


def lines(idle_seconds: float) -> Iterator[bytes]:
    """Lines of stdin, read from the descriptor itself: a file object's own buffer would hide lines from ``select``."""
    pending = b""
    while select.select([STDIN], [], [], idle_seconds)[0]:
        chunk = os.read(STDIN, CHUNK)
        if not chunk:
            return
        *whole, pending = (pending + chunk).split(b"\n")
        yield from whole

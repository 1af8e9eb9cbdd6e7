"""A speech engine in a process of its own, with a time limit.

Engines are native code: they can hang, crash, or print where they should not, and two of them are GPL programs that our
process must not load. So each lives in a helper process that gets one JSON line per job, writes a WAV, and answers with
one JSON line (``serving.py`` is that side).
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, Any

from announcer.errors import VoiceError, VoiceTimeout
from announcer.voices.serving import Job, Reply
from audio.errors import DecodeError
from audio.pcm import Pcm
from audio.wav import read_wav

CHUNK = 65536
END_SECONDS = 5.0
MOST_LAST_WORDS = 2000


class EndedError(VoiceError):
    """The process ended before it answered. ``status`` is its exit status, negative for a signal."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


class Child:
    """One helper process, started by the first job and again whenever it is gone.

    ``keep`` False ends it after every job. ``ask`` may be called from several threads; jobs are done one at a time.
    """

    def __init__(self, what: str, command: Sequence[str], keep: bool) -> None:
        self.what = what
        self._command = list(command)
        self._keep = keep
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes] | None = None
        self._lock = Lock()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def ask(self, job: Job, seconds: float) -> Reply:
        """The helper's reply. Raises VoiceTimeout after ``seconds``, VoiceError if it crashed or said why it could not."""
        with self._lock:
            try:
                reply = self._ask(job, seconds)
            except EndedError as error:
                if error.status != 0:
                    raise
                reply = self._ask(job, seconds)  # it had gone to rest just as we wrote
            finally:
                if not self._keep:
                    self._end()
        if "error" in reply:
            raise VoiceError(f"{self.what} cannot say this: {reply['error']}")
        return reply

    def close(self) -> None:
        """End the process, whatever it is doing. Safe to call twice; a later ``ask`` starts it anew."""
        if process := self._process:  # first, so that a job under way ends and gives the lock back
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        with self._lock:
            self._end()

    def _ask(self, job: Job, seconds: float) -> Reply:
        deadline = time.monotonic() + seconds
        process = self._running()
        try:
            self._send(process, {**job, "seconds": seconds})
            return self._receive(process, deadline)
        except VoiceError:
            self._end()
            raise

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = self._start()
        return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - a pipe nobody empties would block the helper
        try:
            return subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                start_new_session=True,  # a group of its own, so that all it started can be killed with it
            )
        except OSError as error:
            raise VoiceError(f"{self.what} could not be started: {error.strerror or error}.") from error

    def _send(self, process: subprocess.Popen[bytes], job: Job) -> None:
        """Write the job. It fits into an empty pipe (texts are limited), so this cannot block."""
        assert process.stdin is not None  # noqa: S101 - we asked for a pipe
        try:
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
        except OSError as error:
            raise self._ended(process) from error

    def _receive(self, process: subprocess.Popen[bytes], deadline: float) -> Reply:
        assert process.stdout is not None  # noqa: S101 - we asked for a pipe
        answer = b""
        while not answer.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
                raise VoiceTimeout(f"{self.what} did not answer in time and was stopped.")
            chunk = os.read(process.stdout.fileno(), CHUNK)
            if not chunk:
                raise self._ended(process)
            answer += chunk
        return self._parsed(answer)

    def _parsed(self, answer: bytes) -> Reply:
        try:
            reply: Any = json.loads(answer)
        except ValueError:
            reply = None
        if not isinstance(reply, dict):
            raise VoiceError(f"{self.what} answered with something that is no reply.")
        return reply

    def _ended(self, process: subprocess.Popen[bytes]) -> EndedError:
        try:
            status = process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            status = -signal.SIGKILL  # it closed its stdout but lives on; ``_end`` will kill it
        return EndedError(
            f"{self.what} ended before it answered (status {status}). {self._last_words()}".rstrip(), status
        )

    def _last_words(self) -> str:
        """The last line of the process's stderr."""
        if self._complaints is None:
            return ""
        self._complaints.seek(max(0, self._complaints.seek(0, os.SEEK_END) - MOST_LAST_WORDS))
        return self._complaints.read().decode(errors="replace").strip().rpartition("\n")[2]

    def _end(self) -> None:
        """Kill the whole process group and take the process off the list."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        for file in (process.stdin, process.stdout, self._complaints):
            with suppress(OSError):
                file.close() if file else None
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_SECONDS)


def helper(module: str) -> list[str]:
    """The command that runs one of our modules as a helper."""
    return [sys.executable, "-m", module]


def speak_through(child: Child, job: Job, seconds: float) -> Pcm:
    """The sound of the WAV that the helper wrote for ``job``. Raises VoiceTimeout and VoiceError."""
    with tempfile.TemporaryDirectory(prefix="loaga-voice-") as folder:
        path = Path(folder, "speech.wav")
        child.ask({**job, "wav": str(path)}, seconds)
        try:
            return read_wav(path)
        except (DecodeError, OSError) as error:
            raise VoiceError(f"{child.what} left no readable sound: {error}") from error

"""The same interruption with Liquidsoap, the radio automaton, where Debian's package is installed.

A steady tone plays; a louder one is pushed into a request queue that outranks it; what comes out is read through a pipe
as it is written. Measured is the time from sending the push to the first loud sample.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from audio.pcm import RATE, Pcm
from audio.wav import write_wav

PORT = 12399
LOUD = 15_000
SCRIPT = """
settings.server.telnet.set(true)
settings.server.telnet.port.set({port})
settings.frame.duration.set(0.02)
settings.frame.video.framerate.set(50)
settings.frame.audio.samplerate.set(48000)
settings.init.allow_root.set(true)
settings.log.stdout.set(false)
normal = single("{folder}/normal.wav")
urgent = request.queue(id="urgent")
out = fallback(track_sensitive=false, transitions=[], [urgent, normal])
output.file(%wav(stereo=false, samplerate=48000, header=false), fallible=true, flush=true, "{folder}/out", out)
"""


class Listener:
    """Reads what is written and notes when it turned loud."""

    def __init__(self, path: Path) -> None:
        self.loud_at = 0.0
        self.loud = False
        self.bytes = 0
        self._path = path
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with self._path.open("rb", buffering=0) as pipe:
            while chunk := pipe.read(4096):
                self.bytes += len(chunk)
                loud = bool(
                    np.abs(np.frombuffer(chunk[: len(chunk) // 2 * 2], "<i2").astype(int)).max() > LOUD
                )
                if loud and not self.loud:
                    self.loud_at = time.monotonic()
                self.loud = loud


def interruptions(rounds: int) -> list[float] | None:
    """Milliseconds of each interruption, or None where Liquidsoap is not installed or does not start."""
    if shutil.which("liquidsoap") is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _tone(folder / "normal.wav", 440, 0.2, 600)
        _tone(folder / "urgent.wav", 880, 0.8, 0.5)
        os.mkfifo(folder / "out")
        (folder / "bench.liq").write_text(SCRIPT.format(port=PORT, folder=folder))
        process = subprocess.Popen(
            ["liquidsoap", str(folder / "bench.liq")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            return _measure(Listener(folder / "out"), folder, rounds)
        finally:
            process.terminate()
            process.wait(10)


def _tone(path: Path, hertz: float, level: float, seconds: float) -> None:
    t = np.arange(int(RATE * seconds), dtype=np.float32) / RATE
    write_wav(path, Pcm((level * np.sin(2 * np.pi * hertz * t)).astype(np.float32)))


def _measure(listener: Listener, folder: Path, rounds: int) -> list[float] | None:
    deadline = time.monotonic() + 30
    while not listener.bytes:
        if time.monotonic() > deadline:
            return None
        time.sleep(0.05)
    time.sleep(1)
    with socket.create_connection(("127.0.0.1", PORT), timeout=10) as line:
        return [_once(listener, line, folder, i) for i in range(rounds)]


def _once(listener: Listener, line: socket.socket, folder: Path, i: int) -> float:
    time.sleep(1.2 + 0.013 * (i % 7))
    sent = time.monotonic()
    line.sendall(f"urgent.push {folder}/urgent.wav\n".encode())
    while listener.loud_at < sent:
        time.sleep(0.001)
        if time.monotonic() - sent > 10:
            raise TimeoutError("Liquidsoap did not interrupt.")
    return (listener.loud_at - sent) * 1000

"""Sounds for tests: a tone as somebody would send it, and sounds that the station has made or is to make."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from announcer import auditions
from announcer.models import Sound
from audio.pcm import RATE, Pcm
from audio.wav import write_wav
from kiosk import desk
from schedules.core.clock import utcnow

Site = Any

GOOD = {"vi": {"grade": "good", "score": 0.9, "reasons": [], "misheard": []}}
BAD = {"vi": {"grade": "bad", "score": 0.2, "reasons": ["words"], "misheard": [["tàu", "táo"]]}}


def tone(seconds: float = 2.0) -> bytes:
    """A WAV."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.wav"
        write_wav(path, Pcm((0.2 * np.sin(np.arange(int(seconds * RATE)) / 20)).astype(np.float32)))
        return path.read_bytes()


def asked(site: Site, text: str = "Tàu đến.") -> str:
    """The key of a sound that somebody wants to hear."""
    with site.app.app_context(), site.database.write() as session:
        studio = desk.studio()
        return auditions.ask(session, studio, studio.script_of_text(text, "vi"), utcnow())


def made(site: Site, readback: dict[str, Any] | None, text: str = "Tàu đến.") -> str:
    """The key of a sound that is there."""
    key = asked(site, text)
    with site.app.app_context(), site.database.write() as session:
        desk.studio().cache.put(key, Pcm(np.full(4800, 0.1, np.float32)), {})
        session.add(
            Sound(
                key=key, seconds=7.15, lufs=-16.0, true_peak_db=-1.5, sha256="x", voices={"vi": "hanoi"},
                spoken={"vi": "tàu đến"}, made_at=utcnow(), readback=readback,
            )
        )  # fmt: skip
    return key

"""The announcer's settings."""

from __future__ import annotations

from audio.sinks.registry import SINKS
from schedules.core.settings import declare

SOUTHERN = declare("reading.southern", False, "Read numbers the southern way (lẻ, ngàn).")
LEXICON = declare(
    "reading.lexicon", "lexicon.toml", "The staff's own lexicon, a file in the station's folder."
)
SINK = declare(
    "audio.sink",
    "",
    "Where sound goes: speaker, folder or silent; empty: speaker where there is one.",
    choices=("", *SINKS),
)
CACHE_MB = declare("audio.cache_mb", 2000, "Megabytes of prepared sounds to keep.", minimum=50)
MAX_SECONDS = declare("playout.max_seconds", 180.0, "The longest announcement that is aired.", minimum=5)
AHEAD_HOURS = declare("preparation.ahead_hours", 24, "How many hours ahead sounds are prepared.", minimum=1)
READBACK = declare(
    "readback.enabled",
    True,
    "Listen to every prepared sound, where a recogniser is installed; what nobody would understand waits for consent.",
)
RECORDING_SECONDS = declare(
    "live.recording_seconds", 60, "The longest recording that is taken, in seconds.", minimum=1, maximum=150
)
RECORDING_DAYS = declare(
    "live.recording_days", 30, "For how many days a recording that was sent is kept.", minimum=1
)
PAGING_SECONDS = declare(
    "live.paging_seconds",
    120,
    "The longest live call from a microphone, in seconds.",
    minimum=10,
    maximum=600,
)
LIVE_EXPIRES = declare(
    "live.expires_minutes", 10.0, "How long a live call may wait for its turn.", minimum=0.5
)

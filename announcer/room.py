"""What the station's settings make of voices and cache. Imports no database: the preparation worker is to stay small."""

from __future__ import annotations

from announcer import settings as names
from announcer.recognisers.registry import EVERYDAY, Recognisers
from announcer.rendering import Room
from announcer.voice_settings import GOOGLE, VOICE_EN, VOICE_VI
from announcer.voices.registry import Setup, Voices
from audio.cache import SoundCache
from audio.recordings import Recordings
from schedules.core.settings import Settings


def room_of(settings: Settings) -> Room:
    wishes = {"vi": settings.get(VOICE_VI), "en": settings.get(VOICE_EN)}
    voices = Voices(Setup(settings.home, google=settings.get(GOOGLE)))
    cache = SoundCache(settings.home / "cache" / "sounds", settings.get(names.CACHE_MB) * 1_000_000)
    ears = Recognisers(EVERYDAY if settings.get(names.READBACK) else ())
    return Room(voices, wishes, cache, settings.get(names.MAX_SECONDS), ears, recordings_of(settings))


def recordings_of(settings: Settings) -> Recordings:
    return Recordings(settings.home / "recordings")

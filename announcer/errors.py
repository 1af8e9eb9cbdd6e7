"""Errors of the announcer, a branch of the house's family.

StationError
└── VoiceError            a voice did not speak
    ├── VoiceUnavailable  it cannot on this machine now (not installed, switched off, no network)
    └── VoiceTimeout      it took too long and was stopped
"""

from __future__ import annotations

from schedules.core.errors import StationError


class VoiceError(StationError):
    code = "voice"


class VoiceUnavailable(VoiceError):
    code = "voice-unavailable"


class VoiceTimeout(VoiceError):
    code = "voice-timeout"

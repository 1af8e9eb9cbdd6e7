"""The voice "formant": syllables become tracks of what a mouth does, and tracks become sound."""

from announcer.voices.formant.voice import FormantVoice

__all__ = ["FormantVoice"]

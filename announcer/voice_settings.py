"""The settings of voices. The pages read them too, so nothing of sound is loaded here."""

from __future__ import annotations

from schedules.core.settings import declare

VOICE_VI = declare(
    "voices.vi", "", "Voice for Vietnamese; empty: the first usable one of the registry's order."
)
VOICE_EN = declare("voices.en", "", "Voice for English; empty: the first usable one of the registry's order.")
GOOGLE = declare(
    "voices.google", False, "Let Google speak (gTTS). The text of announcements then leaves the country."
)

# Said wherever the voice is used or shown: on the pages, and by the commands after the English sentence.
ABROAD = "Giọng Google đang bật: văn bản thông báo được gửi ra nước ngoài."
ABROAD_TOLD = f"The voice “google” is on: the text of announcements leaves the country. ({ABROAD})"

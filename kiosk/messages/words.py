"""What the pages call the parts of a message."""

from __future__ import annotations

from kiosk.announcements.words import CATEGORIES as ALL_CATEGORIES
from kiosk.language.words import Table

CATEGORIES = Table({key: word for key, word in ALL_CATEGORIES.items() if key != "live"})
CHIMES = Table({"standard": "chuông thường", "urgent": "chuông khẩn", "none": "không chuông"})
EVERYWHERE = "mọi nhà ga, bến xe"
LANGUAGES = Table({"vi": "Tiếng Việt", "en": "Tiếng Anh"})


def language(key: str) -> str:
    return LANGUAGES.get(key, key)

"""What the pages call the parts of a message."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.announcements.words import CATEGORIES as ALL_CATEGORIES
from kiosk.language.words import Table

CATEGORIES = Table({key: word for key, word in ALL_CATEGORIES.items() if key != "live"})
CHIMES = Table({"standard": "chuông thường", "urgent": "chuông khẩn", "none": "không chuông"})
EVERYWHERE = "mọi nhà ga, bến xe"
LANGUAGES = Table({"vi": "Tiếng Việt", "en": "Tiếng Anh"})
WORDINGS = Table({"vi": "lời tiếng Việt", "en": "lời tiếng Anh"})  # within a sentence


def language(key: str) -> str:
    return LANGUAGES.get(key, key)


def wordings(keys: Iterable[str]) -> str:
    """ "lời tiếng Việt, lời tiếng Anh" """
    return ", ".join(WORDINGS.get(key, key) for key in keys)

"""What an announcement will say, ready to become sound: the words and their spoken form per language, and the frame
around them. Two scripts with the same content share one sound.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """One language: what is written (for screens and the log) and the phrases a voice will speak.

    ``clip`` names a recording that sounds instead of a voice; there need then be no phrases.
    """

    language: str
    text: str
    phrases: tuple[str, ...]
    clip: str = ""

    @property
    def spoken(self) -> str:
        return " ".join(self.phrases)


@dataclass(frozen=True)
class Script:
    """Parts in the order they are said, as often as ``repeats``, after the chime. ``voice`` is a wish, or empty."""

    parts: tuple[Part, ...]
    chime: str = "standard"
    repeats: int = 1
    mastering: str = "standard"
    voice: str = ""

    @property
    def text(self) -> str:
        return " / ".join(part.text for part in self.parts)

    @property
    def spoken(self) -> str:
        return " / ".join(part.spoken for part in self.parts)

    def to_data(self) -> dict[str, Any]:
        parts = [
            {"language": p.language, "text": p.text, "phrases": list(p.phrases), "clip": p.clip}
            for p in self.parts
        ]
        return {
            "parts": parts,
            "chime": self.chime,
            "repeats": self.repeats,
            "mastering": self.mastering,
            "voice": self.voice,
        }

    @staticmethod
    def from_data(data: dict[str, Any]) -> Script:
        parts: Iterable[dict[str, Any]] = data["parts"]
        return Script(
            tuple(Part(p["language"], p["text"], tuple(p["phrases"]), p.get("clip", "")) for p in parts),
            data["chime"],
            data["repeats"],
            data["mastering"],
            data["voice"],
        )

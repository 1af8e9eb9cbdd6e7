"""How this traveller reads best: kept in this browser's cookie until the screen is handed back."""

from __future__ import annotations

from flask import session as cookie

LARGE, CONTRAST, LOW = "large", "contrast", "low"
CHOICES = {LARGE: "Chữ to", CONTRAST: "Rõ nét", LOW: "Hạ thấp"}
CHOSEN = "comfort"


def chosen() -> list[str]:
    """What is switched on, in the order of ``CHOICES``."""
    kept = cookie.get(CHOSEN)
    return [name for name in CHOICES if isinstance(kept, list) and name in kept]


def switch(name: str) -> None:
    """On if it is off, off if it is on."""
    now = chosen()
    cookie[CHOSEN] = [one for one in now if one != name] if name in now else [*now, name]

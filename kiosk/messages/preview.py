"""What the loudspeakers would say of an entry, before anybody approved it."""

from __future__ import annotations

from dataclasses import dataclass

from announcer.script import Script
from kiosk import desk
from kiosk.announcements.wishes import about_seconds
from kiosk.drafts import Entry
from kiosk.messages import typed


@dataclass(frozen=True)
class Preview:
    """What the loudspeakers would say with sample values; ``key`` names the sound that somebody wants to hear."""

    script: Script
    seconds: float
    samples: dict[str, str]
    key: str = ""


def preview_of(entry: Entry) -> Preview:
    samples = typed.samples(entry["blanks"])
    script = desk.studio().script_of(typed.as_message(entry), samples, 1)
    return Preview(script, about_seconds(script), samples)

"""A rule read aloud, by the station's own voice. The announcer makes the sound, as it makes all others, and keeps it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from announcer import auditions
from announcer.script import Script
from announcer.studio import Studio
from kiosk.rules.codes import Rule

OPENINGS = {
    "do": {"vi": "Nên", "en": "Please do"},
    "dont": {"vi": "Không nên", "en": "Please do not"},
}


def script_of(studio: Studio, rule: Rule, language: str) -> Script:
    """First whether one should, then the words."""
    title, words = rule.title[language], rule.words[language]
    opening = OPENINGS[rule.advice].get(language, OPENINGS[rule.advice]["en"])
    return studio.script_of_text(f"{opening}: {title}. {words}", language, chime="none")


def finished(session: Session, studio: Studio, script: Script) -> Path | None:
    found = studio.sound(session, studio.key(script))
    return found[1] if found else None


def ask_for(session: Session, studio: Studio, script: Script, now: datetime) -> str:
    """Have it made. Returns why it could not be made when it was last asked for, or nothing."""
    before = session.get(auditions.Audition, studio.key(script))
    reason = before.reason if before else ""
    auditions.ask(session, studio, script, now)
    return reason

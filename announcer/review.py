"""Every message spoken and read back before anybody hears it: which would be understood, and which not.

Blanks are filled with samples. Nothing is kept: the sounds go into a cache that is thrown away.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from announcer.readback.verdict import GRADES
from announcer.recognisers.registry import Recognisers
from announcer.rendering import Room, render
from announcer.script import Script
from announcer.studio import Studio
from audio.cache import SoundCache
from schedules.core.errors import LoagaError
from schedules.models import Message

# By the type of a blank.
SAMPLES = {
    "time": "19:30",
    "date": "2026-12-04",
    "number": "25",
    "money": "155000",
    "platform": "3",
    "service": "SE1",
    "place": "Sài Gòn",
    "text": "SE1",
}
UNHEARD = "unheard"  # nobody could listen, or nobody could speak
CACHE_BYTES = 200_000_000


@dataclass(frozen=True)
class Reviewed:
    """One wording: who spoke it, its ``grade`` (one of GRADES, or UNHEARD), ``score`` 0…1, and why it is no better."""

    message: str
    language: str
    voice: str
    grade: str
    score: float
    reason: str
    misheard: tuple[tuple[str, str], ...] = ()


def review(
    studio: Studio, messages: Iterable[Message], ears: Recognisers, mastering: str = "standard"
) -> Iterator[Reviewed]:
    """The messages in their order, the languages of each in the order they are said."""
    with tempfile.TemporaryDirectory(prefix="loaga-review-") as folder:
        room = replace(studio.room, cache=SoundCache(Path(folder), CACHE_BYTES), ears=ears)
        for message in messages:
            values = {name: SAMPLES[kind] for name, kind in message.blanks.items()}
            script = replace(studio.script_of(message, values, 1, mastering), chime="none")
            for part in script.parts:
                yield _reviewed(room, message.key, replace(script, parts=(part,)))


def _reviewed(room: Room, message: str, script: Script) -> Reviewed:
    [part] = script.parts
    try:
        made = render(room, script, "review")
    except LoagaError as error:
        return Reviewed(message, part.language, "", UNHEARD, 0.0, str(error))
    voice, verdict = made.voices[part.language], made.readback.get(part.language)
    if verdict is None:
        return Reviewed(message, part.language, voice, UNHEARD, 0.0, "no recogniser for this language")
    return Reviewed(
        message,
        part.language,
        voice,
        verdict["grade"],
        verdict["score"],
        ", ".join(verdict["reasons"]),
        tuple((meant, heard) for meant, heard in verdict["misheard"]),
    )


def table(found: Iterable[Reviewed]) -> Iterator[str]:
    """Lines of Markdown, the last one a count; each as soon as it is known."""
    yield "| Message | Language | Voice | Verdict | As meant | Reasons |"
    yield "|---|---|---|---|---|---|"
    grades = []
    for one in found:
        grades.append(one.grade)
        yield f"| {one.message} | {one.language} | {one.voice} | {one.grade} | {one.score:.0%} | {one.reason} |"
    counts = ", ".join(f"{grades.count(grade)} {grade}" for grade in (*GRADES, UNHEARD))
    yield f"\n{len(grades)} wordings: {counts}."

"""A Piper voice is added to a station, or taken away: ``loaga voices add`` and ``remove``.

    wish    what is asked for
    taking  its files come into a workshop and are checked
    shelf   the workshop becomes a voice, and how one goes away

The small files come first, so that a voice without a licence or usable settings is refused before the large one is
fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from announcer.errors import VoiceError
from announcer.voices.adding.shelf import (
    WORKSHOP,
    names_in,
    put_in_place,
    refuse_taken,
    remove,
    sync,
    workshop_for,
)
from announcer.voices.adding.taking import published_hash, take_licence, take_model, take_settings
from announcer.voices.adding.wish import Wish, stem_of, wanted_hash
from announcer.voices.downloading import Limits, Told, nobody
from announcer.voices.piper import SUMS, PiperVoice, discover
from announcer.voices.speech import TRIAL
from schedules.core.errors import UserError

__all__ = ["WORKSHOP", "Added", "Wish", "add", "remove", "try_to_speak"]

MOST_TEXT = 1_000_000  # bytes of settings or licence
LIMITS = Limits()


@dataclass(frozen=True)
class Added:
    """``voice`` as ``loaga voices`` names it; ``renamed`` are voices that had another name before (old, new)."""

    voice: PiperVoice
    sha256: str
    licence: str
    renamed: tuple[tuple[str, str], ...]


def try_to_speak(model: Path) -> None:
    """Have the voice say a word of Vietnamese or English, if it speaks one of them. Raises UserError if it cannot."""
    voice = PiperVoice(model, model.stem)
    try:
        for language in voice.info.languages:
            if language in TRIAL:
                voice.speak(TRIAL[language], language)
    except VoiceError as error:
        raise UserError(f"The voice {model.stem} cannot speak, so it was not added. {error}") from error
    finally:
        voice.close()


def add(
    wish: Wish,
    folder: Path,
    limits: Limits = LIMITS,
    told: Told = nobody,
    trial: Callable[[Path], None] = try_to_speak,
) -> Added:
    """Make ``wish`` a voice in the voices folder. Raises UserError or StationError; then nothing has changed.

    ``told`` hears of the model's bytes; ``trial`` raises UserError for a model that does not speak.
    """
    stem = stem_of(wish)
    wanted = wanted_hash(wish)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / stem
    small = replace(limits, most_bytes=MOST_TEXT)
    with workshop_for(folder, stem) as workshop:
        refuse_taken(target, wish.replace)
        before = names_in(folder)
        model = workshop / f"{stem}.onnx"
        take_settings(wish, model, small)
        text = take_licence(wish, model, small)
        wanted = wanted or published_hash(wish, workshop, small)
        seen = take_model(wish, model, wanted, limits, told)
        trial(model)
        (workshop / SUMS).write_text(f"{seen}  {model.name}\n", encoding="utf-8")
        sync(workshop)
        put_in_place(workshop, target)
    after = names_in(folder)
    voice = next(voice for voice in discover(folder) if voice.model == target / f"{stem}.onnx")
    renamed = tuple((name, after[model]) for model, name in before.items() if after.get(model, name) != name)
    return Added(voice, seen, text, renamed)

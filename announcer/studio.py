"""From words to a script, and from a script to the key of its sound: all that is decided before a voice speaks.

Cheap: text rules and a hash. The command line and the pages use it as the announcer does, so that a request can name
its prepared sound when it is made.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from announcer import settings as names
from announcer.models import Sound
from announcer.room import room_of
from announcer.script import Part, Script
from announcer.text import READING_VERSION, Lexicon, read_phrases, shown
from audio.cache import key
from audio.mastering.profiles import identity
from audio.mixing import PAUSES
from schedules.core.errors import FileRefused
from schedules.core.settings import Settings
from schedules.models import Message
from schedules.wording import Sentence, render

log = logging.getLogger(__name__)

SCRIPT_VERSION = 1
EMERGENCY_REPEATS = 3  # an emergency is said three times unless somebody says otherwise


Chosen = dict[tuple[str, str], list[Any]]  # who would speak, by language and wish


class Studio:
    def __init__(self, settings: Settings, forgiving: bool = False) -> None:
        """``forgiving``: a mistake in the staff's lexicon is logged, and the built-in words serve: a word list must not
        silence a station.
        """
        self.settings = settings
        self._forgiving = forgiving
        self.room = room_of(settings)
        self.voices, self.cache = self.room.voices, self.room.cache
        self.staff_lexicon = settings.home / settings.get(names.LEXICON)
        self.lexicon_seen: float | None = None  # when the staff's words were written that serve now
        self._phrases = lru_cache(maxsize=4096)(self._read)
        self.lexicon = Lexicon.load([])
        self.refresh()

    def refresh(self) -> bool:
        """Read the staff's lexicon if it was changed; tells whether it was. Raises FileRefused unless forgiving."""
        file = self.staff_lexicon
        seen = file.stat().st_mtime if file.exists() else None
        if seen == self.lexicon_seen:
            return False
        try:
            self.lexicon = Lexicon.load([file] if seen is not None else [])
        except FileRefused as error:
            if not self._forgiving:
                raise
            log.error("%s The words read before go on being used.", error)  # noqa: TRY400
        self.lexicon_seen = seen
        self._phrases.cache_clear()
        return True

    def script_of(
        self, message: Message, values: Mapping[str, Any], repeats: int, mastering: str = "standard"
    ) -> Script:
        """What a message says with these values. Raises UserError for a missing or wrong blank."""
        parts = tuple(self.part(sentence) for sentence in render(message, values))
        return Script(parts, message.chime, repeats, mastering)

    def script_of_text(self, text: str, language: str, chime: str = "standard", voice: str = "") -> Script:
        part = self.part(Sentence(language, text))
        return Script((part,), chime, voice=voice)

    def part(self, sentence: Sentence) -> Part:
        phrases = self._phrases(sentence.spoken or sentence.text, sentence.language)
        return Part(sentence.language, shown(sentence.text), phrases, sentence.clip)

    def _read(self, text: str, language: str) -> tuple[str, ...]:
        southern = self.settings.get(names.SOUTHERN)
        return tuple(read_phrases(text, language, lexicon=self.lexicon, southern=southern))

    def key(self, script: Script, chosen: Chosen | None = None) -> str:
        """The name of the script's sound: everything that shapes it, and nothing else.

        Who names many sounds at once hands the same ``chosen`` to each call: the voices are then asked once.
        """
        chosen = {} if chosen is None else chosen
        return key(
            {
                "version": SCRIPT_VERSION,
                "parts": [_identity(part) for part in script.parts],
                "voices": {
                    part.language: self._voice_identity(part.language, script, chosen)
                    for part in script.parts
                    if not part.clip
                },
                "chime": script.chime,
                "repeats": script.repeats,
                "mastering": identity(script.mastering),
                "pauses": [
                    PAUSES.after_chime,
                    PAUSES.between_languages,
                    PAUSES.between_repeats,
                    PAUSES.before_end,
                ],
                "reading": READING_VERSION,
            }
        )

    def _voice_identity(self, language: str, script: Script, chosen: Chosen) -> list[Any]:
        """Who would speak, in order: a voice that is added, updated or switched on makes a new sound."""
        wish = script.voice or self.room.wishes.get(language, "")
        if (language, wish) not in chosen:
            infos = [voice.info for voice in self.voices.choose(language, wish or None)]
            chosen[language, wish] = [[info.name, info.version, dict(info.options)] for info in infos]
        return chosen[language, wish]

    def speakers(self, language: str) -> list[str]:
        """The names of the voices that would be asked now, in order: first the one that the settings wish for."""
        wish = self.room.wishes.get(language) or None
        return [voice.info.name for voice in self.voices.choose(language, wish)]

    def sound(self, session: Session, key: str) -> tuple[Sound, Path] | None:
        """A prepared sound, if it is there."""
        row = session.get(Sound, key)
        path = self.cache.get(key) if row else None
        return (row, path) if row and path else None

    def close(self) -> None:
        self.room.close()


def _identity(part: Part) -> list[Any]:
    """What is said, or the recording that is heard instead."""
    return [part.language, part.clip] if part.clip else [part.language, list(part.phrases)]

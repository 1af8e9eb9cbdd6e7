"""A person's voice: recorded clips joined to a message, its blanks filled by clips or by another voice.

The clip folder holds ``clips.yaml``:

    name: chị Hà                      # optional
    language: vi                      # of the clips that name none
    licence: own recordings, all rights with the station
    source: studio of …, October 2026
    clips:
      - {text: kính chào quý khách, file: kinh-chao.wav}
      - {text: welcome, file: welcome.mp3, language: en}

``text`` is the spoken form; case and punctuation do not count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from announcer.errors import VoiceError, VoiceUnavailable
from announcer.voices.base import Voice, VoiceInfo
from announcer.voices.joining import crossfaded, levelled, resampled, trimmed
from announcer.voices.matching import Piece, Token, cover, tokens
from announcer.voices.speech import clean, require_language, rms
from audio.errors import DecodeError
from audio.pcm import Pcm, silence

INDEX = "clips.yaml"
PAUSES = {
    ",": 0.2,
    ";": 0.25,
    ":": 0.25,
    "–": 0.2,
    ".": 0.45,
    "!": 0.45,
    "?": 0.45,
    "…": 0.45,
}  # seconds after a mark

Words = tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """``clips`` per language: the words of a clip -> its file. ``problem`` is a sentence, or empty."""

    name: str = ""
    licence: str = "not stated"
    source: str = ""
    clips: dict[str, dict[Words, Path]] = field(default_factory=dict)
    digest: str = ""
    problem: str = ""


class RecordedVoice(Voice):
    """``fallbacks`` gives the voice per language that speaks the words without a clip."""

    def __init__(self, folder: Path, fallbacks: Mapping[str, Voice] | None = None) -> None:
        self._index = read_index(folder)
        self._fallbacks = dict(fallbacks or {})

    @property
    def info(self) -> VoiceInfo:
        index = self._index
        helpers = {f"{language}.fallback": voice.info.name for language, voice in self._fallbacks.items()}
        return VoiceInfo(
            name="recorded",
            engine=f"recorded clips of {index.name}" if index.name else "recorded clips",
            version=index.digest,
            languages=tuple(index.clips),
            licence=f"{index.licence} ({index.source})" if index.source else index.licence,
            offline=all(voice.info.offline for voice in self._fallbacks.values()),
            options={"clips": index.digest, **helpers},
        )

    def why_unavailable(self) -> str:
        return self._index.problem

    def speak(self, spoken: str, language: str, pace: float = 1.0) -> Pcm:
        words = tokens(clean(spoken))
        if reason := self.why_unavailable():
            raise VoiceUnavailable(reason)
        require_language(self.info, language)
        pieces = cover(words, self._index.clips[language])
        if not any(piece.clip for piece in pieces):
            raise VoiceError("No clip was recorded for any of these words.")
        return self._joined(pieces, self._sounds(pieces, language))

    def _sounds(self, pieces: list[Piece[Path]], language: str) -> list[Pcm]:
        """One sound per piece, all at the rate of the first clip; spoken ones as loud as the clips are on average."""
        clips = {piece.clip: trimmed(_read(piece.clip)) for piece in pieces if piece.clip}
        rate = next(iter(clips.values())).rate
        level = float(np.mean([rms(clip) for clip in clips.values()]))
        sounds = (
            clips[p.clip] if p.clip else levelled(self._filled(p.words, language), level) for p in pieces
        )
        return [resampled(sound, rate) for sound in sounds]

    def _filled(self, words: tuple[Token, ...], language: str) -> Pcm:
        text = " ".join(word.written for word in words)
        if language not in self._fallbacks:
            raise VoiceError(f"There is no clip for “{text}”, and no other voice to say it.")
        return trimmed(self._fallbacks[language].speak(text, language))

    def _joined(self, pieces: list[Piece[Path]], sounds: list[Pcm]) -> Pcm:
        """A pause where the text has a mark between two pieces, a cross-fade where it has none."""
        parts = sounds[:1]
        for (before, _), (_, sound) in pairwise(zip(pieces, sounds, strict=True)):
            if seconds := PAUSES.get(before.words[-1].mark, 0.0):
                parts.append(silence(seconds, sound.rate))
            parts.append(sound)
        return reduce(crossfaded, parts)


def read_index(folder: Path) -> Index:
    """The index of ``folder``; an Index with a ``problem`` if there is none or it is wrong."""
    path = folder / INDEX
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _index(data, folder)
    except OSError:
        return Index(problem=f"There are no recorded clips: {path.name} is missing.")
    except (VoiceError, yaml.YAMLError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Index(problem=f"{path.name} cannot be used: {error}")


def _index(data: dict[str, Any], folder: Path) -> Index:
    clips: dict[str, dict[Words, Path]] = {}
    for language, words, path in _entries(data, folder):
        clips.setdefault(language, {})[words] = path
    return Index(
        name=str(data.get("name", "")),
        licence=str(data.get("licence", "not stated")),
        source=str(data.get("source", "")),
        clips=clips,
        digest=_digest(clips),
        problem="" if clips else f"{INDEX} lists no clips.",
    )


def _entries(data: dict[str, Any], folder: Path) -> Iterator[tuple[str, Words, Path]]:
    """(language, words, file) of each clip. Raises ValueError with a sentence for a person."""
    for entry in data.get("clips") or []:
        path = (folder / entry["file"]).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise ValueError(f"{entry['file']} lies outside the clip folder.")
        if not path.is_file():
            raise ValueError(f"the file {entry['file']} is missing.")
        words = tuple(token.key for token in tokens(clean(str(entry["text"]))))
        yield str(entry.get("language") or data["language"]), words, path


def _digest(clips: dict[str, dict[Words, Path]]) -> str:
    """Changes when words, files or their contents change (by size and time)."""
    known = hashlib.sha256()
    for language, by_words in sorted(clips.items()):
        for words, path in sorted(by_words.items()):
            state = path.stat()
            known.update(repr((language, words, path.name, state.st_size, state.st_mtime_ns)).encode())
    return known.hexdigest()[:12]


def _read(path: Path) -> Pcm:
    from audio.clips import decode

    try:
        return decode(path)
    except (DecodeError, OSError) as error:
        raise VoiceError(f"The clip {path.name} cannot be read: {error}") from error

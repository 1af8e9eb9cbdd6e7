"""The sinks there are, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from audio.errors import SinkError
from audio.sinks.base import Sink
from audio.sinks.cards import MiniaudioCard, list_devices
from audio.sinks.folder import FolderSink
from audio.sinks.silent import SilentSink
from audio.sinks.speaker import SpeakerSink

MEGABYTE = 1_000_000


def _speaker(zone: str, home: Path, device: str = "", backend: str = "") -> Sink:
    return SpeakerSink(partial(MiniaudioCard, wanted=device, backend=backend))


def _folder(zone: str, home: Path, path: str = "folder", limit_mb: int = 2_000) -> Sink:
    return FolderSink(home / path, zone, limit_mb * MEGABYTE)


def _silent(zone: str, home: Path) -> Sink:
    return SilentSink()


@dataclass(frozen=True)
class Kind:
    """``make(zone, home, **options)`` builds the sink; ``options`` has one line of help for each option."""

    make: Callable[..., Sink]
    help: str
    options: Mapping[str, str]


SINKS: dict[str, Kind] = {
    "speaker": Kind(
        _speaker,
        "a sound card of this machine",
        {
            "device": "part of the card's name; empty: the system's default",
            "backend": "alsa, pulseaudio, jack, or null for none; empty: the first that works",
        },
    ),
    "folder": Kind(
        _folder,
        "WAV files in a folder",
        {
            "path": "the folder; a relative one lies in the station's home",
            "limit_mb": "megabytes that all zones together keep; older files go",
        },
    ),
    "silent": Kind(_silent, "nowhere", {}),
}


def make_sink(name: str, zone: str, home: Path, options: Mapping[str, Any] | None = None) -> Sink:
    """The sink called ``name`` for one zone. Raises SinkError for an unknown name or option."""
    kind = SINKS[_known(name, SINKS, "sink")]
    given = {
        _known(option, kind.options, f"option of the sink {name}"): value
        for option, value in (options or {}).items()
    }
    return kind.make(zone, home, **given)


def default_sink_name() -> str:
    """The loudspeaker if this machine has one, else files."""
    return "speaker" if list_devices() else "folder"


def _known(word: str, words: Mapping[str, Any], what: str) -> str:
    if word in words:
        return word
    close = get_close_matches(word, words, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(words) or 'none'}."
    raise SinkError(f"There is no {what} {word!r}; {hint}")

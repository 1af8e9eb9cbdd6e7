"""A script becomes sound: voices speak, mastering shapes, mixing joins, the cache keeps.

Runs in the preparation worker, a process of its own: it may use much memory and time, and its libraries may crash,
without a loudspeaker falling silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from announcer.errors import VoiceError
from announcer.script import Part, Script
from announcer.voices.registry import Voices
from audio.cache import SoundCache, sound_hash
from audio.chimes import chime
from audio.errors import AudioError
from audio.mastering.chain import master
from audio.mastering.profiles import profile
from audio.measure import lufs, true_peak_db
from audio.mixing import Part as Piece
from audio.mixing import assemble, programme, seconds
from audio.pcm import Block


@dataclass
class Rendered:
    """What is known of a finished sound; the fields of the table ``sounds`` that come from making it."""

    key: str
    seconds: float = 0.0
    lufs: float = 0.0
    true_peak_db: float = 0.0
    sha256: str = ""
    voices: dict[str, str] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)
    tried: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Room:
    """What rendering needs: the voices, the wished voice per language, the cache, and the longest sound in seconds."""

    voices: Voices
    wishes: Mapping[str, str]
    cache: SoundCache
    longest: float


def render(room: Room, script: Script, key: str) -> Rendered:
    """Make the script's sound and put it into the cache under ``key``.

    Raises VoiceError if no voice spoke or it is too long.
    """
    made = Rendered(key)
    speeches = [_speech(room, script, part, made) for part in script.parts]
    signal = None if script.chime == "none" else chime(script.chime)
    parts = _fitting(speeches, signal, script.repeats, room.longest)
    pcm = assemble(parts)
    made.seconds, made.sha256 = pcm.seconds, sound_hash(pcm.int16())
    room.cache.put(key, pcm, {"spoken": made.spoken, "voices": made.voices})
    # Saying it again makes it neither louder nor quieter, and measuring a long sound takes much memory.
    once = assemble(programme(speeches, signal)) if script.repeats > 1 else pcm
    del pcm
    made.lufs, made.true_peak_db = round(lufs(once), 2), round(true_peak_db(once), 2)
    return made


def _fitting(speeches: list[Block], signal: Block | None, repeats: int, longest: float) -> list[Piece]:
    """The programme, said as often as there is time for: better an emergency twice than not at all."""
    for times in range(repeats, 0, -1):
        parts = programme(speeches, signal, times=times)
        if seconds(parts) <= longest:
            return parts
    raise VoiceError(f"It takes {seconds(parts):.0f} s to say; at most {longest:.0f} s are aired.")


def _speech(room: Room, script: Script, part: Part, made: Rendered) -> Block:
    """One language, spoken and mastered."""
    wish = script.voice or room.wishes.get(part.language, "")
    spoken = room.voices.speak(part.phrases, part.language, wish or None)
    made.voices[part.language] = spoken.voice_name
    made.spoken[part.language] = part.spoken
    made.tried += [[name, reason] for name, reason in spoken.tried]
    try:
        return master(spoken.pcm, profile(script.mastering)).pcm.int16()
    except AudioError as error:
        raise VoiceError(
            f"The voice {spoken.voice_name} left a sound that cannot be used: {error}"
        ) from error

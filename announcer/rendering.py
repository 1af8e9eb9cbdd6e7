"""A script becomes sound: voices speak, mastering shapes, mixing joins, the cache keeps.

Runs in the preparation worker, a process of its own: it may use much memory and time, and its libraries may crash,
without a loudspeaker falling silent.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from announcer.errors import VoiceError
from announcer.readback.listening import Asked, read_back
from announcer.readback.verdict import Verdict, better
from announcer.recognisers.base import RecogniserError
from announcer.recognisers.registry import Recognisers
from announcer.script import Part, Script
from announcer.voices.registry import Voices
from audio.cache import SoundCache, sound_hash
from audio.chimes import chime
from audio.errors import AudioError
from audio.mastering.chain import master
from audio.mastering.profiles import Profile, profile
from audio.measure import lufs, true_peak_db
from audio.mixing import Part as Piece
from audio.mixing import assemble, programme, seconds
from audio.pcm import Block, Pcm
from audio.recordings import Recordings

log = logging.getLogger(__name__)

SLOWER = 0.9  # of its pace, at which a voice says again what was not understood
RECORDING = "recording"  # in the place of a voice's name, where a person's recording is heard
WORDLESS = "silent"  # the voice that says no words has none to be heard


@dataclass
class Rendered:
    """What is known of a finished sound; the fields of the table ``sounds`` that come from making it.

    ``readback`` has a verdict per language that was listened to, as data; it stays empty where nobody listened.
    """

    key: str
    seconds: float = 0.0
    lufs: float = 0.0
    true_peak_db: float = 0.0
    sha256: str = ""
    voices: dict[str, str] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)
    tried: list[list[str]] = field(default_factory=list)
    readback: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Room:
    """What rendering needs: the voices, the wished voice per language, the cache, the longest sound in seconds, who
    listens to what was made, and what people recorded.
    """

    voices: Voices
    wishes: Mapping[str, str]
    cache: SoundCache
    longest: float
    ears: Recognisers = field(default_factory=lambda: Recognisers(()))
    recordings: Recordings = field(default_factory=lambda: Recordings(Path()))

    def close(self) -> None:
        self.voices.close()
        self.ears.close()


@dataclass(frozen=True)
class Take:
    """One voice's attempt at a part: mastered, and what a recogniser thinks of it, if one listened."""

    voice: str
    block: Block
    verdict: Verdict | None


def render(room: Room, script: Script, key: str, listen: bool = True) -> Rendered:
    """Make the script's sound and put it into the cache under ``key``; ``listen`` False where there is no time for it, nor
    for a voice that takes seconds to speak.

    Raises VoiceError if no voice spoke or it is too long.
    """
    made = Rendered(key)
    speeches = [_speech(room, script, part, made, listen) for part in script.parts]
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


def _speech(room: Room, script: Script, part: Part, made: Rendered, listen: bool) -> Block:
    """One language, spoken, mastered and read back; where that leaves doubts, it is said again and the best take is aired."""
    if part.clip:
        made.voices[part.language] = RECORDING
        return _recorded(room, script, part.clip)
    wish = script.voice or room.wishes.get(part.language, "")
    best = _take(room, script, part, wish, made, listen)
    for name, slower in _again(room, script, part, best):
        if best.verdict is None or best.verdict.grade == "good":
            break
        best = _better(room, script, part, best, (name, slower), made)
    made.voices[part.language] = best.voice
    made.spoken[part.language] = part.spoken
    if best.verdict:
        made.readback[part.language] = best.verdict.to_data()
    return best.block


def _recorded(room: Room, script: Script, clip: str) -> Block:
    try:
        return master(room.recordings.get(clip), _manner(script)).pcm.int16()
    except AudioError as error:
        raise VoiceError(f"The recording cannot be used: {error}") from error


def _take(
    room: Room, script: Script, part: Part, wish: str, made: Rendered, listen: bool, slower: float = 1.0
) -> Take:
    how = _manner(script)
    pace = how.pace * slower
    hasty = not listen and not script.voice
    spoken = room.voices.speak(part.phrases, part.language, wish or None, how.pause_seconds, pace, hasty)
    made.tried += [[name, reason] for name, reason in spoken.tried]
    try:
        mastered = master(spoken.pcm, how).pcm
    except AudioError as error:
        raise VoiceError(
            f"The voice {spoken.voice_name} left a sound that cannot be used: {error}"
        ) from error
    heard = listen and spoken.voice_name != WORDLESS
    asked = Asked(part.phrases, part.language, pace, how.pause_seconds)
    verdict = _verdict(room, asked, spoken.pcm, mastered) if heard else None
    return Take(spoken.voice_name, mastered.int16(), verdict)


def _manner(script: Script) -> Profile:
    try:
        return profile(script.mastering)
    except AudioError as error:
        raise VoiceError(str(error)) from error


def _verdict(room: Room, asked: Asked, raw: Pcm, mastered: Pcm) -> Verdict | None:
    """None where nobody can listen: a recogniser that fails must not silence a voice."""
    recogniser = room.ears.find(asked.language)
    if recogniser is None:
        return None
    try:
        return read_back(recogniser, asked, raw, mastered)
    except RecogniserError as error:
        log.warning("Not read back: %s", error)
        return None


def _again(room: Room, script: Script, part: Part, first: Take) -> list[tuple[str, float]]:
    """How to say it again: the same voice slower (not one on the network), then the next voice. None replaces one that was
    asked for by name.
    """
    names = [voice.info.name for voice in room.voices.choose(part.language, first.voice)]
    others = [] if script.voice else [name for name in names if name != first.voice][:1]
    slower = [first.voice] if room.voices.get(first.voice).info.offline else []
    return [*((name, SLOWER) for name in slower), *((name, 1.0) for name in others)]


def _better(
    room: Room, script: Script, part: Part, best: Take, again: tuple[str, float], made: Rendered
) -> Take:
    """The better of ``best`` and what (voice, pace) makes of it; the other is kept on record as tried."""
    name, slower = again
    try:
        other = _take(room, script, part, name, made, True, slower)
    except VoiceError as error:
        made.tried.append([name, str(error)])
        return best
    if best.verdict is None or other.verdict is None:
        return best
    chosen, left = (best, other) if better(best.verdict, other.verdict) is best.verdict else (other, best)
    made.tried.append([left.voice, f"read back {_in_short(left.verdict)}"])
    return chosen


def _in_short(verdict: Verdict | None) -> str:
    return f"{verdict.grade} ({', '.join(verdict.reasons)})" if verdict else ""

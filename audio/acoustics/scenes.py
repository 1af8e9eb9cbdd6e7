"""Where an announcement is heard: a loudspeaker, a room and what goes on in it, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from audio.acoustics.noise import speech_level_db, with_noise
from audio.acoustics.rooms import heard_in, impulse_response
from audio.acoustics.speakers import SPEAKERS, through
from audio.pcm import Pcm


@dataclass(frozen=True)
class Scene:
    """``room`` and ``speaker`` by name, empty for none; ``noise`` lies ``snr_db`` below the speech at the ear."""

    name: str
    room: str = ""
    speaker: str = ""
    noise: Literal["", "babble", "traffic"] = ""
    snr_db: float = 0.0


SCENES = {
    scene.name: scene
    for scene in (
        Scene("clean"),
        Scene("hall", "hall", "ceiling"),
        Scene("hall_babble_10", "hall", "ceiling", "babble", 10),
        Scene("hall_babble_5", "hall", "ceiling", "babble", 5),
        Scene("hall_horn", "hall", "horn"),
        Scene("concourse_babble_10", "concourse", "ceiling", "babble", 10),
        Scene("waiting_room_babble_10", "waiting_room", "ceiling", "babble", 10),
        Scene("platform_traffic_5", "platform", "horn", "traffic", 5),
    )
}


def at_the_ear(pcm: Pcm, scene: Scene) -> Pcm:
    """The sound after loudspeaker and room, without noise."""
    if scene.speaker:
        pcm = through(pcm, SPEAKERS[scene.speaker])
    return heard_in(pcm, impulse_response(scene.room, pcm.rate)) if scene.room else pcm


def heard(pcm: Pcm, scene: Scene, noise: Pcm, reference: Pcm) -> Pcm:
    """The sound at the ear with the scene's noise.

    ``noise`` has RMS 1. Its level follows ``reference``, the speech before anybody worked on it: a crowd does not get
    louder because an announcement is mastered. Give ``pcm`` and ``reference`` at the same loudness.
    """
    arrived = at_the_ear(pcm, scene)
    if not scene.noise:
        return arrived
    return with_noise(arrived, noise, speech_level_db(at_the_ear(reference, scene)) - scene.snr_db)

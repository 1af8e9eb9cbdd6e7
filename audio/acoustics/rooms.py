"""Typical halls, and the way from a loudspeaker in them to a listener's ear.

Box-shaped rooms by the image-source method (Allen and Berkley 1979), as pyroomacoustics computes it. The figures of the
walls are chosen, not measured in any station of Hà Nội; a station's own room is measured by ``measuring``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from audio.pcm import Pcm, Samples

WALLS = ("east", "west", "north", "south", "floor", "ceiling")
SPEED_OF_SOUND = 343.0  # m/s
TAIL_DB = 65.0  # an impulse response ends when what follows lies this far below the whole
LOUDEST_TAIL = 10 ** (-TAIL_DB / 10)

Place = tuple[float, float, float]


@dataclass(frozen=True)
class Room:
    """``size`` in metres (x, y, z); the places of loudspeaker and ear; the share of energy that walls absorb, 0…1:
    ``absorption`` for all that ``other`` does not name. ``order`` is the number of reflections followed.
    """

    name: str
    size: Place
    speaker: Place
    ear: Place
    absorption: float
    other: Mapping[str, float] = field(default_factory=dict)
    order: int = 45

    @property
    def distance(self) -> float:
        """Metres from the loudspeaker to the ear."""
        return float(np.linalg.norm(np.subtract(self.speaker, self.ear)))


ROOMS = {
    room.name: room
    for room in (
        # The reference hall: absorption after Sabine for 1.5 s. In so flat a box its echo fades more slowly: T20 is 1.9 s.
        Room("hall", (40, 20, 8), (12, 10, 3.5), (14.82, 12.11, 1.6), 0.2685),
        Room("waiting_room", (15, 10, 4), (5, 4, 3.5), (6.5, 5.0, 1.2), 0.35),
        # Longer, higher and harder than the hall.
        Room("concourse", (80, 30, 10), (30, 15, 4.0), (33.9, 17.0, 1.6), 0.25),
        # A roofed platform: rails and sky on one long side and at both ends, a wall behind, a roof above.
        Room(
            "platform",
            (120, 12, 5),
            (50, 5, 4.0),
            (54.0, 7.0, 1.6),
            0.98,
            {"floor": 0.05, "ceiling": 0.3, "south": 0.1},
            order=20,
        ),
    )
}


@lru_cache(maxsize=16)
def impulse_response(name: str, rate: int) -> Samples:
    """From the loudspeaker of the room called ``name`` to the ear, float32; the direct sound has the gain 1.

    Begins with the direct sound: how long it took to come is nobody's concern here.
    """
    import pyroomacoustics

    room = ROOMS[name]
    walls = {wall: pyroomacoustics.Material(room.other.get(wall, room.absorption)) for wall in WALLS}
    box = pyroomacoustics.ShoeBox(room.size, fs=rate, materials=walls, max_order=room.order)
    box.add_source(room.speaker)
    box.add_microphone(room.ear)
    box.compute_rir()
    whole = np.asarray(box.rir[0][0], np.float64) * room.distance
    begin = int(np.argmax(np.abs(whole) > 0.1 * np.max(np.abs(whole))))
    response = whole[begin:]
    left = np.cumsum(np.square(response)[::-1])[::-1]
    return response[: int(np.searchsorted(-left, -left[0] * LOUDEST_TAIL))].astype(np.float32)


def heard_in(pcm: Pcm, response: Samples) -> Pcm:
    """The sound at the ear, as long as before plus its reverberation."""
    if len(pcm.samples) == 0:
        return pcm
    from scipy.signal import fftconvolve

    return Pcm(fftconvolve(pcm.samples, response).astype(np.float32), pcm.rate)

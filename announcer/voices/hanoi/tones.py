"""The six tones of Hà Nội as pitch: (place in the rhyme from 0 to 1, semitones from the speaker's middle).

Each syllable's pitch is set by us, for the network knows no tones. sắc must end high or it is not heard; nặng is told by
its creak more than by its fall: without it three of four were misheard.
"""

from __future__ import annotations

Contour = tuple[tuple[float, float], ...]

CONTOURS: dict[str, Contour] = {
    "ngang": ((0, 2), (1, 1.5)),
    "huyen": ((0, -2), (1, -5)),
    "sac": ((0, 2), (0.3, 2.7), (1, 8.5)),
    "hoi": ((0, -1), (0.5, -6.5), (0.6, -6.5), (1, 1)),
    "nga": ((0, -1), (0.4, -4), (0.5, -4), (1, 8)),
    "nang": ((0, 0), (0.4, -3), (1, -6)),
}
BEFORE_A_STOP: dict[str, Contour] = {"sac": ((0, 2), (1, 6)), "nang": ((0, -2), (1, -6))}

SCALE = 1.2  # all contours, larger than life
DECLINATION = 1.5  # semitones by which a phrase sinks from its first to its last frame
SMOOTHING_FRAMES = 5

CREAK_FROM = 0.4  # of the syllable from its vowel on
CREAK_ENERGY = -2.5
CREAK_PITCH = (0.8 * 0.38, 1.25 * 0.38)  # of frames in turn: halved and uneven, as a creaking voice is


def contour(tone: str, stopped: bool) -> Contour:
    return BEFORE_A_STOP[tone] if stopped else CONTOURS[tone]

"""The mouth and the nose as a filter: resonators one behind the other, evaluated over frequency.

A resonator is the digital one of D. H. Klatt, "Software for a cascade/parallel formant synthesizer" (1980): a pair of poles
at a frequency and with a bandwidth, of gain 1 at 0 Hz.
"""

from __future__ import annotations

from functools import reduce

import numpy as np
from numpy.typing import ArrayLike, NDArray

from announcer.voices.formant.sampling import Curves
from announcer.voices.formant.tracks import Curve

RATE = 16_000
SIZE = 1024  # samples of one response, 64 ms
HERTZ: Curve = np.linspace(0.0, RATE / 2, SIZE // 2 + 1, dtype=np.float64)
DELAY = np.exp(-2j * np.pi * HERTZ / RATE)  # of one sample

Response = NDArray[np.complex128]  # shape (n, SIZE // 2 + 1)

# Resonances that never move: Hz, bandwidth in Hz.
FIXED = ((4500, 300), (5500, 400), (6500, 500), (7400, 600))
NOSE = ((270, 60), (1050, 200), (2050, 250), (2900, 300), (3600, 350))
ZERO_WIDTH = 200.0  # Hz
NOSE_GAIN = 1.8
HIGHEST = 7900.0  # a resonance above would fold back
FAINT = 0.01


def resonator(hertz: ArrayLike, width: ArrayLike) -> Response:
    """The response of n resonators, ``hertz`` and ``width`` (Hz) being of shape (n,) or one number."""
    centre, bandwidth = np.atleast_1d(hertz).astype(float), np.atleast_1d(width).astype(float)
    radius = np.exp(-np.pi * bandwidth / RATE)
    first, second = 2 * radius * np.cos(2 * np.pi * centre / RATE), -(radius**2)
    response: Response = (1 - first - second)[:, None] / (
        1 - first[:, None] * DELAY - second[:, None] * DELAY**2
    )
    return response


def tract(curves: Curves, mouth: float, widened: float = 1.0) -> Response:
    """The response at each of the times of ``curves``; ``mouth`` scales all frequencies, ``widened`` all bandwidths."""
    fixed = _cascade([(hertz * mouth, width) for hertz, width in FIXED if hertz * mouth < HIGHEST])
    f1, f2, f3, f4 = curves.formants
    widths = (60 + 30 * curves.nose + 0.03 * f1, 80 + 0.02 * f2, 120 + 0.02 * f3, np.full_like(f4, 220.0))
    response = fixed * _cascade(
        [(hertz * mouth, width * widened) for hertz, width in zip((f1, f2, f3, f4), widths, strict=True)]
    )
    nasal = curves.nose > FAINT
    if nasal.any():
        share = curves.nose[nasal, None]
        nose = fixed * _cascade([(hertz * mouth, width) for hertz, width in NOSE])
        response[nasal] *= 1 - share
        response[nasal] += share * nose * _zero(curves.nose_zero[nasal] * mouth)
    return response


def _zero(hertz: Curve) -> Response:
    """What the closed mouth takes out at ``hertz``, and a pole above that keeps the level."""
    return NOSE_GAIN * resonator(hertz * 1.25, 400) / resonator(hertz, ZERO_WIDTH)


def _cascade(resonances: list[tuple[ArrayLike, ArrayLike]]) -> Response:
    return reduce(np.multiply, (resonator(hertz, width) for hertz, width in resonances))

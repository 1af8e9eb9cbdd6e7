"""Hold the true peak under a ceiling: the curve between the samples, which a loudspeaker follows, not only the samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audio.mastering.envelope import hop_peaks, let_go, look_ahead, reduce
from audio.measure import OVERSAMPLING, amplitude, oversampled, true_peak_db
from audio.pcm import Pcm, Samples

HOP = 24  # samples: half a millisecond at 48 kHz
LOOK_AHEAD_HOPS = 6  # 3 ms: the gain is down before the peak comes
RELEASE_DB_PER_SECOND = 120.0
QUIETEST = 1e-6


@dataclass(frozen=True)
class Peaks:
    """True peaks of a sound, the largest of every hop and its neighbours, shape (hops,). They scale with its gain."""

    values: Samples

    @classmethod
    def of(cls, pcm: Pcm) -> Peaks:
        peaks = np.pad(hop_peaks(oversampled(pcm.samples), HOP * OVERSAMPLING), 1)
        # A gain drawn between two hops also depends on the neighbour's, which must therefore know this peak.
        return cls(np.maximum(np.maximum(peaks[:-2], peaks[1:-1]), peaks[2:]))


def limit(pcm: Pcm, ceiling_db: float, peaks: Peaks | None = None) -> Pcm:
    """No true peak above ``ceiling_db`` (dBTP); what lies below sounds as before.

    ``peaks`` spares working them out again when the caller has them, scaled as ``pcm`` is.
    """
    if len(pcm.samples) == 0:
        return pcm
    known = (peaks or Peaks.of(pcm)).values.astype(np.float64)
    wanted = np.maximum(0.0, 20 * np.log10(np.maximum(known, QUIETEST)) - ceiling_db)
    if not wanted.any():
        return pcm
    smooth = look_ahead(let_go(wanted, RELEASE_DB_PER_SECOND * HOP / pcm.rate), LOOK_AHEAD_HOPS)
    return under(reduce(pcm, smooth, HOP), ceiling_db)


def under(pcm: Pcm, ceiling_db: float) -> Pcm:
    """Turn the whole sound down by the little it may still stand above the ceiling.

    A gain that moves bends the curve between samples by some hundredths of a decibel.
    """
    excess = true_peak_db(pcm) - ceiling_db
    return pcm if excess <= 0 else Pcm(pcm.samples * np.float32(amplitude(-excess - 0.001)), pcm.rate)

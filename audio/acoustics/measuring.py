"""A recording of the test signal becomes figures of the room, and what is wrong with the recording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audio.acoustics import sweep
from audio.acoustics.decay import rt60
from audio.acoustics.sti import NOISELESS_DB, OCTAVES, Values, in_octave, sti
from audio.errors import AudioError
from audio.measure import FLOOR_DB
from audio.pcm import Pcm, Samples

BEFORE_SECONDS = 0.005  # of the direct sound, whose first half lies before its peak
RESPONSE_SECONDS = 3.5
FLOOR_SECONDS = 0.5  # the end of the response, which is noise in any room a station has
FRAME_SECONDS = 0.05
ABOVE_FLOOR = 4.0  # 6 dB: below that the response is more noise than echo
STANDS_OUT = 20.0  # times the RMS: noise alone peaks at five to six
EDGE_SECONDS = 0.2  # of each part, left out

CLIPPED, CLIPPED_SAMPLES = 0.985, 50
SOFT_DB = -55.0
LITTLE_SNR_DB = 6.0
SPEECH_OCTAVES = (500, 1000, 2000, 4000)  # they carry the words
GAP_DB = 25.0


@dataclass(frozen=True)
class RoomMeasures:
    """``sti`` 0…1, indicative; ``rt60`` in seconds (NaN where noise hides the decay); ``level_db`` of the speech part and
    ``noise_db`` of the quiet, dB of full scale; ``snr_db`` per octave from 125 Hz to 8 kHz; ``faults``: sentences.
    """

    sti: float
    rt60: float
    level_db: float
    noise_db: float
    snr_db: tuple[float, ...]
    faults: tuple[str, ...]


def measure_room(recording: Pcm, signal: Pcm) -> RoomMeasures:
    """What ``recording`` tells of the way from loudspeaker to microphone when ``signal`` (``sweep.test_signal``) was played.

    The recording may begin earlier. Raises AudioError where the rates differ or the signal is not in it as a whole.
    """
    if recording.rate != signal.rate:
        raise AudioError(f"The recording has {recording.rate} Hz; the test signal has {signal.rate} Hz.")
    drawn = sweep.unswept(recording)
    began = _found(drawn) - sweep.SWEEP_AT
    quiet = _part(recording, began, sweep.QUIET_SECONDS)
    speech = _part(recording, began + sweep.SPEECH_AT, sweep.SPEECH_SECONDS)
    sent = _part(signal, sweep.SPEECH_AT, sweep.SPEECH_SECONDS)
    response = _response(drawn, began + sweep.SWEEP_AT)
    snr_db = tuple(_snr_db(speech, quiet, octave) for octave in OCTAVES)
    return RoomMeasures(
        sti(response, snr_db),
        rt60(response),
        _level_db(speech.samples),
        _level_db(quiet.samples),
        snr_db,
        tuple(_faults(recording, speech, sent, snr_db)),
    )


def _found(drawn: Pcm) -> float:
    """The second at which the sweep arrived."""
    strength = np.abs(drawn.samples)
    strongest = int(np.argmax(strength)) if len(strength) else 0
    seconds = strongest / drawn.rate
    whole = (
        sweep.SWEEP_AT - 1
        <= seconds
        <= drawn.seconds - (sweep.SPEECH_AT + sweep.SPEECH_SECONDS - sweep.SWEEP_AT)
    )
    if not whole or strength[strongest] < STANDS_OUT * float(np.sqrt(np.mean(np.square(strength)))):
        raise AudioError("The test signal is not in the recording, or not as a whole.")
    return seconds


def _part(pcm: Pcm, begin: float, seconds: float) -> Pcm:
    start, stop = max(begin, 0.0) + EDGE_SECONDS, begin + seconds - EDGE_SECONDS
    return Pcm(pcm.samples[round(start * pcm.rate) : round(stop * pcm.rate)], pcm.rate)


def _response(drawn: Pcm, arrived: float) -> Pcm:
    """From the direct sound to where the echo sinks into the noise: a tail of noise would pass for reverberation."""
    start = round((arrived - BEFORE_SECONDS) * drawn.rate)
    samples = drawn.samples[start : start + round(RESPONSE_SECONDS * drawn.rate)]
    frame = round(FRAME_SECONDS * drawn.rate)
    power = np.mean(np.square(samples[: len(samples) // frame * frame].reshape(-1, frame)), axis=1)
    floor = float(np.mean(power[-round(FLOOR_SECONDS / FRAME_SECONDS) :]))
    sunk = np.flatnonzero(power < ABOVE_FLOOR * floor)
    return Pcm(samples[: int(sunk[0]) * frame] if len(sunk) and sunk[0] else samples, drawn.rate)


def _snr_db(speech: Pcm, quiet: Pcm, octave: float) -> float:
    """How far speech stands above the noise that goes on under it, within ±``NOISELESS_DB``."""
    noise = _power(in_octave(quiet, octave))
    ratio = max(_power(in_octave(speech, octave)) - noise, 0.0) / max(noise, 1e-30)
    return float(np.clip(10 * np.log10(max(ratio, 1e-30)), -NOISELESS_DB, NOISELESS_DB))


def _faults(recording: Pcm, speech: Pcm, sent: Pcm, snr_db: tuple[float, ...]) -> list[str]:
    middle = [_level_db(in_octave(speech, o)) - _level_db(in_octave(sent, o)) for o in SPEECH_OCTAVES]
    checks = (
        (np.count_nonzero(np.abs(recording.samples) >= CLIPPED) > CLIPPED_SAMPLES, "The recording is clipped: turn the microphone down."),
        (_level_db(speech.samples) < SOFT_DB, "The recording is too soft: is the loudspeaker on, the microphone near enough?"),
        (min(snr for octave, snr in zip(OCTAVES, snr_db, strict=True) if octave in SPEECH_OCTAVES) < LITTLE_SNR_DB, "It is too noisy for an announcement to be understood, or the loudspeaker too soft."),
        (max(middle) - min(middle) > GAP_DB, "A part of the band is missing: look for a broken driver or a wrong connection."),
    )  # fmt: skip
    return [sentence for wrong, sentence in checks if wrong]


def _level_db(values: Values | Samples) -> float:
    return float(10 * np.log10(_power(values) + 10 ** (FLOOR_DB / 10)))


def _power(values: Values | Samples) -> float:
    return float(np.mean(np.square(values, dtype=np.float64))) if len(values) else 0.0

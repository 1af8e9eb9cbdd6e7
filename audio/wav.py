"""WAV files: our own are mono, 16 bit, 48 kHz; what others wrote is read at any rate, width and number of channels."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio.errors import DecodeError
from audio.files import written_whole
from audio.pcm import FULL_SCALE, RATE, Block, Pcm, Samples

HEADER_BYTES = 44
HEAD_BYTES = 64 * 1024  # enough to hold every chunk that tools put before the samples
INTEGER, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
UNKNOWN_LENGTH = (0, 0xFFFFFFFF)  # what programs write that stream a WAV through a pipe

Raw = NDArray[np.uint8]


@dataclass(frozen=True)
class Layout:
    """Where the samples lie: ``start`` and ``size`` in bytes, ``rate`` in Hz, ``bits`` per sample."""

    encoding: int
    channels: int
    rate: int
    bits: int
    start: int
    size: int

    @property
    def frames(self) -> int:
        return self.size // (self.channels * self.bits // 8)


def header(frames: int, rate: int = RATE) -> bytes:
    """The 44 bytes before ``frames`` mono 16-bit samples."""
    size = frames * 2
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, INTEGER, 1, rate, rate * 2, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE") + form + struct.pack("<4sI", b"data", size)


def write_wav(path: Path, pcm: Pcm) -> None:
    """Write ``pcm`` at its own rate; ``path`` appears complete or not at all. Raises OSError."""
    samples = pcm.int16()
    with written_whole(path) as file:
        file.write(header(len(samples), pcm.rate))
        file.write(samples.astype("<i2").tobytes())


def read_wav(source: Path | bytes) -> Pcm:
    """The sound of a WAV, channels averaged to one. Raises DecodeError, and OSError if a path cannot be read."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    layout = find_samples(data, len(data))
    convert = CONVERTERS.get((layout.encoding, layout.bits))
    if convert is None:
        raise DecodeError(
            f"This WAV uses an encoding we do not read (kind {layout.encoding}, {layout.bits} bits)."
        )
    raw = np.frombuffer(data, np.uint8, layout.frames * layout.channels * layout.bits // 8, layout.start)
    samples = convert(raw).reshape(layout.frames, layout.channels)
    mono = samples[:, 0] if layout.channels == 1 else samples.mean(axis=1, dtype=np.float32)
    return Pcm(np.nan_to_num(mono, nan=0.0, posinf=1.0, neginf=-1.0), layout.rate)


def open_blocks(path: Path) -> Block:
    """The samples of one of our own files, shape (n,), mapped and not loaded: pages come as they are played.

    Raises DecodeError unless the file is mono, 16 bit, 48 kHz and as long as it says.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            layout = find_samples(file.read(HEAD_BYTES), size)
    except OSError as error:
        raise DecodeError(f"{path.name} cannot be opened: {error.strerror or error}.") from error
    if (layout.encoding, layout.channels, layout.rate, layout.bits) != (INTEGER, 1, RATE, 16):
        raise DecodeError(f"{path.name} is {_words(layout)}; playout takes {RATE} Hz, mono, 16 bit.")
    if layout.frames == 0:
        return np.zeros(0, np.int16)  # an empty file cannot be mapped
    return np.memmap(path, "<i2", "r", layout.start, (layout.frames,))


def find_samples(head: bytes, file_size: int) -> Layout:
    """Read the chunks at the beginning of a WAV of ``file_size`` bytes. Raises DecodeError."""
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        raise DecodeError("This is not a WAV file.")
    position, form = 12, None
    while position + 8 <= len(head):
        name, size = struct.unpack_from("<4sI", head, position)
        body = position + 8
        if name == b"fmt ":
            form = _form(head[body : body + size])
        if name == b"data":
            return _layout(form, body, size, file_size)
        position = body + size + size % 2
    raise DecodeError("This WAV file ends before its sound begins.")


def _form(body: bytes) -> tuple[int, int, int, int]:
    """(encoding, channels, rate, bits) of a ``fmt`` chunk."""
    if len(body) < 16:
        raise DecodeError("This WAV file's header is broken.")
    encoding, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
    if encoding == EXTENSIBLE and len(body) >= 26:
        encoding = struct.unpack_from("<H", body, 24)[0]
    if not (1 <= channels <= 32 and 1_000 <= rate <= 768_000 and bits in (4, 8, 16, 24, 32, 64)):
        raise DecodeError("This WAV file's header is broken.")
    return encoding, channels, rate, bits


def _layout(form: tuple[int, int, int, int] | None, start: int, size: int, file_size: int) -> Layout:
    if form is None:
        raise DecodeError("This WAV file's header is broken.")
    there = file_size - start
    if size in UNKNOWN_LENGTH:
        size = there
    if size > there:
        raise DecodeError(
            f"This WAV file was cut short: it announces {size} bytes of sound and holds {there}."
        )
    return Layout(*form, start, size)


def _words(layout: Layout) -> str:
    return f"{layout.rate} Hz, {layout.channels} channel(s), {layout.bits} bit"


def _from_u8(raw: Raw) -> Samples:
    return (raw.astype(np.float32) - np.float32(128)) / np.float32(127)


def _from_i16(raw: Raw) -> Samples:
    return raw.view("<i2").astype(np.float32) / np.float32(FULL_SCALE)


def _from_i24(raw: Raw) -> Samples:
    """Three bytes become the upper three of four, so that the sign comes right by itself."""
    wide = np.zeros((len(raw) // 3, 4), np.uint8)
    wide[:, 1:] = raw.reshape(-1, 3)
    return _from_i32(wide.reshape(-1))


def _from_i32(raw: Raw) -> Samples:
    return (raw.view("<i4") / 2147483647).astype(np.float32)


def _from_f32(raw: Raw) -> Samples:
    return raw.view("<f4").astype(np.float32)


def _from_f64(raw: Raw) -> Samples:
    return raw.view("<f8").astype(np.float32)


CONVERTERS: dict[tuple[int, int], Callable[[Raw], Samples]] = {
    (INTEGER, 8): _from_u8,
    (INTEGER, 16): _from_i16,
    (INTEGER, 24): _from_i24,
    (INTEGER, 32): _from_i32,
    (FLOAT, 32): _from_f32,
    (FLOAT, 64): _from_f64,
}

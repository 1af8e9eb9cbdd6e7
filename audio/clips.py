"""Recordings that people bring become sound: WAV by ourselves, MP3, OGG, FLAC, M4A and WebM through ffmpeg.

What a file is, its first bytes say and not its name; ffmpeg is then held to that one format. Left to guess, it would
follow a playlist to other files or to the network.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from audio.errors import DecodeError
from audio.pcm import RATE, Pcm, from_int16
from audio.wav import CONVERTERS, find_samples, read_wav

MEGABYTE = 1_000_000
HEAD = 64
PATIENCE = 5  # times the processor time that it may take: the machine may be busy


@dataclass(frozen=True)
class Limits:
    """How large a clip may be; ``working_seconds`` is the processor time ffmpeg may take."""

    bytes: int = 50 * MEGABYTE
    seconds: float = 300.0
    working_seconds: int = 20


LIMITS = Limits()


@dataclass(frozen=True)
class Format:
    """``word`` for a person, ``demuxer`` for ffmpeg; ``begins`` recognises the first bytes."""

    word: str
    demuxer: str
    begins: Callable[[bytes], bool]


FORMATS = (
    Format("WAV", "wav", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WAVE"),
    Format("FLAC", "flac", lambda head: head[:4] == b"fLaC"),
    Format("OGG", "ogg", lambda head: head[:4] == b"OggS"),
    Format("M4A", "mp4", lambda head: head[4:8] == b"ftyp"),
    Format("MP3", "mp3", lambda head: head[:3] == b"ID3" or _is_mp3_frame(head)),
    Format("WebM", "matroska", lambda head: head[:4] == b"\x1aE\xdf\xa3"),  # what browsers record
)


def decode(source: Path | bytes, limits: Limits = LIMITS) -> Pcm:
    """The sound of a file or of its bytes, mono: of a WAV at its own rate, of others at 48 kHz.

    Raises DecodeError with a sentence.
    """
    data = _bytes(source, limits)
    kind = recognise(data[:HEAD])
    pcm = read_wav(data) if _is_plain_wav(kind, data) else _through_ffmpeg(data, kind, limits)
    if len(pcm.samples) == 0:
        raise DecodeError("There is no sound in this file.")
    if pcm.seconds > limits.seconds:
        raise DecodeError(f"The sound is longer than {limits.seconds:g} seconds.")
    return pcm


def recognise(head: bytes) -> Format:
    """The format whose first bytes these are. Raises DecodeError."""
    for kind in FORMATS:
        if kind.begins(head):
            return kind
    raise DecodeError(f"This is not sound we can read; we read {', '.join(kind.word for kind in FORMATS)}.")


def _bytes(source: Path | bytes, limits: Limits) -> bytes:
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > limits.bytes:
            raise DecodeError(f"The file is larger than {limits.bytes / MEGABYTE:g} MB.")
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise DecodeError(f"The file cannot be read: {error.strerror or error}.") from error
    if not data:
        raise DecodeError("The file is empty.")
    return data


def _is_mp3_frame(head: bytes) -> bool:
    """Eleven set bits, then a layer that is not 0: with layer 0 it would be bare AAC."""
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 != 0


def _is_plain_wav(kind: Format, data: bytes) -> bool:
    if kind.word != "WAV":
        return False
    layout = find_samples(data, len(data))
    return (layout.encoding, layout.bits) in CONVERTERS


def _through_ffmpeg(data: bytes, kind: Format, limits: Limits) -> Pcm:
    """Decode over a temporary file: M4A needs one it can seek in.

    A small file may hold hours, eight channels or a very high rate: ffmpeg stops at the limit and gives one channel of
    48 kHz, so that no more than that ever comes out.
    """
    with NamedTemporaryFile(suffix=f".{kind.demuxer}") as file:
        file.write(data)
        file.flush()
        take = ["-f", kind.demuxer, "-i", file.name, "-vn"]
        give = [
            "-t",
            str(limits.seconds + 1),
            "-ac",
            "1",
            "-ar",
            str(RATE),
            "-f",
            "s16le",
            "-",
        ]  # 1: to see it is too long
        limit = ["-timelimit", str(limits.working_seconds)]
        command = [_ffmpeg(), "-nostdin", "-v", "error", *limit, *take, *give]
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=PATIENCE * limits.working_seconds, check=True
            )
        except subprocess.SubprocessError as error:
            raise DecodeError(f"This {kind.word} file is broken or is not {kind.word}.") from error
    return from_int16(np.frombuffer(done.stdout, "<i2"))


def _ffmpeg() -> str:
    """The program that came with our dependencies."""
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise DecodeError("ffmpeg is missing, so only WAV can be read.") from error

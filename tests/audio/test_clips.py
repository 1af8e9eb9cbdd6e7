import struct
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from audio.clips import FORMATS, Limits, decode, recognise
from audio.errors import DecodeError
from audio.measure import lufs
from audio.wav import write_wav

BOTH = "pan=stereo|c0=c0|c1=c0"  # at full level; ffmpeg of itself would take 3 dB away
ENCODINGS = {
    "mp3": ["-c:a", "libmp3lame", "-b:a", "128k"],
    "ogg": ["-c:a", "libvorbis", "-q:a", "6"],
    "opus.ogg": ["-c:a", "libopus", "-b:a", "96k"],
    "flac": ["-c:a", "flac"],
    "m4a": ["-c:a", "aac", "-b:a", "128k"],
    "alac.m4a": ["-c:a", "alac"],
    "ulaw.wav": ["-c:a", "pcm_mulaw"],
}


@pytest.fixture
def encoded(tmp_path, tone):
    """encoded(ending, seconds, *more) -> a file of a 1 kHz tone, stereo at 44.1 kHz"""

    def encode(ending, seconds=1.0, *more):
        source, target = tmp_path / "source.wav", tmp_path / f"clip.{ending}"
        write_wav(source, tone(1000, seconds, 44_100))
        arguments = ["-y", "-v", "error", "-i", source, "-af", BOTH, *ENCODINGS[ending], *more, target]
        subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *map(str, arguments)], check=True)
        return target

    return encode


@pytest.mark.parametrize("ending", ENCODINGS)
def test_a_clip_of_every_format_is_heard_as_it_was(encoded, tone, ending):
    sound = decode(encoded(ending))
    assert sound.seconds == pytest.approx(1.0, abs=0.1)
    assert sound.samples.ndim == 1
    assert lufs(sound) == pytest.approx(lufs(tone(1000, 1.0, 44_100)), abs=0.5)
    spectrum = np.abs(np.fft.rfft(sound.samples * np.hanning(len(sound.samples))))
    assert np.argmax(spectrum) * sound.rate / len(sound.samples) == pytest.approx(1000, abs=5)


@pytest.mark.parametrize("ending", ["mp3", "m4a"])
def test_bytes_are_read_like_the_file(encoded, ending):
    path = encoded(ending)
    assert np.array_equal(decode(path.read_bytes()).samples, decode(path).samples)


def test_the_content_counts_and_not_the_name(encoded):
    path = encoded("mp3")
    assert decode(path.rename(path.with_suffix(".wav"))).seconds > 0.9


def test_plain_wav_needs_no_ffmpeg(tmp_path, tone, monkeypatch):
    monkeypatch.setattr("audio.clips._ffmpeg", lambda: pytest.fail("ffmpeg was asked"))
    write_wav(tmp_path / "a.wav", tone(seconds=0.2))
    assert decode(tmp_path / "a.wav").seconds == pytest.approx(0.2)


def test_nobody_reads_a_warning_about_ffmpeg(encoded):
    code = f"from audio.clips import decode; from pathlib import Path; decode(Path({str(encoded('mp3'))!r}))"
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", code], capture_output=True, text=True, env={"PATH": ""}
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("ending", ENCODINGS)
def test_a_file_with_its_middle_and_end_gone_is_refused_or_shorter(encoded, ending):
    data = encoded(ending).read_bytes()
    try:
        sound = decode(data[: len(data) // 2])
    except DecodeError as error:
        assert str(error).endswith(".")
    else:
        assert sound.seconds < 0.9


@pytest.mark.parametrize(
    "head", [b"ID3\x04", b"\xff\xfb\x90\x00", b"fLaC", b"OggS", b"\0\0\0\x20ftypM4A ", b"RIFF\0\0\0\0WAVE"]
)
def test_garbage_behind_good_first_bytes_is_refused(head):
    with pytest.raises(DecodeError, match=r"\.$"):
        decode(head + b"\x5a" * 3000)


@pytest.mark.parametrize(
    "data", [b"hello, this is text", b"#EXTM3U\nhttp://example.org/a.mp3\n", b"%PDF-1.7", b"\0" * 500]
)
def test_what_is_not_sound_is_refused_before_ffmpeg_sees_it(data, monkeypatch):
    monkeypatch.setattr("audio.clips._ffmpeg", lambda: pytest.fail("ffmpeg was asked"))
    with pytest.raises(DecodeError, match="we read WAV, FLAC, OGG, M4A, MP3"):
        decode(data)


def test_bare_aac_is_not_taken_for_mp3():
    with pytest.raises(DecodeError):
        recognise(b"\xff\xf1\x50\x80")


def test_an_empty_file_and_a_missing_file_each_get_their_sentence(tmp_path):
    with pytest.raises(DecodeError, match=r"The file is empty\."):
        decode(b"")
    with pytest.raises(DecodeError, match=r"The file cannot be read: No such file"):
        decode(tmp_path / "missing.mp3")


def test_a_wav_without_any_sample_is_refused(tmp_path, tone):
    write_wav(tmp_path / "a.wav", tone(seconds=0))
    with pytest.raises(DecodeError, match="no sound in this file"):
        decode(tmp_path / "a.wav")


@pytest.mark.parametrize("ending", ["mp3", "flac"])
def test_too_long_a_clip_is_refused(encoded, ending):
    with pytest.raises(DecodeError, match="longer than 2 seconds"):
        decode(encoded(ending, 5.0), Limits(seconds=2))


def test_too_large_a_file_is_not_even_read(tmp_path, monkeypatch):
    path = tmp_path / "large.wav"
    path.write_bytes(b"RIFF" + bytes(2000))
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read"))
    with pytest.raises(DecodeError, match=r"larger than 0\.001 MB"):
        decode(path, Limits(bytes=1000))


def test_a_missing_ffmpeg_is_told(monkeypatch, encoded):
    def missing():
        raise RuntimeError("no ffmpeg")

    data = encoded("mp3").read_bytes()
    monkeypatch.setattr("imageio_ffmpeg.get_ffmpeg_exe", missing)
    with pytest.raises(DecodeError, match="ffmpeg is missing, so only WAV can be read"):
        decode(data)


def test_every_format_is_known_by_its_first_bytes():
    assert recognise(b"RIFF" + struct.pack("<I", 0) + b"WAVE").word == "WAV"
    assert len({kind.word for kind in FORMATS}) == len(FORMATS)

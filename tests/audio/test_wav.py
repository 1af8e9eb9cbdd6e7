import struct
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from audio.errors import DecodeError
from audio.pcm import RATE, Pcm, from_int16
from audio.wav import header, open_blocks, read_wav, write_wav

ANY_SAMPLES = arrays(np.int16, st.integers(0, 3000), elements=st.integers(-32767, 32767))


def wav_of(encoding, channels, rate, bits, body):
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, encoding, channels, rate, 0, channels * bits // 8, bits)
    data = struct.pack("<4sI", b"data", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(form) + len(data)) + b"WAVE" + form + data


@given(ANY_SAMPLES, st.sampled_from([8_000, 22_050, 44_100, 48_000]))
def test_what_was_written_is_read_again_unchanged(tmp_path_factory, samples, rate):
    path = tmp_path_factory.mktemp("wav") / "sound.wav"
    write_wav(path, from_int16(samples, rate))
    sound = read_wav(path)
    assert sound.rate == rate
    assert np.array_equal(sound.int16(), samples)


@given(ANY_SAMPLES)
def test_mapped_samples_are_the_written_ones(tmp_path_factory, samples):
    path = tmp_path_factory.mktemp("wav") / "sound.wav"
    write_wav(path, from_int16(samples))
    assert np.array_equal(open_blocks(path), samples)


def test_other_programs_can_read_our_files(tmp_path, tone):
    write_wav(tmp_path / "a.wav", tone(seconds=0.5))
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        assert file.getnframes() == RATE // 2


def test_no_temporary_file_stays(tmp_path, tone):
    write_wav(tmp_path / "a.wav", tone(seconds=0.1))
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


def test_a_file_that_could_not_be_written_leaves_the_old_one(tmp_path, tone):
    write_wav(tmp_path / "a.wav", tone(seconds=0.1))
    before = (tmp_path / "a.wav").read_bytes()
    with pytest.raises(ValueError, match="NaN"):
        write_wav(tmp_path / "a.wav", Refusing(tone(seconds=0.1).samples))
    assert (tmp_path / "a.wav").read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


class Refusing(Pcm):
    def int16(self):
        return RefusingSamples()


class RefusingSamples:
    def __len__(self):
        return 1

    def astype(self, _):
        raise ValueError("NaN")


@pytest.mark.parametrize(
    ("encoding", "bits", "body"),
    [
        (1, 8, bytes([128, 255, 1, 128])),
        (1, 16, struct.pack("<4h", 0, 32767, -32767, 0)),
        (
            1,
            24,
            bytes(3)
            + (8388607).to_bytes(3, "little")
            + (-8388607).to_bytes(3, "little", signed=True)
            + bytes(3),
        ),
        (1, 32, struct.pack("<4i", 0, 2147483647, -2147483647, 0)),
        (3, 32, struct.pack("<4f", 0, 1, -1, 0)),
        (3, 64, struct.pack("<4d", 0, 1, -1, 0)),
    ],
)
def test_every_plain_encoding_gives_the_same_sound(encoding, bits, body):
    sound = read_wav(wav_of(encoding, 1, 16_000, bits, body))
    assert sound.rate == 16_000
    assert sound.samples.dtype == np.float32
    assert np.allclose(sound.samples, [0, 1, -1, 0], atol=1e-6)


def test_two_channels_become_their_average():
    sound = read_wav(wav_of(1, 2, RATE, 16, struct.pack("<4h", 1000, 3000, -1000, 1000)))
    assert sound.int16().tolist() == [2000, 0]


def test_samples_that_are_not_numbers_become_silence_or_full_scale():
    sound = read_wav(wav_of(3, 1, RATE, 32, struct.pack("<3f", float("nan"), float("inf"), float("-inf"))))
    assert sound.samples.tolist() == [0, 1, -1]


def test_chunks_before_the_sound_are_passed_over():
    plain = wav_of(1, 1, RATE, 16, struct.pack("<2h", 5, 6))
    odd = plain[:12] + b"LIST" + struct.pack("<I", 3) + b"abc\0" + plain[12:]
    assert read_wav(odd).int16().tolist() == [5, 6]


def test_a_length_left_open_by_a_pipe_means_the_rest_of_the_file():
    body = struct.pack("<3h", 1, 2, 3)
    streamed = header(0)[:-4] + b"\xff\xff\xff\xff" + body
    assert read_wav(streamed).int16().tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"RIFF",
        b"not sound at all, but text",
        header(100),
        header(0)[:30],
        b"RIFF\0\0\0\0WAVEdata\0\0\0\0",
    ],
)
def test_a_broken_file_is_refused_with_a_sentence(broken):
    with pytest.raises(DecodeError, match=r"WAV.*\.$"):
        read_wav(broken)


@pytest.mark.parametrize(
    "data",
    [wav_of(1, 1, 44_100, 16, b"\0\0"), wav_of(1, 2, RATE, 16, bytes(4)), wav_of(3, 1, RATE, 32, bytes(4))],
)
def test_playout_takes_only_our_own_kind(tmp_path, data):
    (tmp_path / "other.wav").write_bytes(data)
    with pytest.raises(DecodeError, match="playout takes 48000 Hz, mono, 16 bit"):
        open_blocks(tmp_path / "other.wav")


def test_playout_refuses_a_file_that_was_cut_short_or_is_not_there(tmp_path):
    (tmp_path / "short.wav").write_bytes(header(100) + bytes(50))
    with pytest.raises(DecodeError, match="cut short"):
        open_blocks(tmp_path / "short.wav")
    with pytest.raises(DecodeError, match="cannot be opened"):
        open_blocks(tmp_path / "missing.wav")

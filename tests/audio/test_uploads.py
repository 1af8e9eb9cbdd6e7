"""What people send us: taken at one level and rate, or refused with its reason."""

import subprocess

import imageio_ffmpeg
import numpy as np
import pytest

from audio import clips
from audio.clips import Limits, decode
from audio.pcm import RATE, Pcm, silence
from audio.uploads import Refused, take
from audio.wav import write_wav


@pytest.fixture
def wav(tmp_path):
    """wav(pcm) -> the bytes of a WAV"""

    def write(pcm):
        write_wav(tmp_path / "a.wav", pcm)
        return (tmp_path / "a.wav").read_bytes()

    return write


def made_by_ffmpeg(target, *arguments):
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *map(str, arguments), target], check=True)
    return target.read_bytes()


def refusal(data, seconds=60.0, most=20_000_000):
    with pytest.raises(Refused) as refused:
        take(data, seconds, most)
    assert str(refused.value).endswith(".")
    return refused.value.code


@pytest.mark.parametrize(
    "ending, codec", [("webm", "libopus"), ("ogg", "libopus"), ("m4a", "aac"), ("mp3", "libmp3lame")]
)
def test_what_browsers_and_telephones_record_is_taken(tmp_path, speech, ending, codec):
    write_wav(tmp_path / "a.wav", speech(2.0))
    sound = take(made_by_ffmpeg(tmp_path / f"a.{ending}", "-i", tmp_path / "a.wav", "-c:a", codec), 60)
    assert sound.rate == RATE
    assert sound.seconds == pytest.approx(2.0, abs=0.3)


@pytest.mark.parametrize("peak", [0.02, 0.3, 0.99])
@pytest.mark.parametrize("rate", [8000, 44_100, RATE])
def test_soft_and_loud_recordings_of_any_usual_rate_come_to_one_level(wav, speech, peak, rate):
    sound = take(wav(speech(2.0, rate, peak=peak)), 60)
    assert sound.rate == RATE
    assert np.max(np.abs(sound.samples)) == pytest.approx(0.89, abs=0.01)


def test_silence_before_and_after_the_words_is_cut(wav, speech):
    words = speech(2.0).samples
    nothing = np.zeros(2 * RATE, np.float32)
    assert take(wav(Pcm(np.concatenate([nothing, words, nothing]))), 60).seconds < 2.5


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "unknown"),
        (b"hello, this is text", "unknown"),
        (b"RIFF\0\0\0\0WAVE" + b"\x5a" * 99, "broken"),
        (b"\x1aE\xdf\xa3" + b"\x5a" * 999, "broken"),
    ],
)
def test_what_is_no_sound_is_refused(data, code):
    assert refusal(data) == code


def test_silence_and_a_click_are_refused(wav):
    assert refusal(wav(silence(3.0))) == "silent"
    click = silence(3.0).samples.copy()
    click[RATE : RATE + 50] = 0.9
    assert refusal(wav(Pcm(click))) == "silent"
    assert refusal(wav(silence(0.0))) == "broken"


def test_what_is_too_long_or_too_large_is_refused(wav, speech):
    data = wav(speech(3.0))
    assert refusal(data, seconds=2) == "long"
    assert refusal(data, most=1000) == "large"
    assert take(data, 3.0)


def test_a_rate_that_nobody_records_at_is_refused(wav, speech):
    assert refusal(wav(speech(1.0, 47_999))) == "broken"


def test_a_small_file_that_holds_hours_is_stopped_while_it_is_decoded(tmp_path):
    quiet = ["-f", "lavfi", "-i", "anullsrc=r=96000:cl=7.1", "-t", "1000"]
    data = made_by_ffmpeg(tmp_path / "bomb.flac", *quiet)
    assert len(data) < 5_000_000  # of 1.5 GB of samples
    kind = clips.recognise(data[:64])
    sound = clips._through_ffmpeg(data, kind, Limits(seconds=2))
    assert (sound.rate, sound.seconds) == (RATE, pytest.approx(3.0, abs=0.1))
    assert refusal(data) == "long"


def test_a_clip_of_many_channels_is_one_channel(tmp_path):
    data = made_by_ffmpeg(tmp_path / "a.flac", "-f", "lavfi", "-i", "sine=r=96000", "-t", "1", "-ac", "8")
    assert decode(data).rate == RATE

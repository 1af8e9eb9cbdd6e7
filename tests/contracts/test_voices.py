"""The same tests on every voice. Those that are installed really speak; nobody uses the network."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from announcer.errors import VoiceError
from announcer.voices.base import Voice
from announcer.voices.espeak import EspeakVoice
from announcer.voices.estimate import estimate_seconds
from announcer.voices.formant.voice import FormantVoice
from announcer.voices.google import GoogleVoice, Limits, Request
from announcer.voices.hanoi.voice import HanoiVoice
from announcer.voices.piper import joe
from announcer.voices.recorded import RecordedVoice
from announcer.voices.silent import SilentVoice
from announcer.voices.speech import rms
from audio.wav import header, write_wav

SENTENCES = {
    "vi": "Kính chào quý khách, đoàn tàu sắp vào ga Cát Linh, xin đứng sau vạch vàng.",
    "en": "Welcome, the train to Cat Linh is arriving, please stand behind the yellow line.",
}

ONE_PACE = ("google", "recorded")


def recorded(folder: Path) -> Voice:
    for name, words in {"chao": "kính chào quý khách", "vach": "xin đứng sau vạch vàng"}.items():
        write_wav(folder / f"{name}.wav", SilentVoice().speak(words, "vi"))
    (folder / "clips.yaml").write_text(
        "licence: made by the test\nlanguage: vi\nclips:\n"
        "  - {text: kính chào quý khách, file: chao.wav}\n"
        "  - {text: 'Xin đứng sau vạch vàng.', file: vach.wav}\n",
        encoding="utf-8",
    )
    return RecordedVoice(folder, {"vi": SilentVoice()})


def google(folder: Path) -> Voice:
    """Answers come from the silent voice, as a WAV, which the decoder knows by its first bytes."""

    def fetch(request: Request) -> bytes:
        pcm = SilentVoice().speak(request.text, request.language)
        return header(len(pcm.samples), pcm.rate) + pcm.int16().tobytes()

    return GoogleVoice(folder, enabled=True, fetch=fetch, limits=Limits(interval_seconds=0.0))


VOICES: dict[str, Callable[[Path], Voice]] = {
    "espeak": lambda folder: EspeakVoice(),
    "formant": lambda folder: FormantVoice(),
    "google": google,
    "hanoi": lambda folder: HanoiVoice(),
    "piper": lambda folder: joe(),
    "recorded": recorded,
    "silent": lambda folder: SilentVoice(),
}


@pytest.fixture(scope="module", params=sorted(VOICES))
def voice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voice]:
    voice = VOICES[request.param](tmp_path_factory.mktemp(request.param))
    yield voice
    if close := getattr(voice, "close", None):
        close()


@pytest.fixture
def language(voice: Voice) -> str:
    return voice.info.languages[0]


def test_it_describes_itself(voice: Voice) -> None:
    info = voice.info
    assert all([info.name, info.engine, info.version, info.licence])
    assert set(info.languages) & set(SENTENCES)
    assert all(isinstance(value, str | int | float) for value in info.options.values())


def test_it_can_speak_on_this_machine(voice: Voice) -> None:
    assert voice.why_unavailable() == ""


def test_it_speaks_audibly_for_as_long_as_the_words_take(voice: Voice, language: str) -> None:
    pcm = voice.speak(SENTENCES[language], language)
    assert pcm.samples.dtype == np.float32
    assert pcm.samples.ndim == 1
    assert 0.005 < rms(pcm) < 1.0
    assert np.max(np.abs(pcm.samples)) <= 1.0
    expected = estimate_seconds(SENTENCES[language], language)
    assert 0.5 * expected < pcm.seconds < 2 * expected


def test_the_same_words_take_the_same_time(voice: Voice, language: str) -> None:
    first, second = (voice.speak(SENTENCES[language], language) for _ in range(2))
    assert (len(first.samples), first.rate) == (len(second.samples), second.rate)


def test_at_the_pace_one_it_speaks_as_it_does(voice: Voice, language: str) -> None:
    first, second = (voice.speak(SENTENCES[language], language, *pace) for pace in ((), (1.0,)))
    assert len(first.samples) == len(second.samples)


def test_a_lower_pace_is_slower_but_for_those_that_have_only_one(voice: Voice, language: str) -> None:
    usual, slow = (voice.speak(SENTENCES[language], language, pace).seconds for pace in (1.0, 0.7))
    assert (1.15 * usual < slow < 1.6 * usual) is (voice.info.name not in ONE_PACE)
    assert slow >= usual


def test_composed_and_decomposed_letters_are_the_same_words(voice: Voice, language: str) -> None:
    lengths = [
        len(voice.speak(unicodedata.normalize(form, SENTENCES[language]), language).samples)
        for form in ("NFC", "NFD")
    ]
    assert lengths[0] == lengths[1]


def test_a_long_text_is_spoken_to_its_end(voice: Voice, language: str) -> None:
    one = voice.speak(SENTENCES[language], language).seconds
    eight = voice.speak(" ".join([SENTENCES[language]] * 8), language).seconds
    assert 6 * one < eight < 11 * one


def test_a_language_it_does_not_speak_is_refused(voice: Voice) -> None:
    with pytest.raises(VoiceError, match="does not speak"):
        voice.speak("saluton", "xx")


@pytest.mark.parametrize("nothing", ["", "  \n", "… !", "\u200b"])
def test_no_words_are_refused(voice: Voice, language: str, nothing: str) -> None:
    with pytest.raises(VoiceError, match="no words"):
        voice.speak(nothing, language)


def test_an_endless_text_is_refused(voice: Voice, language: str) -> None:
    with pytest.raises(VoiceError, match="longer than"):
        voice.speak("một " * 5000, language)

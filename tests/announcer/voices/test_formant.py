"""The formant voice says every Vietnamese syllable, each tone as it goes, and the same words always the same way."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from announcer.errors import VoiceError
from announcer.phonology.inventory import syllables
from announcer.phonology.syllables import CODAS, INITIALS, NUCLEI, TONES, Syllable, analyse
from announcer.phonology.words import Unit, utterance
from announcer.voices.formant import FormantVoice
from announcer.voices.formant import initials as begins
from announcer.voices.formant.manner import Manner
from announcer.voices.formant.planning import Plan, plan
from announcer.voices.formant.rendering import render
from announcer.voices.formant.sounds import CONTOURS
from announcer.voices.formant.tracks import Track
from announcer.voices.speech import rms
from audio.pcm import Pcm

SENTENCE = "đoàn tàu sắp vào ga, xin đứng sau vạch vàng"
RISING, FALLING = ("sắc", "ngã"), ("huyền", "hỏi", "nặng")
MA = {"ngang": "ma", "huyền": "mà", "sắc": "má", "hỏi": "mả", "ngã": "mã", "nặng": "mạ"}


def planned(text: str) -> Plan:
    return plan(utterance(text))


def pitch(text: str, syllable: int = 0) -> np.ndarray:
    """Of the syllable's voiced part, in semitones, 50 values from its beginning to its end."""
    made = planned(text)
    start, end = made.spans[syllable]
    times = np.linspace(start, end, 200)
    voiced = times[made.tracks.voice.at(times) > -20]
    return made.tracks.pitch.at(np.linspace(voiced[0], end, 50))


def loudness(pcm: Pcm, start: float, end: float) -> float:
    return rms(Pcm(pcm.samples[int(start * pcm.rate) : int(end * pcm.rate)], pcm.rate))


def every_body() -> list[Syllable]:
    """Each initial, medial, nucleus and coda that is spelt, with the first of its tones."""
    found: dict[tuple[str, bool, str, str], Syllable] = {}
    for word in syllables():
        syllable = analyse(word)
        found.setdefault((syllable.initial, syllable.medial, syllable.nucleus, syllable.coda), syllable)
    return list(found.values())


@pytest.fixture(scope="module")
def sample_of_all() -> list[Syllable]:
    """At least one of each initial and each rhyme, some 150."""
    bodies = every_body()
    rhymes = list(dict.fromkeys((body.medial, body.nucleus, body.coda) for body in bodies))
    chosen = []
    for rhyme, initial in zip(rhymes, itertools.cycle(INITIALS), strict=False):
        fitting = [body for body in bodies if (body.medial, body.nucleus, body.coda) == rhyme]
        chosen.append(next((body for body in fitting if body.initial == initial), fitting[0]))
    return chosen


def test_every_vietnamese_syllable_is_planned() -> None:
    for word in syllables():
        made = plan([Unit(analyse(word), word)])
        (start, end) = made.spans[0]
        assert 0.1 < end - start < 0.9, word
        tracks = [*made.tracks.formants, made.tracks.pitch, made.tracks.voice]
        assert np.isfinite([value for track in tracks for value in track.values]).all(), word
        assert max(made.tracks.voice.values) > -3, word


def test_every_initial_nucleus_coda_and_tone_has_a_plan_even_where_no_spelling_joins_them() -> None:
    for initial, nucleus, coda, medial in itertools.product(INITIALS, NUCLEI, CODAS, (False, True)):
        for tone in ("sac", "nang") if coda in ("p", "t", "k", "ch") else TONES[:1]:
            made = plan([Unit(Syllable(initial, medial, nucleus, coda, tone), "")])
            assert made.seconds > made.spans[0][1]


def test_the_sample_has_every_initial_and_rhyme(sample_of_all: list[Syllable]) -> None:
    assert {syllable.initial for syllable in sample_of_all} == set(INITIALS)
    assert {syllable.coda for syllable in sample_of_all} == set(CODAS)
    assert {syllable.nucleus for syllable in sample_of_all} == set(NUCLEI)
    assert 120 < len(sample_of_all) < 200


def test_a_sample_of_all_syllables_is_heard_alone(sample_of_all: list[Syllable]) -> None:
    for syllable in sample_of_all:
        pcm = render(plan([Unit(syllable, "")]), Manner())
        assert np.isfinite(pcm.samples).all(), syllable
        assert rms(pcm) > 0.01, syllable
        assert np.abs(pcm.samples).max() <= 1.0, syllable


def test_the_same_words_give_the_same_samples() -> None:
    first, second = (FormantVoice().speak(SENTENCE, "vi").samples for _ in range(2))
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize("tone", RISING)
def test_a_rising_tone_ends_above_its_beginning(tone: str) -> None:
    contour = pitch(MA[tone])
    assert contour[-1] > contour[0] + 4


@pytest.mark.parametrize("tone", FALLING)
def test_a_falling_tone_ends_below_its_beginning(tone: str) -> None:
    contour = pitch(MA[tone])
    assert contour[-1] < contour[0] - 3


def test_the_level_tone_hardly_moves() -> None:
    assert np.ptp(pitch(MA["ngang"])) < 1


def test_nga_dips_before_it_rises() -> None:
    contour = pitch(MA["ngã"])
    assert contour.min() < contour[0] - 2


def test_no_tone_has_the_contour_of_another() -> None:
    contours = {name: pitch(word) for name, word in MA.items()}
    for (_, one), (_, other) in itertools.combinations(contours.items(), 2):
        assert np.abs(one - other).max() > 2


@pytest.mark.parametrize(("tone", "creaks"), [(name, name in ("ngã", "nặng")) for name in MA])
def test_only_nga_and_nang_creak(tone: str, creaks: bool) -> None:
    assert (max(planned(MA[tone]).tracks.creak.values) == 1) is creaks


def test_the_pitch_falls_through_a_phrase_and_begins_anew_after_a_pause() -> None:
    through = [pitch("ma ma ma ma ma, ma ma", index)[25] for index in range(7)]
    assert through[:5] == sorted(through[:5], reverse=True)
    assert through[5] == pytest.approx(through[0], abs=0.1)


@pytest.mark.parametrize("word", ["bác", "hát", "tập", "sách", "ngọc"])
def test_a_stop_at_the_end_is_silence(word: str) -> None:
    made = planned(word)
    end = made.spans[0][1]
    pcm = render(made, Manner())
    assert loudness(pcm, end + 0.08, made.seconds) < 0.02 * loudness(pcm, end - 0.1, end)


def test_a_stop_in_the_middle_leaves_a_gap() -> None:
    made = planned("bác ba")
    end, begin = made.spans[0][1], made.spans[1][0]
    assert begin - end > 0.04
    assert made.tracks.voice.at(np.array([(end + begin) / 2])) < -45


def test_a_nasal_goes_through_the_nose() -> None:
    made = planned("am")
    start, end = made.spans[0]
    assert made.tracks.nose.at(np.array([start + 0.1, end - 0.02])).tolist() == pytest.approx([0, 1])


def test_a_comma_is_a_pause_and_a_full_stop_a_longer_one() -> None:
    gaps = [planned(f"ba{sign} ma").spans for sign in ("", ",", ".")]
    without, comma, stop = (spans[1][0] - spans[0][1] for spans in gaps)
    assert without < 0.01 < 0.2 < comma < stop


def test_twice_the_pace_is_shorter() -> None:
    slow, fast = (plan(utterance(SENTENCE), pace).seconds for pace in (1.0, 2.0))
    assert 0.5 * slow < fast < 0.8 * slow


@pytest.mark.parametrize("hertz", [110.0, 180.0, 220.0])
def test_its_pitch_is_heard(hertz: float) -> None:
    made = planned("ma")
    pcm = render(made, Manner(pitch=hertz))
    middle = np.array([np.mean(made.spans[0])])
    piece = pcm.samples[int(middle[0] * pcm.rate) :][:1600]
    echo = np.correlate(piece, piece, "full")[1600:]
    shortest = pcm.rate // 400
    period = (shortest + 1 + np.argmax(echo[shortest:400])) / pcm.rate
    assert 1 / period == pytest.approx(hertz * 2 ** (made.tracks.pitch.at(middle)[0] / 12), rel=0.05)


def test_a_bigger_mouth_changes_the_sound_but_not_its_length() -> None:
    made = planned(SENTENCE)
    one, other = (render(made, Manner(mouth=mouth)).samples for mouth in (1.0, 1.2))
    assert len(one) == len(other)
    assert np.abs(one - other).max() > 0.05


@pytest.mark.parametrize("text", ["xoong", "boong", "côông", "Winmart", "brt", "xử lý số 5", "東京"])
def test_words_the_prototype_could_not_read_are_said(text: str) -> None:
    assert rms(FormantVoice().speak(text, "vi")) > 0.01


def test_a_quiet_phrase_is_not_made_loud() -> None:
    usual, quiet = planned("a"), planned("a")
    quiet.tracks.voice.values[:] = [level - 6 for level in quiet.tracks.voice.values]
    ratio = rms(render(quiet, Manner())) / rms(render(usual, Manner()))
    assert ratio == pytest.approx(0.5, abs=0.02)


def test_a_loud_plan_does_not_clip() -> None:
    made = planned("a " * 20)
    made.tracks.voice.values[:] = [level + 30 for level in made.tracks.voice.values]
    assert np.abs(render(made, Manner()).samples).max() <= 0.95 + 1e-6


def test_what_it_can_be_told_is_in_its_options() -> None:
    told = FormantVoice(Manner(pitch=150.0)).info.options
    assert told == {"version": FormantVoice().info.version, "pitch": 150.0, "mouth": 1.12, "pace": 1.0}


def test_another_language_is_refused() -> None:
    with pytest.raises(VoiceError, match="does not speak"):
        FormantVoice().speak("good morning", "en")


def test_a_point_behind_the_last_is_set_right_after_it() -> None:
    track = Track(0)
    track.to((1.0, 5), (0.5, 7))
    assert track.times == sorted(track.times)
    assert track.values == [0, 5, 7]


def test_the_tables_have_all_the_sounds_of_the_language() -> None:
    assert set(begins.INITIALS) == set(INITIALS)
    assert set(TONES) <= set(CONTOURS)

"""The estimate stays near what espeak-ng takes, and counts syllables by language."""

from __future__ import annotations

import unicodedata

import pytest

from announcer.voices.espeak import EspeakVoice
from announcer.voices.estimate import estimate_seconds, syllables


@pytest.mark.parametrize(
    ("words", "language", "count"),
    [
        ("xin chào quý khách", "vi", 4),
        ("ga Cát Linh, tuyến hai A", "vi", 6),
        ("welcome to the station", "en", 6),
        ("café", "fr", 2),
        ("欢迎乘坐地铁", "zh", 6),
        ("안녕하세요", "ko", 5),
        ("добро пожаловать", "ru", 7),
        ("32", "vi", 4),
        ("… !", "vi", 0),
    ],
)
def test_syllables_are_counted(words: str, language: str, count: int) -> None:
    assert syllables(words, language) == count


def test_no_words_take_no_time() -> None:
    assert estimate_seconds(" … ", "vi") == 0


def test_composed_and_decomposed_letters_are_the_same() -> None:
    words = "Kính chào quý khách"
    forms = {estimate_seconds(unicodedata.normalize(form, words), "vi") for form in ("NFC", "NFD")}
    assert len(forms) == 1


def test_marks_inside_take_time_and_the_last_does_not() -> None:
    plain = estimate_seconds("tàu đến xin lùi lại", "vi")
    assert estimate_seconds("tàu đến xin lùi lại.", "vi") == plain
    assert (
        plain
        < estimate_seconds("tàu đến, xin lùi lại", "vi")
        < estimate_seconds("tàu đến. Xin lùi lại", "vi")
    )


# Sentences that the numbers were not fitted to.
@pytest.mark.parametrize(
    ("words", "language", "tolerance"),
    [
        ("Chuyến tàu cuối cùng rời ga lúc mười một giờ đêm.", "vi", 0.12),
        ("Xin quý khách giữ vé, và xuất trình khi được yêu cầu.", "vi", 0.12),
        ("Nhà vệ sinh ở tầng một. Phòng chờ ở tầng hai.", "vi", 0.12),
        ("The ticket office closes at nine in the evening.", "en", 0.25),
        ("Please mind the gap between the train and the platform.", "en", 0.25),
    ],
)
def test_it_is_near_what_espeak_takes(words: str, language: str, tolerance: float) -> None:
    assert estimate_seconds(words, language) == pytest.approx(
        EspeakVoice().speak(words, language).seconds, rel=tolerance
    )

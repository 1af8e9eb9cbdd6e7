"""Every message is spoken with sample values and read back; one that cannot be spoken does not hide the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from listeners import Parrot

from announcer.recognisers.base import Recogniser
from announcer.recognisers.registry import Recognisers
from announcer.review import SAMPLES, Reviewed, review, table
from announcer.studio import Studio
from schedules.core.settings import Settings
from schedules.models import BLANK_TYPES, Message, Wording


class Ears(Recognisers):
    def __init__(self, *texts: str) -> None:
        super().__init__(())
        self._parrot = Parrot(*texts)

    def find(self, language: str) -> Recogniser | None:
        return self._parrot if language == "vi" else None


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = Studio(Settings(tmp_path, {"voices.vi": "formant", "voices.en": "espeak"}))
    yield studio
    studio.close()


def message(key: str, vi: str, en: str = "", **blanks: str) -> Message:
    wordings = [Wording(language="vi", text=vi, spoken="", position=0)]
    wordings += [Wording(language="en", text=en, spoken="", position=1)] if en else []
    return Message(key=key, title=key, blanks=blanks, chime="standard", wordings=wordings)


def test_every_type_of_blank_has_a_sample() -> None:
    assert set(SAMPLES) == set(BLANK_TYPES)


def test_a_message_is_spoken_with_its_blanks_filled_and_judged_by_what_was_heard(studio: Studio) -> None:
    [found] = review(
        studio,
        [message("den", "Tàu đến lúc {at}.", at="time")],
        Ears("tàu đến lúc mười chín giờ ba mươi phút"),
    )
    assert found == Reviewed("den", "vi", "formant", "good", 1.0, "")


def test_what_was_misheard_is_told(studio: Studio) -> None:
    [found] = review(studio, [message("chao", "Xin chào quý khách")], Ears("xin chào quý khác"))
    assert found.misheard == (("khách", "khác"),)


def test_a_language_without_a_listener_is_unheard(studio: Studio) -> None:
    found = list(review(studio, [message("chao", "Xin chào", "Welcome")], Ears("xin chào")))
    assert [(one.language, one.grade) for one in found] == [("vi", "good"), ("en", "unheard")]


def test_what_nobody_can_speak_is_told_and_the_next_is_heard(studio: Studio) -> None:
    messages = [message("la", "Xin chào"), message("chao", "Xin chào")]
    messages[0].wordings[0].language = "tlh"
    first, second = review(studio, messages, Ears("xin chào"))
    assert (first.grade, second.grade) == ("unheard", "good")
    assert "No voice spoke" in first.reason


def test_the_table_ends_with_its_count() -> None:
    rows = [Reviewed("a", "vi", "hanoi", "good", 0.9, ""), Reviewed("b", "vi", "hanoi", "bad", 0.2, "words")]
    lines = list(table(rows))
    assert lines[2] == "| a | vi | hanoi | good | 90% |  |"
    assert lines[-1] == "\n2 wordings: 1 good, 0 doubtful, 1 bad, 0 unheard."

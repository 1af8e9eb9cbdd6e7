"""What the log keeps, said in Vietnamese."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk import station_words as words
from schedules.models import RESULTS

NOW = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # half past seven in Hà Nội


def test_every_result_has_its_word() -> None:
    assert set(RESULTS) | {"cut"} == set(words.LOGGED)
    assert set(words.LOGGED) <= set(words.STATES)


@pytest.mark.parametrize(
    ("code", "detail", "sentence"),
    [
        ("", "", ""),
        ("budget", "the hour's announcement budget of 6 minutes is spent", "Hết quỹ phút của giờ đó."),
        ("preempted", "interrupted by “Có cháy”", "Bị “Có cháy” ngắt lời."),
        ("preempted", "interrupted by “Cháy”, and then it was too late", "Bị “Cháy” ngắt lời."),
        ("muted", "the zone is mute until 14:30", "Khu vực đang tắt tiếng đến 14:30."),
        ("muted", "", "Khu vực đang tắt tiếng."),
        ("stopped", "stopped", "Có người cho dừng."),
        ("withdrawn", "recalled by truong", "truong đã thu hồi lịch hoặc nội dung này."),
        ("withdrawn", "its schedule or message was withdrawn", "Lịch hoặc nội dung này đã được rút."),
        ("station", "The disk is full.", "Lý do khác, xem chi tiết."),
    ],
)
def test_a_reason_is_a_vietnamese_sentence(code: str, detail: str, sentence: str) -> None:
    assert words.reason(code, detail) == sentence


@pytest.mark.parametrize(
    ("code", "further"),
    [("stopped", ""), ("withdrawn", ""), ("voice", "no voice"), ("station", "no voice"), ("", "")],
)
def test_the_technicians_sentence_stands_only_where_it_says_more(code: str, further: str) -> None:
    assert words.further(code, "no voice" if code else "") == further


def test_where_the_sound_goes_is_said_in_vietnamese() -> None:
    assert words.sink("WAV files in /srv/x") == "tệp WAV trong /srv/x"
    assert words.sink("nowhere: the sound is discarded").startswith("không ra loa nào")
    assert words.sink("a pipe") == "a pipe"


@pytest.mark.parametrize(
    "state, code, detail, sentence",
    [
        ("waiting", "", "", "Đang làm tiếng."),
        ("ready", "", "", "Tiếng đã sẵn, chờ đến lượt."),
        ("playing", "", "", "Chờ bộ phát thanh chạy lại."),
        ("ready", "preempted", "interrupted by “Có cháy”", "Bị “Có cháy” ngắt lời. Sẽ phát lại nếu còn kịp."),
        ("waiting", "unclear", "", "Máy nghe lại thấy tiếng không rõ, chưa có người đồng ý cho phát."),
    ],
)
def test_what_waits_says_why(state: str, code: str, detail: str, sentence: str) -> None:
    assert words.waits(state, code, detail) == sentence

from __future__ import annotations

import re
from pathlib import Path

import pytest

import schedules
from kiosk.announcements.words import BLANK_NAMES, BLANKS, blank_label, blank_name

CONTENT = Path(schedules.__file__).with_name("content") / "messages.yaml"


@pytest.mark.parametrize(
    "name, said, label",
    [
        ("delay", "số phút chậm", "Số phút chậm"),
        ("time2", "giờ 2", "Giờ 2"),
        ("gate_1", "cửa số 1", "Cửa số 1"),
        ("ly_do", "ly_do", "ly_do"),
        ("ly_do2", "ly_do2", "ly_do2"),
    ],
)
def test_a_blank_is_called_what_it_is_about_or_as_it_is_typed(name: str, said: str, label: str) -> None:
    assert (blank_name(name), blank_label(name)) == (said, label)


def test_every_blank_of_the_stations_messages_and_of_the_editors_buttons_has_a_name() -> None:
    declared = re.findall(r"blanks: \{(.+)\}", CONTENT.read_text("utf-8"))
    names = {pair.split(":")[0].strip() for line in declared for pair in line.split(",")}
    assert names and names | set(BLANKS) <= set(BLANK_NAMES)

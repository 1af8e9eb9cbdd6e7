"""The cases: what is written, and the readings that are right for it, kept as tables anybody can add to."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from announcer.text import READING_VERSION, read, read_phrases, reading
from announcer.text.reading import RULES

HERE = Path(__file__).parent


def cases(name: str, language: str) -> Iterator[tuple[str, str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield language, row["written"], row["spoken"]


CASES = [*cases("cases_shared.csv", "vi"), *cases("cases.csv", "vi"), *cases("cases_en.csv", "en")]


@pytest.mark.parametrize(("language", "written", "spoken"), CASES)
def test_what_is_written_is_said_as_an_announcer_says_it(language: str, written: str, spoken: str) -> None:
    assert read(written, language) in [accepted.strip() for accepted in spoken.split("||")]


@pytest.mark.parametrize(("language", "written", "spoken"), CASES)
def test_an_accepted_reading_is_read_as_it_stands(language: str, written: str, spoken: str) -> None:
    first = spoken.split("||")[0].strip()
    assert read(first, language) == first


def test_there_are_enough_cases_and_none_twice() -> None:
    written = [(language, text) for language, text, _ in CASES]
    assert len(set(written)) == len(written)
    assert sum(language == "vi" for language, _ in written) > 600
    assert sum(language == "en" for language, _ in written) > 100


def test_a_text_is_cut_into_phrases_where_a_speaker_pauses() -> None:
    text = "Kính thưa quý khách! Tàu SE1 (đi Sài Gòn) chậm 15 phút; xin chờ tại ke 2, đường số 3."
    assert read_phrases(text) == [
        "kính thưa quý khách",
        "tàu ét e một",
        "đi sài gòn",
        "chậm mười lăm phút",
        "xin chờ tại ke hai",
        "đường số ba",
    ]


def test_dots_and_commas_of_numbers_and_abbreviations_are_no_pauses() -> None:
    assert read_phrases("Giá 1.250.000,5đ tại TP. Hà Nội lúc 8:30") == [
        "giá một triệu hai trăm năm mươi nghìn phẩy năm đồng tại thành phố hà nội lúc tám giờ ba mươi phút"
    ]


def test_a_dash_between_names_is_no_pause_and_before_a_clause_it_is() -> None:
    assert read_phrases("Tuyến Cát Linh - Hà Đông - mời quý khách") == [
        "tuyến cát linh hà đông",
        "mời quý khách",
    ]


def test_the_southern_reading_differs_in_its_number_words() -> None:
    assert (
        read("105 và 1.004, 24", southern=True)
        == "một trăm lẻ năm và một ngàn không trăm lẻ bốn hai mươi bốn"
    )
    assert read("thứ 4 tháng 4", southern=True) == "thứ tư tháng tư"


@pytest.mark.parametrize("language", ["vi", "vi-VN", "VI"])
def test_a_region_does_not_change_the_language(language: str) -> None:
    assert read("21", language) == "hai mươi mốt"


@pytest.mark.parametrize("text", ["", " ", "\n", "…!?", "😀", "\u200b", "\ud800", "\x00"])
def test_where_nothing_can_be_said_nothing_is(text: str) -> None:
    assert read(text) == ""
    assert read_phrases(text) == []


def test_the_version_is_a_short_hash() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", READING_VERSION)


def test_the_rules_are_a_visible_tuple_of_functions() -> None:
    assert len(RULES) > 20
    assert all(map(callable, RULES))


def test_the_page_about_reading_names_every_rule() -> None:
    page = (HERE.parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
    modules = {
        path.stem
        for path in Path(reading.__file__).parent.glob("*.py")
        if "\nrule = " in path.read_text("utf-8")
    }
    assert not [name for name in modules if f"`{name}" not in page]

"""The codes of conduct that come with the programme, and what a file of them must say."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml

from kiosk.rules.codes import CONTENT, built_in, pictures, read_codes
from kiosk.rules.editions import of_place
from schedules.core.errors import FileRefused
from schedules.kinds import station_kinds


def test_the_general_article_has_its_seven_dos_and_eleven_donts() -> None:
    """Đ3 of 1665 (facts §1)."""
    public = next(code for code in built_in() if code.act == "1665/QĐ-UBND")
    general = [rule.advice for rule in public.rules if rule.article == "Điều 3"]
    assert (general.count("do"), general.count("dont")) == (7, 11)


def test_what_was_not_read_in_an_official_text_says_so() -> None:
    """Only Đ3 of 1665 was (facts §1 and §2)."""
    assert {(code.act, rule.article) for code in built_in() for rule in code.rules if rule.verified} == {
        ("1665/QĐ-UBND", "Điều 3")
    }


def test_every_picture_is_drawn_for_some_rule() -> None:
    used = {rule.picture for code in built_in() for rule in code.rules}
    assert used | {"shared", "list", "noise"} == set(pictures())


def test_vietnamese_is_nfc_and_speaks_to_guests() -> None:
    texts = [rule.words["vi"] for code in built_in() for rule in code.rules]
    assert all(text == unicodedata.normalize("NFC", text) for text in texts)
    assert not any(" bạn " in f" {text.casefold()} " and "bạn đường" not in text for text in texts)


@pytest.mark.parametrize("kind", station_kinds())
def test_a_kind_of_place_begins_with_what_is_about_it(kind: str) -> None:
    for code in built_in():
        about = [bool(rule.places) for rule in of_place(code, kind)]
        assert about == sorted(about, reverse=True)
        assert all(not rule.places or kind in rule.places for rule in of_place(code, kind))


CODE = yaml.safe_load((CONTENT / "codes.yaml").read_text("utf-8"))["codes"][1]


def written(folder: Path, **changes: object) -> Path:
    file = folder / "codes.yaml"
    file.write_text(yaml.safe_dump({"codes": [{**CODE, **changes}]}, allow_unicode=True), "utf-8")
    return file


@pytest.mark.parametrize(
    "changes, reason",
    [
        ({"rules": []}, "at least 1 item"),
        ({"act": 5}, "string"),
        ({"valid_from": "2026-13-45"}, "date"),
        ({"nonsense": 1}, "not permitted"),
        ({"name": {"vi": "Tên"}}, "“en” is missing"),
        ({"rules": [CODE["rules"][0], CODE["rules"][0]]}, "is there twice"),
        ({"rules": [{**CODE["rules"][0], "places": ["mars"]}]}, "no kind of place “mars”"),
        ({"rules": [{**CODE["rules"][0], "picture": "cat"}]}, "no picture “cat”"),
        ({"rules": [{**CODE["rules"][0], "advice": "must"}]}, "'do' or 'dont'"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_line_and_the_reason(
    tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(FileRefused, match=reason) as refused:
        read_codes(written(tmp_path, **changes))
    assert "codes.yaml, line" in str(refused.value)


def test_a_right_file_is_taken(tmp_path: Path) -> None:
    assert read_codes(written(tmp_path))[0].key == "cong-vu"

from __future__ import annotations

from pathlib import Path

import pytest

from announcer.text import Lexicon, read
from announcer.text import reading as reading_module
from announcer.text.lexicon import When, default_lexicon
from announcer.text.lexicon.files import built_in
from schedules.core.errors import FileRefused


def staff(folder: Path, text: str) -> Lexicon:
    path = folder / "staff.toml"
    path.write_text(text, encoding="utf-8")
    return Lexicon.load([path])


def test_what_staff_say_wins(tmp_path: Path) -> None:
    lexicon = staff(tmp_path, '[exact]\nUBND = "ủy ban"\n[any_case]\nwifi = "mạng không dây"\n')
    assert read("UBND có wifi, Wi-Fi", lexicon=lexicon) == "ủy ban có mạng không dây oai phai"
    assert read("UBND") == "ủy ban nhân dân"


def test_a_later_file_wins_over_an_earlier_one(tmp_path: Path) -> None:
    first, second = tmp_path / "1.toml", tmp_path / "2.toml"
    first.write_text('[exact]\nXN = "xí nghiệp một"\n', encoding="utf-8")
    second.write_text('[exact]\nXN = "xí nghiệp hai"\n', encoding="utf-8")
    assert read("XN", lexicon=Lexicon.load([first, second])) == "xí nghiệp hai"


def test_an_exact_word_counts_only_as_it_is_written(tmp_path: Path) -> None:
    lexicon = staff(tmp_path, '[exact]\nBa = "bà ba"\n')
    assert read("Ba ba BA", lexicon=lexicon) == "bà ba ba ba"


def test_only_whole_words_count(tmp_path: Path) -> None:
    lexicon = staff(tmp_path, '[any_case]\nga = "nhà ga"\n')
    assert read("ga gà gaz Ga", lexicon=lexicon) == "nhà ga gà gaz nhà ga"


def test_the_longest_entry_is_taken(tmp_path: Path) -> None:
    lexicon = staff(tmp_path, '[exact]\nAB = "một"\n"AB CD" = "hai"\n')
    assert read("AB CD, AB", lexicon=lexicon) == "hai một"


def test_english_words_have_their_own_sections(tmp_path: Path) -> None:
    lexicon = staff(tmp_path, '[en.any_case]\nGrab = "grab car"\n')
    assert read("Grab", "en", lexicon=lexicon) == "grab car"
    assert read("Grab", lexicon=lexicon) == "gờ-ráp"


def test_the_narrower_section_is_tried_first() -> None:
    assert read("TT. Sóc Sơn") == "thị trấn sóc sơn"
    assert read("TT 39/2020/TT-BGTVT").startswith("thông tư ba mươi chín")
    assert read("QL1A do BQL quản lý") == "quốc lộ một a do ban quản lý quản lý"


def test_a_spoken_form_may_keep_hyphens_and_is_put_into_small_letters(tmp_path: Path) -> None:
    lexicon = staff(tmp_path, '[any_case]\nzoo = "Xu-Zi"\n')
    assert read("Zoo-xa", lexicon=lexicon) == "xu-zi xa"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[exact]\nA = "a"\nB = \n', 3, "Invalid value"),
        ('[exact]\nA = "a"\nA = "b"\n', 3, "overwrite"),
        ('[exact]\n\nUBND = "uy ban 1"\n', 3, "no spoken form"),
        ("[exact]\nUBND = 5\n", 2, "no spoken form"),
        ('[exact]\nUBND = ""\n', 2, "no spoken form"),
        ('[exact]\n"+A" = "cộng a"\n', 2, "must start with a letter"),
        ('[abbreviations]\nA = "a"\n', 1, "no section “abbreviations”"),
        ('[en.words]\nA = "a"\n', 1, "no section “words”"),
        ('exact = "a"\n', 1, "must be a section"),
        ('en = "a"\n', 1, "must hold sections"),
    ],
)
def test_a_mistake_is_answered_with_file_line_and_reason(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    with pytest.raises(FileRefused, match=reason) as caught:
        staff(tmp_path, text)
    assert "staff.toml" in str(caught.value)
    assert f"line {line}" in str(caught.value)


def test_a_missing_file_and_one_that_is_not_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read"):
        Lexicon.load([tmp_path / "none.toml"])
    binary = tmp_path / "staff.toml"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(FileRefused, match="not UTF-8"):
        Lexicon.load([binary])


def test_a_byte_order_mark_is_forgiven(tmp_path: Path) -> None:
    path = tmp_path / "staff.toml"
    path.write_bytes('\ufeff[exact]\nXN = "xí nghiệp"\n'.encode())
    assert read("XN", lexicon=Lexicon.load([path])) == "xí nghiệp"


def test_the_default_lexicon_is_loaded_once() -> None:
    assert default_lexicon() is default_lexicon()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_built_in_word_is_said_as_its_entry_says(language: str) -> None:
    tables = built_in()[language]
    narrower = {key for when in (When.BEFORE_NAME, When.BEFORE_NUMBER) for key in tables.get(when, {})}
    for when in (When.EXACT, When.ANY_CASE):
        for written, spoken in tables[when].items():
            if written not in narrower:
                assert read(written, language) == read(spoken, language), written


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_built_in_word_of_any_case_is_more_than_one_word(language: str) -> None:
    """Across a pause two words would become a third one, and reading twice would not be reading once."""
    assert not [written for written in built_in()[language][When.ANY_CASE] if " " in written]


def test_a_changed_lexicon_or_rule_changes_the_version(tmp_path: Path) -> None:
    package = Path(reading_module.__file__).parent
    for path in package.rglob("*"):
        if path.suffix in (".py", ".toml"):
            copy = tmp_path / path.relative_to(package)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    assert reading_module.version_of(tmp_path) == reading_module.READING_VERSION
    changed = tmp_path / "lexicon" / "letters.toml"
    changed.write_bytes(changed.read_bytes() + b"# changed\n")
    assert reading_module.version_of(tmp_path) != reading_module.READING_VERSION

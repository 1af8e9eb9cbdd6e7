"""A content file is accepted whole, or refused with its line and the reason."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from schedules.core.errors import FileRefused
from schedules.document import Document, MessageEntry, ScheduleEntry, composed, read_document
from schedules.yaml_files import line_of, read_yaml

GOOD = """\
stations:
  - key: ga-thu
    kind: rail
    name: Ga Thử
    zones:
      - key: sanh
        name: Sảnh
        budget_minutes: 6
        quiet:
          - {from: "22:00", to: "05:00"}
messages:
  - key: xep-hang
    category: conduct
    title: Xếp hàng
    blanks: {time: time}
    wordings:
      vi: Xin quý khách xếp hàng lúc {time}.
      en:
        text: Please queue.
        spoken: Please queue.
schedules:
  - key: thu-xep-hang
    station: ga-thu
    zones: [sanh]
    message: xep-hang
    trigger: {kind: every, minutes: 20, from: "06:00", to: "22:00"}
    values: {time: "07:30"}
"""
RULE = """{kind: rrule, rule: "FREQ=SOMETIMES", start: 2026-01-01}"""
EVERY = """{kind: every, minutes: 20, from: "06:00", to: "22:00"}"""


def written(folder: Path, text: str) -> Path:
    path = folder / "content.yaml"
    path.write_text(text, "utf-8")
    return path


def refusal(path: Path) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_document(path)
    return caught.value


def test_the_good_file_is_good(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, GOOD))
    assert [entry.key for entry in document.schedules] == ["thu-xep-hang"]


# What is changed in the good file, and what is said then: the line, the reason, the hint.
BROKEN = {
    "an indentation that fits nowhere": ("    kind: rail", "   kind: rail", 3, "not valid YAML", "indentation"),
    "a tab": ("    kind: rail", "\tkind: rail", 3, "not valid YAML", "indentation"),
    "a quote that is never closed": ("name: Ga Thử", 'name: "Ga Thử', 10, "not valid YAML", "quotes"),
    "a key given twice": ("kind: rail", "kind: rail\n    kind: bus", 4, "“kind” is given twice", ""),
    "a section given twice": ("schedules:", "stations:", 21, "“stations” is given twice", ""),
    "a name that YAML takes for false": ("vi: Xin", "no: Xin", 17, "“no” is a name, so it needs quotes", ""),
    "a misspelt key": ("category:", "categroy:", 13, "no such key", "Did you mean “category”?"),
    "a misspelt key deep down": ("budget_min", "budgt_min", 8, "no such key", "Did you mean “budget_minutes”?"),
    "a misspelt section": ("messages:", "mesages:", 11, "no such key", "Did you mean “messages”?"),
    "an unknown kind of station": ("kind: rail", "kind: rial", 3, "no kind of station “rial”", "Did you mean “rail”?"),
    "an unknown category": (
        "category: conduct",
        "category: conducts",
        13,
        "“conducts” is not one of",
        "Did you mean “conduct”?",
    ),
    "a time without quotes": ('from: "22:00"', "from: 22:00", 10, "“1320” is not text; put it in quotes", ""),
    "a time without quotes in a trigger": ('"06:00", to: "22', '17:00, to: "22', 26, "", 'quotes around it: "17:00"'),
    "a time that does not exist": ('"22:00", to: "05', '"25:00", to: "05', 10, "“25:00” is not a time", "22:30"),
    "an undeclared blank": ("lúc {time}", "lúc {hour}", 17, "“hour”, which is not declared", ""),
    "a blank with a capital": ("lúc {time}", "lúc {Time}", 17, "a brace here belongs to no blank", "{time}"),
    "a blank that is not closed": ("lúc {time}", "lúc {time", 17, "a brace here belongs to no blank", ""),
    "a blank of an unknown type": ("{time: time}", "{time: tim}", 15, "unknown type “tim”", "Did you mean “time”?"),
    "a blank with an odd name": ("{time: time}", "{Giờ: time}", 15, "“Giờ” cannot name a blank", "small letters"),
    "a key that is no slug": ("key: xep-hang", "key: Xếp hàng", 12, "“Xếp hàng” is not a key", ""),
    "a missing key": ("  - key: thu-xep-hang\n", "  -\n", 23, "key: this is missing", ""),
    "a missing text": ("        text: Please queue.\n", "", 18, "text: this is missing", ""),
    "a message and a rotation": (
        "    message: xep-hang",
        "    message: xep-hang\n    rotation: [{message: xep-hang}]",
        22,
        "either one “message” or a “rotation”",
        "",
    ),
    "neither message nor rotation": ("    message: xep-hang\n", "", 22, "either one “message” or", ""),
    "a zone named twice": ("zones: [sanh]", "zones: [sanh, sanh]", 24, "a zone is named twice", ""),
    "an unknown trigger": ("kind: every", "kind: evry", 26, "no trigger of kind", "Did you mean “every”?"),
    "a bad recurrence rule": (EVERY, RULE, 26, "FREQ is SOMETIMES", "YEARLY"),
    "a day type that makes no sense": (
        '    values: {time: "07:30"}',
        "    days: {weekdays: [mond]}",
        27,
        "“weekdays” cannot be 'mond'",
        "Did you mean “mon”?",
    ),
    "a negative budget": ("minutes: 6", "minutes: -6", 8, "greater than or equal to 0", ""),
    "a budget that is no number": ("minutes: 6", "minutes: .nan", 8, "budget_minutes", ""),
    "a text of two hours": ("Xin quý khách", "Xin quý khách " * 500, 17, "at most 1200 characters", ""),
    "a second name of two pages": ("    kind: rail", f"    kind: rail\n    name_en: {'x' * 201}", 4, "at most 200", ""),
    "HTML": ("xếp hàng lúc", "<b>xếp hàng</b> lúc", 17, "“<b>” is markup", "plain words"),
    "an HTML entity": ("xếp hàng lúc", "xếp&nbsp;hàng lúc", 17, "“&nbsp;” is markup", "plain words"),
    "a control character": ("name: Ga Thử", 'name: "Ga\\0Thử"', 4, "invisible control character", ""),
    "half a character": ("name: Ga Thử", 'name: "Ga \\ud800"', 4, "invisible control character", ""),
    "a date that does not exist": ("message: xep", "valid_from: 2026-02-30\n    message: xep", 25, "2026-02-30", ""),
    "a date written as people do": (
        "message: xep",
        "valid_from: 31/12/2026\n    message: xep",
        25,
        "“31/12/2026” is not a date; write it as 2026-12-31",
        "",
    ),
    "an end before the beginning": (
        "    message: xep",
        "    valid_from: 2026-12-31\n    valid_to: 2026-01-01\n    message: xep",
        26,
        "valid_to lies before valid_from",
        "",
    ),
    "a python tag": ("name: Ga Thử", 'name: !!python/object/apply:os.system ["true"]', 4, "python/object", ""),
    "a value of bytes": ('time: "07:30"', "time: !!binary YQ==", 27, "neither text nor a number", "quotes"),
    "a list instead of an entry": ("    zones: [sanh]", "    zones: sanh", 24, "here belongs a list", ""),
    "two documents in one file": ("messages:", "---\nmessages:", 11, "not valid YAML", ""),
}  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line", "reason", "hint"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_line_reason_and_hint(
    tmp_path: Path, good: str, bad: str, line: int, reason: str, hint: str
) -> None:
    assert GOOD.count(good) == 1
    path = written(tmp_path, GOOD.replace(good, bad))
    error = refusal(path)
    assert (str(error).partition(": ")[0], reason in str(error), hint in error.hint) == (
        f"{path}, line {line}",
        True,
        True,
    ), f"{error} {error.hint}"


TWINS = {
    "stations": ("messages:", "  - {key: ga-thu, kind: bus, name: Khác}\nmessages:", 11),
    "messages": ("schedules:", "  - {key: xep-hang, category: safety, title: T, wordings: {vi: A.}}\nschedules:", 21),
    "zones": ("messages:", "  - {key: b, kind: bus, name: B, zones: [{key: sanh, name: S}]}\nmessages:", 11),
}  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS.values(), ids=TWINS)
def test_a_key_used_twice_is_refused_at_its_second_place(
    tmp_path: Path, good: str, bad: str, line: int
) -> None:
    assert f"line {line}: the key “" in str(refusal(written(tmp_path, GOOD.replace(good, bad))))


ODD_FILES = {
    "not UTF-8": (b"stations: []\nmessages:\n  - title: \xd0\xff\n", "line 3: this is not UTF-8 text"),
    "UTF-16": ("stations: []".encode("utf-16"), "line 1: this is not UTF-8 text"),
    "empty": (b"", "line 1: there is nothing in this file"),
    "only a remark": (b"# later\n", "line 1: there is nothing in this file"),
    "only a list": (b"- a\n- b\n", "line 1: here belong names with values"),
    "only an empty list": (b"[]\n", "line 1: here belong names with values"),
    "only a word": (b"hello", "line 1: here belong names with values"),
    "NUL bytes": (b"stations: []\n\x00\x00", "invisible control character"),
}


@pytest.mark.parametrize(("content", "reason"), ODD_FILES.values(), ids=ODD_FILES)
def test_what_is_no_content_file_at_all_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "content.yaml"
    path.write_bytes(content)
    assert reason in str(refusal(path))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert str(refusal(tmp_path)) == f"{tmp_path} cannot be read: Is a directory."


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "none.yaml cannot be read: No such file" in str(refusal(tmp_path / "none.yaml"))


def test_a_mark_at_the_start_as_notepad_leaves_it_does_no_harm(tmp_path: Path) -> None:
    assert read_document(written(tmp_path, "\ufeff" + GOOD)).stations[0].key == "ga-thu"


# --------------------------------------------------------------------------------------------------- aliases


def test_a_rotation_may_be_named_and_used_again(tmp_path: Path) -> None:
    first = GOOD.replace("    message: xep-hang", "    rotation: &turns [{message: xep-hang}]")
    again = f"  - {{key: b, station: ga-thu, zones: [sanh], rotation: *turns, trigger: {EVERY}}}\n"
    document = read_document(written(tmp_path, first + again))
    assert document.schedules[0].rotation == document.schedules[1].rotation


def test_a_billion_laughs_are_refused_before_they_are_laughed(tmp_path: Path) -> None:
    laughs = ['a0: &a0 ["lol"]'] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 25)]
    assert "line 6: this is not valid YAML (its aliases make it grow too large)" in str(
        refusal(written(tmp_path, "\n".join(laughs)))
    )


def test_an_alias_inside_of_what_it_names_is_refused(tmp_path: Path) -> None:
    assert "line 2" in str(refusal(written(tmp_path, "stations: &all\n  - *all\n")))


def test_a_nest_without_a_bottom_is_refused(tmp_path: Path) -> None:
    assert "nested too deeply" in str(refusal(written(tmp_path, "stations: " + "[" * 100_000)))


# ------------------------------------------------------------------------------------------------ the letters


def test_decomposed_vietnamese_is_composed_everywhere(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, unicodedata.normalize("NFD", GOOD)))
    assert document.stations[0].name == "Ga Thử"
    assert document.messages[0].wordings["vi"].text == "Xin quý khách xếp hàng lúc {time}."


def test_an_icelandic_eth_becomes_the_vietnamese_letter(tmp_path: Path) -> None:
    typed = GOOD.replace("Ga Thử", "Ga \u00d0ống \u00d0a").replace('"07:30"', '"\u00d0a"')
    document = read_document(written(tmp_path, typed))
    assert document.stations[0].name == "Ga Đống Đa"
    assert document.schedules[0].values == {"time": "Đa"}


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_composing_twice_is_composing_once(text: str) -> None:
    assert composed(composed(text)) == composed(text)


def test_a_wording_may_be_written_short() -> None:
    entry = MessageEntry.model_validate(
        {"key": "a", "category": "safety", "title": "A", "wordings": {"vi": "Xin chào."}}
    )
    assert (entry.wordings["vi"].text, entry.wordings["vi"].spoken) == ("Xin chào.", "")


def test_a_blank_that_no_wording_uses_is_kept() -> None:
    entry = MessageEntry.model_validate(
        {"key": "a", "category": "safety", "title": "A", "blanks": {"gate": "text"}, "wordings": {"vi": "A."}}
    )
    assert entry.blanks == {"gate": "text"}


def test_an_unquoted_date_becomes_the_text_that_the_database_can_keep() -> None:
    entry = ScheduleEntry.model_validate(
        yaml.safe_load(
            f"{{key: a, station: s, zones: [z], message: m, values: {{day: 2026-12-04}}, trigger: {EVERY}}}"
        )
    )
    assert entry.values == {"day": "2026-12-04"}


# -------------------------------------------------------------------------------------------------- the lines


LINES = {
    "an entry": (("messages", 0), 12),
    "a field": (("stations", 0, "name"), 4),
    "a field of a field": (("messages", 0, "wordings", "en", "spoken"), 20),
    "an item on its own line": (("stations", 0, "zones", 0, "quiet", 0), 10),
    "a missing field of an entry": (("schedules", 0, "colour"), 22),
    "a missing field of a named entry": (("messages", 0, "wordings", "en", "colour"), 18),
    "an item that is not there": (("stations", 7), 1),
    "nothing in particular": ((), 1),
}


@pytest.mark.parametrize(("where", "line"), LINES.values(), ids=LINES)
def test_a_line_is_found_by_the_way_there(tmp_path: Path, where: tuple[int | str, ...], line: int) -> None:
    _, root = read_yaml(written(tmp_path, GOOD))
    assert line_of(root, where) == line


def test_a_document_that_was_never_a_file_has_no_lines(tmp_path: Path) -> None:
    assert Document().place(tmp_path, "stations", 0) == str(tmp_path)

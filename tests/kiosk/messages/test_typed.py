from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from kiosk.announcements.wishes import Unclear
from kiosk.messages.typed import Typed, as_message, entry_of, guessed, of_entry, read
from schedules.document import MessageEntry
from schedules.wording import MAX_TEXT

FORM = {"title": "Tàu chậm", "category": "operational", "chime": "standard", "text-vi": "Tàu {service} chậm."}


def entry(**changed: str) -> dict[str, Any]:
    return entry_of(read(MultiDict(FORM | changed)), "tau-cham")


def test_a_filled_form_is_a_message_as_a_content_file_has_it() -> None:
    assert MessageEntry.model_validate(entry()).blanks == {"service": "service"}


def test_a_form_that_was_filled_from_an_entry_gives_the_same_entry() -> None:
    first = entry(**{"text-en": "Train {service} is late.", "spoken-vi": "Tàu {service} tới chậm."})
    assert entry_of(of_entry(first), "tau-cham") == first


def test_what_the_page_does_not_show_stays_as_it_was() -> None:
    before = entry() | {"topic": "tàu", "rule": {"code": "1665"}}
    before["wordings"] = {**before["wordings"], "fr": "Le train {service}."}
    after = entry_of(read(MultiDict(FORM | {"text-vi": "Khác {service}."}), before), "tau-cham", before)
    assert (after["topic"], after["rule"], after["wordings"]["fr"]) == (
        "tàu",
        {"code": "1665"},
        "Le train {service}.",
    )


def test_a_blank_is_what_its_name_says_unless_somebody_chooses() -> None:
    assert (guessed("time2"), guessed("platform_1"), guessed("ly_do")) == ("time", "platform", "text")
    assert entry(**{"text-vi": "Vì {ly_do}.", "kind-ly_do": "place"})["blanks"] == {"ly_do": "place"}


@pytest.mark.parametrize(
    "changed, sentence",
    [
        ({"title": " \u200b "}, "Hãy đặt tên"),
        ({"title": "a" * 201}, "Tên dài 201 ký tự"),
        ({"text-vi": ""}, "Hãy viết lời tiếng Việt"),
        ({"text-vi": "…!"}, "không có chữ nào để đọc"),
        ({"text-vi": "a" * (MAX_TEXT + 1)}, f"dài {MAX_TEXT + 1} ký tự"),
        ({"text-vi": "a" * 1_000_000}, "dài hơn 4800 ký tự"),
        ({"text-vi": "Xin <b>chào</b>"}, "là mã trang"),
        ({"text-en": "Hello {Name}"}, "“Tiếng Anh” có dấu ngoặc nhọn"),
        ({"spoken-en": "Hello"}, "chưa có lời"),
        ({"category": "live"}, "Hãy chọn loại"),
        ({"chime": "bell"}, "Hãy chọn tiếng chuông"),
        ({"text-vi": "Vì {ly_do}.", "kind-ly_do": "boolean"}, "chỗ trống “ly_do” nhận gì"),
        ({"text-vi": " ".join(f"{{x{number}}}" for number in range(13))}, "13 chỗ trống"),
        ({"station": "Ga Khác!"}, "xem lại từng ô"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_place(changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(Unclear, match=sentence):
        entry(**changed)


@given(st.dictionaries(st.sampled_from(["title", "text-vi", "text-en", "spoken-vi", "kind-x"]), st.text()))
def test_whatever_is_typed_is_a_message_or_a_sentence(changed: dict[str, str]) -> None:
    try:
        found = entry(**changed)
    except Unclear as unclear:
        assert str(unclear).endswith(".")
    else:
        assert as_message(found).wordings[0].language == "vi"


def test_an_empty_page_is_a_form_without_a_mistake_yet() -> None:
    assert Typed().blanks == {}

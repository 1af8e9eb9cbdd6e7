"""Words with every blank filled, or a refusal that names the blank; never half a sentence."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.core.errors import UserError
from schedules.models import BLANK_TYPES, Message, Wording
from schedules.wording import Sentence, blanks_of, estimate_seconds, render, written


def message(*wordings: tuple[str, str], chime: str = "standard", **blanks: str) -> Message:
    return Message(
        key="thu",
        title="Thử",
        category="safety",
        chime=chime,
        blanks=blanks,
        wordings=[
            Wording(language=language, text=text, spoken="", position=i)
            for i, (language, text) in enumerate(wordings)
        ],
    )


TRAIN = message(
    ("en", "Train {service} leaves at {time}."),
    ("vi", "Tàu {service} khởi hành lúc {time}."),
    service="service",
    time="time",
)


def test_vietnamese_is_said_first() -> None:
    assert [sentence.text for sentence in render(TRAIN, {"service": "SE1", "time": "19:30"})] == [
        "Tàu SE1 khởi hành lúc 19h30.",
        "Train SE1 leaves at 19:30.",
    ]


def test_other_languages_keep_their_order() -> None:
    three = message(("fr", "Bonjour."), ("en", "Hello."), ("vi", "Xin chào."))
    assert [sentence.language for sentence in render(three, {})] == ["vi", "fr", "en"]


def test_staffs_own_reading_is_filled_too() -> None:
    found = message(("vi", "Tàu {service}."), service="service")
    found.wordings[0].spoken = "Chuyến {service} nhé."
    assert render(found, {"service": "SE1"}) == [Sentence("vi", "Tàu SE1.", "Chuyến SE1 nhé.")]


def test_a_blank_may_be_used_twice() -> None:
    assert render(message(("vi", "{n} và {n}"), n="number"), {"n": 2})[0].text == "2 và 2"


@pytest.mark.parametrize("nothing", [{}, {"time": None}, {"time": ""}])
def test_a_missing_value_is_named(nothing: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="needs a value for “time”") as caught:
        render(TRAIN, {"service": "SE1", **nothing})
    assert caught.value.hint == "Its blanks: service (service), time (time)."


def test_nought_is_a_value() -> None:
    assert render(message(("vi", "Còn {n} chỗ."), n="number"), {"n": 0})[0].text == "Còn 0 chỗ."


def test_an_unknown_value_is_named() -> None:
    with pytest.raises(UserError, match="has no blank “gate”"):
        render(TRAIN, {"service": "SE1", "time": "19:30", "gate": "B"})


def test_a_message_without_words_is_refused() -> None:
    with pytest.raises(UserError, match="has no wording"):
        render(message(), {})


def test_a_value_of_the_wrong_type_is_named_with_an_example() -> None:
    with pytest.raises(UserError, match="“soon” does not fit the blank “time”") as caught:
        render(TRAIN, {"service": "SE1", "time": "soon"})
    assert caught.value.hint == "It takes a time such as 19:30."


def test_a_value_is_never_filled_in_again() -> None:
    with pytest.raises(UserError, match="does not fit the blank “place”"):
        render(message(("vi", "Đi {place}."), place="place", time="time"), {"place": "{time}", "time": "7h"})


def test_what_comes_out_is_composed() -> None:
    found = render(
        message(("vi", "Đi {place}."), place="place"), {"place": unicodedata.normalize("NFD", "Huế")}
    )
    assert found[0].text == "Đi Huế."


GOOD: list[tuple[str, Any, str, str]] = [
    ("time", "19:30", "19h30", "19:30"),
    ("time", "7h05", "7h05", "7:05"),
    ("time", "7h", "7h", "7:00"),
    ("time", "07 : 00", "7h", "7:00"),
    ("time", "00:00", "0h", "0:00"),
    ("time", "23H59", "23h59", "23:59"),
    ("time", time(6, 15), "6h15", "6:15"),
    ("date", "2026-12-04", "ngày 04/12/2026", "4 December 2026"),
    ("date", "4/12/2026", "ngày 04/12/2026", "4 December 2026"),
    ("date", "29/02/2028", "ngày 29/02/2028", "29 February 2028"),
    ("date", date(2026, 9, 2), "ngày 02/09/2026", "2 September 2026"),
    ("date", datetime(2026, 9, 2, 23, tzinfo=None), "ngày 02/09/2026", "2 September 2026"),  # noqa: DTZ001
    ("number", 12, "12", "12"),
    ("number", "12.5", "12,5", "12.5"),
    ("number", -5, "-5", "-5"),
    ("number", 0, "0", "0"),
    ("number", -0.0, "0,0", "0.0"),
    ("number", "1 234 567", "1.234.567", "1,234,567"),
    ("number", 1500, "1.500", "1,500"),
    ("number", "0.125", "0,125", "0.125"),
    ("number", "1e3", "1.000", "1,000"),
    ("number", Decimal("999999999999999"), "999.999.999.999.999", "999,999,999,999,999"),
    ("money", 15000, "15.000 đồng", "15,000 VND"),
    ("money", "15.000", "15.000 đồng", "15,000 VND"),
    ("money", "1,250,000", "1.250.000 đồng", "1,250,000 VND"),
    ("money", 9000.0, "9.000 đồng", "9,000 VND"),
    ("money", "0", "0 đồng", "0 VND"),
    ("platform", 2, "2", "2"),
    ("platform", " A1 ", "A1", "A1"),
    ("service", "SE1", "SE1", "SE1"),
    ("service", "03A-2/1", "03A-2/1", "03A-2/1"),
    ("place", "  Hải   Phòng ", "Hải Phòng", "Hải Phòng"),
    ("place", unicodedata.normalize("NFD", "Đông Hới"), "Đông Hới", "Đông Hới"),
    ("text", "một\nhai", "một hai", "một hai"),
    ("text", 5, "5", "5"),
    ("text", "x" * 200, "x" * 200, "x" * 200),
]


@pytest.mark.parametrize(("kind", "value", "vi", "en"), GOOD)
def test_a_value_is_written_as_each_language_writes_it(kind: str, value: Any, vi: str, en: str) -> None:
    assert (written("b", kind, value, "vi"), written("b", kind, value, "en")) == (vi, en)


INFINITE = [float("inf"), float("-inf"), float("nan"), "Infinity", "NaN", "sNaN"]
BAD: dict[str, list[Any]] = {
    "time": ["24:00", "7h5", "7:5", "7:", "12:60", "-1:00", "730", 1170, True, "", "7:30:00", "19.30", date(2026, 1, 1)],
    "date": ["29/02/2026", "31/04/2026", "2026-13-01", "4/12", "4/12/26", "tomorrow", True, 4.5, time(1), "0/1/2026"],
    "number": ["twelve", "1,5", "1.500", "-1.234.567", "12 phút", True, False, [1], {}, "1e15", -(10**15), "1e-9", 0.1 + 0.2,
               *INFINITE],
    "money": [-1, "-15.000", "15000đ", "0.5", 12.5, "15.00", True, [], "1e15", "1.5e0", *INFINITE],
    "platform": ["", "x" * 21, "-1", "2\n3", "<b>", "{time}", True, ["2"], date(2026, 1, 1)],
    "service": ["SE1; SE2", "x" * 21, " ", "SE(1)", False, {"a": 1}],
    "place": ["{place}", "a}", " ", "\n", "x" * 201, True, ["Huế"], {}],
    "text": ["{text}", "\t", "x" * 201, False, [], time(1)],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, values in BAD.items() for value in values]
)
def test_a_value_that_does_not_fit_is_refused(kind: str, value: Any) -> None:
    with pytest.raises(UserError, match="does not fit the blank “b”") as caught:
        written("b", kind, value, "vi")
    assert caught.value.hint.startswith("It takes ")


def test_every_type_of_blank_was_tried() -> None:
    assert set(BAD) == {row[0] for row in GOOD} == set(BLANK_TYPES)


anything = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.times(),
    st.decimals(),
    st.binary(max_size=4),
    st.lists(st.integers(), max_size=2),
    st.sampled_from(["\ud800", "٣", "1e999999", "1e-999999", "٠٧:٣٠"]),
)


@given(st.sampled_from(BLANK_TYPES), anything)
def test_whatever_is_given_is_written_or_refused_in_a_sentence(kind: str, value: Any) -> None:
    try:
        found = written("b", kind, value, "vi")
    except UserError:
        return
    assert found.strip()
    assert not set(found) & set("{}\n")


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_can_be_read_back(number: int) -> None:
    assert int(written("b", "number", number, "vi").replace(".", "")) == number
    assert int(written("b", "number", number, "en").replace(",", "")) == number


@given(st.times(), st.sampled_from(["vi", "en"]))
def test_what_was_written_as_a_time_may_be_given_again(clock: time, language: str) -> None:
    once = written("b", "time", clock, language)
    assert written("b", "time", once, language) == once


def test_blanks_are_named_once_in_the_order_of_their_use() -> None:
    assert blanks_of("{b} {a_1} {b} {A} {1} { c }") == ["b", "a_1"]


# ------------------------------------------------------------------------------------- how long it will sound

words = st.lists(st.sampled_from(["tàu", "ga", "12", "{n}"]), min_size=1, max_size=30).map(" ".join)


@given(words, words, st.integers(0, 999), st.integers(1, 9), st.sampled_from(["vi", "en", "fr"]))
def test_more_words_never_take_less_time(
    text: str, more: str, number: int, repeats: int, language: str
) -> None:
    short, long = message((language, text), n="number"), message((language, f"{text} {more}"), n="number")
    assert estimate_seconds(short, {"n": number}, repeats) < estimate_seconds(long, {"n": number}, repeats)


@given(words, st.integers(1, 9))
def test_saying_it_once_more_takes_more_time(text: str, repeats: int) -> None:
    found = message(("vi", text), n="number")
    assert estimate_seconds(found, {"n": 1}, repeats) < estimate_seconds(found, {"n": 1}, repeats + 1)


def test_another_language_takes_more_time() -> None:
    assert estimate_seconds(message(("vi", "Xin chào.")), {}) < estimate_seconds(
        message(("vi", "Xin chào."), ("en", "Hello.")), {}
    )


def test_a_chime_takes_time() -> None:
    quiet = message(("vi", "Xin chào."), chime="none")
    assert estimate_seconds(quiet, {}) < estimate_seconds(message(("vi", "Xin chào.")), {})


def test_a_missing_value_does_not_stop_the_guess() -> None:
    assert estimate_seconds(TRAIN, {}) > 2

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from schedules.core import fields
from schedules.core.errors import UserError


@given(st.integers(0, fields.LATEST))
def test_a_clock_time_is_read_as_it_is_written(seconds: int) -> None:
    assert fields.clock(fields.clock_text(seconds), "at") == seconds


@given(st.integers(10, 23), st.integers(0, 59))
def test_an_unquoted_time_in_yaml_is_answered_with_what_was_meant(hour: int, minute: int) -> None:
    written = f"{hour}:{minute:02}"
    with pytest.raises(UserError, match="which is not a time") as caught:
        fields.clock(yaml.safe_load(written), "at")
    assert caught.value.hint == f'Put quotes around it: "{written}".'


@pytest.mark.parametrize("value", ["30:00", "12:60", "7.30", "7h30", "", None, 7.5, ["07:30"], -1, 99999])
def test_what_is_no_time_is_refused(value: object) -> None:
    with pytest.raises(UserError, match="not a time"):
        fields.clock(value, "at")


@pytest.mark.parametrize(
    ("value", "pair"), [(1, (0, 1)), ("15", (0, 15)), ("12-23", (12, 23)), ("01-01", (1, 1))]
)
def test_a_lunar_day_is_of_every_month_or_of_one(value: object, pair: tuple[int, int]) -> None:
    assert fields.lunar_day(value) == pair


@pytest.mark.parametrize("value", [0, 31, "13-1", "0-5", "12-0", "23/12", None, True, "-5"])
def test_what_is_no_lunar_day_is_refused(value: object) -> None:
    with pytest.raises(UserError, match="not a lunar day"):
        fields.lunar_day(value)


def test_a_number_where_text_belongs_is_refused_because_yaml_drops_its_zero() -> None:
    with pytest.raises(UserError, match="the number 3") as caught:
        fields.text(yaml.safe_load("03"), "services")
    assert '"03"' in caught.value.hint


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError, match="has no “minuts”") as caught:
        fields.known_fields({"minuts": 5}, ("kind", "minutes"), "A trigger")
    assert caught.value.hint == "Did you mean “minutes”?"

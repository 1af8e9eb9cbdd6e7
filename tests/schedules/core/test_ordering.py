"""Names with numbers in them."""

from __future__ import annotations

import pytest

from schedules.core.ordering import natural


@pytest.mark.parametrize(
    "names",
    [
        ["B0", "B1", "B2", "B10", "B11"],
        ["ke-2", "ke-2-dong", "ke-10"],
        ["2", "10", "ga"],
        ["Bến 2", "Bến 10", "Ga"],
        ["", "a", "a1", "a1b", "a01c"],
    ],
)
def test_digits_count_as_numbers(names: list[str]) -> None:
    assert sorted(set(names), key=natural) == names

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.home.bars import HEIGHT, bars


@given(st.lists(st.floats(0, 50), min_size=24, max_size=24))
def test_every_hour_that_is_used_has_one_bar_within_or_beyond_the_budget(shares: list[float]) -> None:
    drawn = bars(shares)
    assert drawn.within.count("M") == sum(0 < share <= 1 for share in shares)
    assert drawn.beyond.count("M") == sum(share > 1 for share in shares)
    assert drawn.fullest == max(shares)


def test_half_of_the_budget_is_half_as_high_and_what_is_beyond_it_as_high_as_there_is_room() -> None:
    drawn = bars([0.0] * 7 + [0.5, 3.0])
    assert drawn.within.startswith(f"M7.07 {HEIGHT}v-10.0h")
    assert drawn.beyond.startswith(f"M8.07 {HEIGHT}v-20.0h")

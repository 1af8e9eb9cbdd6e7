"""Hours against a budget, drawn: one SVG path for those within it and one for those beyond, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

HEIGHT = 20  # of the drawing, which is 24 wide: an hour is 1
SIDE, WIDTH = 0.07, 0.86


class Bars(NamedTuple):
    """``fullest`` is the largest share of the budget, 1 being all of it."""

    within: str
    beyond: str
    fullest: float


def bars(shares: Sequence[float]) -> Bars:
    """``shares`` of the budget, hour by hour. What is beyond it is drawn as high as there is room."""
    drawn = [(_bar(hour, share), share) for hour, share in enumerate(shares) if share]
    return Bars(
        "".join(path for path, share in drawn if share <= 1),
        "".join(path for path, share in drawn if share > 1),
        max(shares, default=0.0),
    )


def _bar(hour: int, share: float) -> str:
    high = round(min(share, 1.0) * HEIGHT, 2)
    return f"M{hour + SIDE:.2f} {HEIGHT}v-{high}h{WIDTH}v{high}z"

"""What the waiting screen shows, one thought at a time: the rules of the place, in turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.rules.codes import Code, Rule
from kiosk.rules.editions import of_place

SHOWN = 8


@dataclass(frozen=True)
class Slide:
    code: Code
    rule: Rule


def slides(codes: list[Code], kind: str, day: date) -> list[Slide]:
    """``SHOWN`` rules for this kind of place. Another day begins with other ones, so that in a week all are shown."""
    found = [Slide(code, rule) for code in codes[:1] for rule in of_place(code, kind)]
    start = day.toordinal() * SHOWN % len(found) if found else 0
    return (found[start:] + found[:start])[:SHOWN]

"""What the waiting screen shows, one thought at a time: the rules of the place in turn, and now and then a good example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.commendations.models import GoodExample
from kiosk.rules.codes import Code
from kiosk.rules.editions import of_place

SHOWN = 8
RULES_BETWEEN = 3
PICTURE = "help"


@dataclass(frozen=True)
class Slide:
    """``advice`` is do, dont or good; ``thought`` by language, Vietnamese where there is no other; ``who`` was honoured."""

    advice: str
    picture: str
    thought: Mapping[str, str]
    who: str = ""

    def said(self, language: str) -> str:
        return self.thought.get(language) or self.thought["vi"]


def slides(codes: Sequence[Code], examples: Sequence[GoodExample], kind: str, day: date) -> list[Slide]:
    """``SHOWN`` rules for this kind of place, and the latest examples among them. Another day begins with other rules, so that in a
    week all are shown.
    """
    rules = [
        Slide(rule.advice, rule.picture, rule.title) for code in codes[:1] for rule in of_place(code, kind)
    ]
    start = day.toordinal() * SHOWN % len(rules) if rules else 0
    good = [Slide("good", PICTURE, {"vi": one.title}, one.person) for one in examples]
    return list(_among((rules[start:] + rules[:start])[:SHOWN], good))


def _among(rules: Sequence[Slide], good: Sequence[Slide]) -> Iterator[Slide]:
    """An example after every three rules; where there are no rules, examples alone."""
    groups = [rules[at : at + RULES_BETWEEN] for at in range(0, len(rules), RULES_BETWEEN)] or [()] * len(
        good
    )
    for number, group in enumerate(groups):
        yield from group
        yield from good[number : number + 1]

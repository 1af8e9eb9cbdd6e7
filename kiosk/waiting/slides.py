"""What the waiting screen shows, one thought at a time: the rules of the place in turn, and now and then a good example or what the
station campaigns for today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, zip_longest

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.commendations.models import GoodExample
from kiosk.remembered import Memory
from kiosk.rules.codes import Code
from kiosk.rules.editions import of_place
from schedules.core import changes
from schedules.models import Message, Occurrence, Station

SHOWN = 8
RULES_BETWEEN = 2
MOST_REMEMBERED = 100  # days of one station each


@dataclass(frozen=True)
class Slide:
    """``advice`` is do, dont, good or campaign; ``thought`` by language, Vietnamese where there is no other; ``who`` was honoured."""

    advice: str
    picture: str
    thought: Mapping[str, str]
    who: str = ""

    def language(self, wanted: str) -> str:
        """In which it is shown."""
        return wanted if wanted in self.thought else "vi"


def slides(
    codes: Sequence[Code], examples: Sequence[GoodExample], campaigns: Sequence[str], kind: str, day: date
) -> list[Slide]:
    """``SHOWN`` rules for this kind of place, and the latest examples and the day's campaigns among them. Another day begins with
    other rules, so that in a week all are shown.
    """
    rules = [
        Slide(rule.advice, rule.picture, rule.title) for code in codes[:1] for rule in of_place(code, kind)
    ]
    start = day.toordinal() * SHOWN % len(rules) if rules else 0
    good = [Slide("good", "help", {"vi": one.title}, one.person) for one in examples]
    more = [one for pair in zip_longest(good, map(_campaign, campaigns)) for one in pair if one]
    return list(_among((rules[start:] + rules[:start])[:SHOWN], more))


_campaigns: Memory[list[str]] = Memory(MOST_REMEMBERED)


def campaigns_of(session: Session, station: Station, day: date) -> list[str]:
    """The titles of campaign messages that are planned at the station on a day; looked up anew when the plan has changed."""
    key = session.get_bind(), station.id, day
    mark = changes.number(session, changes.PLAN), changes.number(session, changes.SCHEDULES)
    found = _campaigns.find(key, mark)
    if found is None:
        found = _planned(session, station, day)
        _campaigns.keep(key, mark, found)
    return found


def _planned(session: Session, station: Station, day: date) -> list[str]:
    query = (
        select(Message.title)
        .join(Occurrence, Occurrence.message_id == Message.id)
        .where(
            Message.category == "campaign",
            Occurrence.day == day,
            Occurrence.way_code == "",
            Occurrence.zone_id.in_([zone.id for zone in station.zones]),
        )
    )
    return list(session.scalars(query.distinct().order_by(Message.title)))


def _campaign(title: str) -> Slide:
    return Slide("campaign", "shared", {"vi": title})


def _among(rules: Sequence[Slide], more: Sequence[Slide]) -> Iterator[Slide]:
    """One of the others after every two rules; what is left of them at the end, at most two."""
    others = iter(more)
    for number, rule in enumerate(rules, start=1):
        yield rule
        if number % RULES_BETWEEN == 0:
            yield from islice(others, 1)
    yield from islice(others, 2)

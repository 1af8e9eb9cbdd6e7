"""The waiting screen: rules in turn, and what is good or campaigned for among them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kiosk.commendations.models import GoodExample
from kiosk.rules.codes import built_in
from kiosk.waiting.slides import SHOWN, Slide, campaigns_of, slides
from schedules.core.clock import local_date, utcnow
from schedules.models import Message
from schedules.operations import all_stations
from schedules.planner import plan_occurrences

Place = Any
DAY = date(2026, 11, 17)


def example(title: str) -> GoodExample:
    return GoodExample(title=title, person="Chị Thử")


def shown(examples: int = 0, campaigns: int = 0, day: date = DAY) -> list[Slide]:
    good = [example(f"Việc tốt {number}") for number in range(examples)]
    return slides(built_in(), good, [f"Chiến dịch {number}" for number in range(campaigns)], "rail", day)


def test_in_a_week_every_rule_is_shown() -> None:
    week = {one.thought["vi"] for number in range(7) for one in shown(day=DAY + timedelta(days=number))}
    assert {one.thought["vi"] for one in shown()} < week
    assert len(week) > 2 * SHOWN


def test_examples_and_campaigns_stand_among_the_rules() -> None:
    kinds = [one.advice if one.advice in ("good", "campaign") else "rule" for one in shown(2, 1)]
    assert kinds == [
        "rule",
        "rule",
        "good",
        "rule",
        "rule",
        "campaign",
        "rule",
        "rule",
        "good",
        "rule",
        "rule",
    ]


def test_however_many_there_are_the_rules_remain_the_most() -> None:
    many = shown(50, 50)
    assert sum(one.advice in ("do", "dont") for one in many) == SHOWN
    assert len(many) <= SHOWN + SHOWN // 2 + 2


def test_without_rules_the_others_are_shown_alone() -> None:
    assert [one.advice for one in slides([], [example("Việc tốt")], [], "rail", DAY)] == ["good"]


def test_what_has_no_english_is_shown_in_vietnamese() -> None:
    rule, good = shown()[0], Slide("good", "help", {"vi": "Việc tốt"})
    assert (rule.language("en"), good.language("en")) == ("en", "vi")


def test_a_campaign_is_shown_on_the_days_on_which_it_is_said(place: Place) -> None:
    with place.database.write() as session:
        message = session.query(Message).filter_by(key="xep-hang").one()
        message.category = "campaign"
        [here] = all_stations(session)
        today = local_date(utcnow())
        plan_occurrences(session, here, today, utcnow() - timedelta(days=1))
        assert campaigns_of(session, here, today) == ["Xếp hàng"]
        assert campaigns_of(session, here, today + timedelta(days=3)) == []

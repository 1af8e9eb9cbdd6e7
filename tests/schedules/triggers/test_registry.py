from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given

from schedules.core.errors import UserError
from schedules.days.day_types import DayType
from schedules.triggers import TRIGGERS, Trigger, describe, trigger_from_data
from tests.schedules.triggers.strategies import day_types, triggers

EVERY = {"kind": "every", "minutes": 20, "from": "06:00", "to": "22:00"}
MONDAYS = {"kind": "rrule", "rule": "FREQ=WEEKLY;BYDAY=MO;BYHOUR=8;BYMINUTE=0", "start": "2026-01-01"}
PAGE = (Path(__file__).parents[3] / "docs" / "schedules.md").read_text("utf-8").splitlines()


@given(triggers)
def test_a_trigger_survives_json(trigger: Trigger) -> None:
    assert trigger_from_data(json.loads(json.dumps(trigger.to_data()))) == trigger


@given(triggers)
def test_a_trigger_survives_yaml(trigger: Trigger) -> None:
    assert trigger_from_data(yaml.safe_load(yaml.safe_dump(trigger.to_data()))) == trigger


@given(triggers, day_types)
def test_everything_has_words_in_both_languages(trigger: Trigger, days: DayType) -> None:
    assert describe(trigger, days, "vi")
    assert describe(trigger, days, "en")


@pytest.mark.parametrize("example", [line for line in PAGE if line.startswith("trigger: ")])
def test_every_trigger_of_the_documentation_is_read_and_written_back(example: str) -> None:
    trigger = trigger_from_data(yaml.safe_load(example)["trigger"])
    assert trigger_from_data(trigger.to_data()) == trigger


@pytest.mark.parametrize("example", [line for line in PAGE if line.startswith("days: ")])
def test_every_day_type_of_the_documentation_is_read_and_written_back(example: str) -> None:
    days = DayType.from_data(yaml.safe_load(example)["days"])
    assert DayType.from_data(days.to_data()) == days


def test_every_kind_of_trigger_has_an_example_in_the_documentation() -> None:
    assert {yaml.safe_load(line)["trigger"]["kind"] for line in PAGE if line.startswith("trigger: ")} == set(
        TRIGGERS
    )


def test_every_class_is_listed_under_its_own_kind() -> None:
    assert {kind: found.kind for kind, found in TRIGGERS.items()} == {kind: kind for kind in TRIGGERS}


def test_an_unknown_kind_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError, match="no trigger of kind “evry”") as caught:
        trigger_from_data({"kind": "evry"})
    assert caught.value.hint == "Did you mean “every”?"


@pytest.mark.parametrize("data", [None, "every 5 minutes", [], {}, {"minutes": 5}])
def test_a_trigger_without_a_kind_is_refused(data: object) -> None:
    with pytest.raises(UserError, match="needs a “kind”"):
        trigger_from_data(data)


@pytest.mark.parametrize("kind", [None, 5, ["every"]])
def test_a_kind_that_is_no_word_is_refused(kind: object) -> None:
    with pytest.raises(UserError, match="no trigger of kind"):
        trigger_from_data({"kind": kind})


def test_trigger_and_days_are_described_together() -> None:
    trigger = trigger_from_data(EVERY)
    days = DayType.from_data({"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat"], "tet": "never"})
    assert describe(trigger, days, "vi") == "mỗi 20 phút, 6h–22h, thứ 2–thứ 7, trừ Tết"
    assert describe(trigger, days, "en") == "every 20 minutes, 06:00–22:00, Mon–Sat, except Tết"


def test_a_rule_that_names_its_days_is_not_followed_by_every_day() -> None:
    trigger = trigger_from_data(MONDAYS)
    assert describe(trigger, DayType(), "vi") == "hằng tuần, thứ 2, lúc 8h"
    assert (
        describe(trigger, DayType.from_data({"tet": "never"}), "en")
        == "every week, Mon, at 08:00, except Tết"
    )

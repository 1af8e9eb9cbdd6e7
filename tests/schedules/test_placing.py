"""The laws of a plan, whatever is wished for."""

from __future__ import annotations

import itertools
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from schedules.placing import HOUR, Place, Wish, place
from schedules.policies import MANNERS, ZoneRules

START = 1_800_000_000.0 - 1_800_000_000.0 % HOUR
ZONES = ("hall", "platform")


@st.composite
def wish_lists(draw: st.DrawFn) -> list[Wish]:
    count = draw(st.integers(0, 25))
    return [
        Wish(
            schedule=f"s{draw(st.integers(0, 6))}",
            message="m",
            zones=tuple(draw(st.sets(st.sampled_from(ZONES), min_size=1))),
            due=START + draw(st.integers(0, 3 * 3600)),
            seconds=float(draw(st.integers(5, 60))),
            patience=float(draw(st.integers(0, 900))),
            category=draw(st.sampled_from(sorted(MANNERS))),
            priority=draw(st.integers(0, 2)),
            level=draw(st.integers(0, 5)),
            departure=f"d{i}",
        )
        for i in range(count)
    ]


QUIET = ((START + HOUR, START + HOUR + 1200),)
RULES = {
    "hall": ZoneRules("hall", budget=120, gap=10),
    "platform": ZoneRules("platform", budget=300, gap=0, quiet=QUIET),
}
GUARDS = ((START + 600, START + 840), (START + 5000, START + 5240))


def planned(wishes: list[Wish]) -> list[Place]:
    return place(wishes, RULES, GUARDS)


def said(places: list[Place], zone: str) -> list[Place]:
    return sorted((p for p in places if p.zone == zone and not p.way_code), key=lambda p: p.start)


@given(wish_lists())
def test_every_wish_has_exactly_one_place_in_each_of_its_zones(wishes: list[Wish]) -> None:
    got = sorted((p.wish.departure, p.zone) for p in planned(wishes))
    assert got == sorted((wish.departure, zone) for wish in wishes for zone in wish.zones)


@given(wish_lists())
def test_the_same_wishes_in_any_order_give_the_same_plan(wishes: list[Wish]) -> None:
    assert planned(wishes) == planned(wishes[::-1])


@given(wish_lists())
def test_nothing_overlaps_and_the_gap_is_kept(wishes: list[Wish]) -> None:
    for zone in ZONES:
        entries = said(planned(wishes), zone)
        for first, second in itertools.pairwise(entries):
            assert second.start >= first.start + first.wish.seconds + RULES[zone].gap


@given(wish_lists())
def test_nothing_is_early_and_nothing_is_later_than_its_patience(wishes: list[Wish]) -> None:
    for zone in ZONES:
        for entry in said(planned(wishes), zone):
            assert entry.wish.due <= entry.start <= entry.wish.due + entry.wish.patience


@given(wish_lists())
def test_quiet_hours_are_kept_by_all_who_owe_it(wishes: list[Wish]) -> None:
    for entry in said(planned(wishes), "platform"):
        if MANNERS[entry.wish.category].keeps_quiet:
            assert entry.start + entry.wish.seconds <= QUIET[0][0] or entry.start >= QUIET[0][1]


@given(wish_lists())
def test_conduct_is_never_spoken_over_a_departure(wishes: list[Wish]) -> None:
    for zone in ZONES:
        for entry in said(planned(wishes), zone):
            if MANNERS[entry.wish.category].spares_departures:
                for first, last in GUARDS:
                    assert entry.start + entry.wish.seconds <= first or entry.start >= last


@given(wish_lists())
def test_an_hour_over_its_budget_holds_nothing_that_would_give_way(wishes: list[Wish]) -> None:
    for zone in ZONES:
        hours: dict[int, list[Place]] = defaultdict(list)
        for entry in said(planned(wishes), zone):
            hours[int(entry.start // HOUR)].append(entry)
        for entries in hours.values():
            if sum(e.wish.seconds for e in entries) > RULES[zone].budget:
                assert not any(MANNERS[e.wish.category].way for e in entries)


@given(wish_lists())
def test_what_gives_way_says_why(wishes: list[Wish]) -> None:
    assert all(entry.way_reason for entry in planned(wishes) if entry.way_code)


def conduct(minute: float, category: str = "conduct", **given: object) -> Wish:
    usual: dict[str, object] = {
        "zones": ("hall",),
        "seconds": 30.0,
        "patience": 60.0,
        "priority": 0,
        "level": 3,
    }
    return Wish(
        schedule=category,
        message="m",
        due=START + 2 * HOUR + minute * 60,
        category=category,
        **(usual | given),
    )  # type: ignore[arg-type]


def test_campaigns_give_way_to_the_budget_before_conduct_and_conduct_before_service() -> None:
    wishes = [
        conduct(10 * i, category)
        for i, category in enumerate(["campaign", "conduct", "service", "safety", "safety"])
    ]
    gone = [p.wish.category for p in place(wishes, RULES) if p.way_code]
    assert gone == ["campaign"]
    gone = [p.wish.category for p in place([*wishes, conduct(55, "safety")], RULES) if p.way_code]
    assert gone == ["campaign", "conduct"]


def test_one_that_finds_its_moment_taken_begins_as_soon_as_there_is_room() -> None:
    places = place([conduct(0, "safety", level=2), conduct(0)], RULES)
    assert [p.start - START - 2 * HOUR for p in said(places, "hall")] == [0, 40]


def test_zones_side_by_side_begin_together() -> None:
    wishes = [conduct(0, "safety", level=2), conduct(0, zones=ZONES)]
    starts = {p.start for p in place(wishes, RULES) if p.wish.category == "conduct"}
    assert len(starts) == 1


def test_the_same_schedule_keeps_its_own_distance() -> None:
    wishes = [conduct(0, spacing=600), conduct(5, spacing=600), conduct(10, spacing=600)]
    assert [p.way_code for p in place(wishes, RULES)] == ["", "too-soon", ""]

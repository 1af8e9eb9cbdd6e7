"""The plan of a day, saved again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from factories import ZONES, bring_in, station
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from schedules.core.clock import at_local, local_date, to_local
from schedules.core.database import Database
from schedules.models import Message, Occurrence, Schedule
from schedules.operations import calendar_of, get_schedule, get_station
from schedules.planner import PlanCounts, draft, expand, load_schedules, plan_station, save
from schedules.triggers import Departure, ListedDepartures, departures_around

DAY = date(2026, 11, 24)  # a Tuesday
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
EVENING_BEFORE = at_local(DAY - timedelta(days=1), time(20))
NOON = at_local(DAY, time(12))
TIMES = {"kind": "times", "at": ["08:00", "11:00", "14:00", "17:00"]}
QUEUE = {"key": "xep-hang", "message": "xep-hang", "trigger": TIMES}
SAFETY = {"key": "vach-vang", "message": "vach-vang", "trigger": TIMES}


class Desk:
    """Somebody who brings content in and plans."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder

    def bring(self, *schedules: dict[str, Any], at: datetime = LONG_AGO, **zone: Any) -> Desk:
        bring_in(self.database, self.folder, station(*schedules, **zone), at)
        return self

    def close_station(self, *kinds: tuple[str, date, date]) -> Desk:
        content = station()
        content["stations"][0]["calendar"] = [
            {"kind": kind, "first": first, "last": last} for kind, first, last in kinds
        ]
        bring_in(self.database, self.folder, content, LONG_AGO)
        return self

    def plan(
        self,
        day: date = DAY,
        now: datetime = EVENING_BEFORE,
        departures: Iterable[Departure] = (),
        back_to: datetime | None = None,
    ) -> PlanCounts:
        with self.database.write() as session:
            place = get_station(session, "ga-thu")
            return save(session, draft(session, place, day, ListedDepartures(departures)), now, back_to)

    def rows(self, day: date = DAY) -> list[Occurrence]:
        order = (Occurrence.due_at, Occurrence.zone_id, Occurrence.schedule_id, Occurrence.departure)
        query = select(Occurrence).where(Occurrence.day == day).order_by(*order)
        with self.database.read() as session:
            return list(session.scalars(query))

    def due(self, day: date = DAY) -> list[str]:
        """The moments of a day, once for all zones."""
        return sorted({f"{to_local(row.due_at):%H:%M}" for row in self.rows(day)})

    def settle(self, clock: str, **values: Any) -> None:
        """Something happened to what is due at that time."""
        due = at_local(DAY, time.fromisoformat(clock))
        with self.database.write() as session:
            session.execute(update(Occurrence).where(Occurrence.due_at == due).values(**values))

    def said(self, day: date = DAY) -> list[str]:
        """The messages of a day in one zone, in order."""
        query = (
            select(Message.key)
            .join(Occurrence, Occurrence.message_id == Message.id)
            .where(Occurrence.day == day)
            .group_by(Occurrence.due_at)
            .order_by(Occurrence.due_at)
        )
        with self.database.read() as session:
            return list(session.scalars(query))


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


def cleared(desk: Desk) -> Desk:
    with desk.database.write() as session:
        session.execute(delete(Occurrence))
        session.execute(update(Schedule).values(enabled=False))
    return desk


# ----------------------------------------------------------------------------------------------------- a day


def test_every_moment_is_planned_in_every_zone(desk: Desk) -> None:
    assert desk.bring(QUEUE).plan() == PlanCounts(added=4 * len(ZONES))
    assert desk.due() == ["08:00", "11:00", "14:00", "17:00"]


def test_planning_again_changes_nothing(desk: Desk) -> None:
    desk.bring(QUEUE, SAFETY).plan()
    assert desk.plan() == PlanCounts()


def test_planning_again_later_in_the_day_changes_nothing(desk: Desk) -> None:
    desk.bring(QUEUE, SAFETY).plan()
    assert desk.plan(now=NOON) == PlanCounts()


def test_a_row_says_when_what_and_for_how_long(desk: Desk) -> None:
    desk.bring(QUEUE | {"trigger": TIMES | {"at": ["08:00"]}}).plan()
    row = desk.rows()[0]
    assert (row.day, row.due_at, row.planned_at, row.expires_at) == (
        DAY,
        at_local(DAY, time(8)),
        at_local(DAY, time(8)),
        at_local(DAY, time(8, 10)),
    )
    assert (row.result, row.queued, row.way_code, row.seconds > 0) == (None, False, "", True)


def test_nothing_is_planned_for_nobody(desk: Desk) -> None:
    assert desk.bring().plan() == PlanCounts()


# ------------------------------------------------------------------------------------------- what has changed


def test_a_changed_schedule_is_planned_anew_only_for_what_is_ahead(desk: Desk) -> None:
    desk.bring(QUEUE).plan()
    desk.bring(QUEUE | {"trigger": TIMES | {"at": ["07:00", "15:00"]}}, at=NOON)
    assert desk.plan(now=NOON) == PlanCounts(added=len(ZONES), removed=2 * len(ZONES))
    assert desk.due() == ["08:00", "11:00", "15:00"]


def test_what_changed_about_a_moment_ahead_is_changed_in_its_place(desk: Desk) -> None:
    desk.bring(QUEUE).plan()
    before = {row.due_at: row.id for row in desk.rows()}
    desk.bring(QUEUE | {"message": "vach-vang"}, at=NOON)
    assert desk.plan(now=NOON) == PlanCounts(changed=2 * len(ZONES))
    assert desk.said() == ["xep-hang", "xep-hang", "vach-vang", "vach-vang"]
    assert {row.due_at: row.id for row in desk.rows()} == before


@pytest.mark.parametrize("state", [{"queued": True}, {"result": "played"}, {"result": "gave_way"}])
def test_what_is_queued_or_settled_is_not_touched(desk: Desk, state: dict[str, Any]) -> None:
    desk.bring(QUEUE).plan()
    desk.settle("17:00", **state)
    desk.bring(QUEUE | {"message": "vach-vang"}, at=NOON)
    desk.plan(now=NOON)
    assert desk.said()[-1] == "xep-hang"


@pytest.mark.parametrize("state", [{"queued": True}, {"result": "played"}])
def test_what_is_queued_or_settled_stays_when_its_schedule_is_gone(desk: Desk, state: dict[str, Any]) -> None:
    desk.bring(QUEUE).plan()
    desk.settle("17:00", **state)
    desk.bring(QUEUE | {"enabled": False}, at=NOON)
    desk.plan(now=NOON)
    assert desk.due() == ["08:00", "11:00", "17:00"]


def test_a_disabled_schedule_leaves_only_its_past(desk: Desk) -> None:
    desk.bring(QUEUE).plan()
    desk.bring(QUEUE | {"enabled": False}, at=NOON)
    assert desk.plan(now=NOON) == PlanCounts(removed=2 * len(ZONES))
    assert desk.due() == ["08:00", "11:00"]


def test_a_disabled_schedule_says_nothing_on_another_day(desk: Desk) -> None:
    desk.bring(QUEUE | {"enabled": False})
    assert desk.plan(DAY + timedelta(days=1)) == PlanCounts()


def test_a_zone_left_out_leaves_only_its_past(desk: Desk) -> None:
    desk.bring(QUEUE).plan()
    desk.bring(QUEUE | {"zones": ["sanh"]}, at=NOON)
    assert desk.plan(now=NOON) == PlanCounts(removed=2)


def test_a_retired_message_is_no_longer_said(desk: Desk) -> None:
    desk.bring(QUEUE).plan()
    with desk.database.write() as session:
        session.execute(update(Message).values(retired=True))
    assert desk.plan(now=NOON) == PlanCounts(removed=2 * len(ZONES))


def test_a_new_schedule_has_no_moments_before_it_existed(desk: Desk) -> None:
    desk.bring(QUEUE, at=NOON).plan(now=NOON)
    assert desk.due() == ["14:00", "17:00"]


def test_a_moment_at_which_a_schedule_begins_is_its_first(desk: Desk) -> None:
    desk.bring(QUEUE, at=at_local(DAY, time(14))).plan(now=at_local(DAY, time(14)))
    assert desk.due() == ["14:00", "17:00"]


def test_what_is_past_was_planned_by_nobody(desk: Desk) -> None:
    desk.bring(QUEUE).plan(now=NOON)
    assert desk.due() == ["14:00", "17:00"]


def test_what_was_missed_while_nobody_was_there_is_in_the_plan(desk: Desk) -> None:
    desk.bring(QUEUE).plan(now=NOON, back_to=at_local(DAY, time(10)))
    assert desk.due() == ["11:00", "14:00", "17:00"]


def test_a_schedule_missed_nothing_before_it_existed(desk: Desk) -> None:
    desk.bring(QUEUE, at=NOON).plan(now=at_local(DAY, time(15)), back_to=EVENING_BEFORE)
    assert desk.due() == ["14:00", "17:00"]


def test_moments_ahead_that_nobody_has_planned_yet_are_added(desk: Desk) -> None:
    desk.bring(QUEUE).plan()
    desk.bring(QUEUE, SAFETY, at=NOON)
    assert desk.plan(now=NOON).added == 2 * len(ZONES)


# -------------------------------------------------------------------------------------------- what gives way

LONG_ROW = {"at": [f"09:{minute:02}" for minute in range(60)]}
OFTEN = {"key": "xep-hang", "message": "xep-hang", "trigger": {"kind": "times", **LONG_ROW}}


def ways(rows: list[Occurrence]) -> Counter[str]:
    return Counter(row.way_code for row in rows)


def test_what_gives_way_is_kept_with_its_reason(desk: Desk) -> None:
    desk.bring(OFTEN, budget_minutes=2).plan()
    refused = [row for row in desk.rows() if row.way_code]
    assert {row.way_code for row in refused} == {"budget"}
    assert all("announcement budget of 2 minutes" in row.way_reason for row in refused)
    assert len(desk.rows()) == 60 * len(ZONES)


def test_what_gave_way_is_said_after_all_when_there_is_room(desk: Desk) -> None:
    desk.bring(OFTEN, budget_minutes=2).plan()
    refused = ways(desk.rows())["budget"]
    desk.bring(OFTEN, budget_minutes=60)
    assert desk.plan() == PlanCounts(changed=refused)
    assert ways(desk.rows()) == {"": 60 * len(ZONES)}
    assert {row.way_reason for row in desk.rows()} == {""}


def test_quiet_hours_are_kept(desk: Desk) -> None:
    desk.bring(QUEUE, SAFETY, quiet=[{"from": "10:00", "to": "12:00"}]).plan()
    quiet = [row for row in desk.rows() if row.way_code == "quiet-hours"]
    assert {f"{to_local(row.due_at):%H:%M}" for row in quiet} == {"11:00"}
    assert len(quiet) == len(ZONES)


def test_what_finds_room_only_after_midnight_keeps_the_quiet_hours_there(desk: Desk) -> None:
    """Two at 23:59: the second could begin at midnight at the earliest, when quiet hours begin."""
    late = {"trigger": {"kind": "times", "at": ["23:59:55"]}}
    desk.bring(SAFETY | late, QUEUE | late, quiet=[{"from": "00:00", "to": "05:00"}]).plan()
    assert ways(desk.rows()) == {"": len(ZONES), "quiet-hours": len(ZONES)}


def test_conduct_stays_out_of_a_departure(desk: Desk) -> None:
    train = Departure("SE1", "Sài Gòn", at_local(DAY, time(8, 1)))
    quick = QUEUE | {"trigger": TIMES | {"at": ["08:00"]}, "expires_minutes": 1}
    desk.bring(quick).plan(departures=[train])
    assert ways(desk.rows()) == {"departure": len(ZONES)}


# ------------------------------------------------------------------------------------------------- midnight


def test_the_hours_after_midnight_are_planned_on_their_own_date(desk: Desk) -> None:
    night = {"kind": "every", "minutes": 60, "from": "22:00", "to": "02:00"}
    desk.bring(QUEUE | {"trigger": night}).plan()
    assert desk.due() == ["00:00", "01:00", "02:00", "22:00", "23:00"]


def test_a_night_belongs_to_the_day_on_which_it_began(desk: Desk) -> None:
    night = {"kind": "every", "minutes": 60, "from": "22:00", "to": "02:00"}
    desk.bring(QUEUE | {"trigger": night, "days": {"weekdays": ["tue"]}})
    desk.plan()
    desk.plan(DAY + timedelta(days=1))
    assert (desk.due(), desk.due(DAY + timedelta(days=1))) == (
        ["22:00", "23:00"],
        ["00:00", "01:00", "02:00"],
    )


def test_a_day_of_hanoi_is_not_a_day_of_greenwich(desk: Desk) -> None:
    desk.bring(QUEUE | {"trigger": TIMES | {"at": ["00:30", "23:30"]}}).plan()
    assert [row.due_at.date() for row in desk.rows()[:: len(ZONES)]] == [DAY - timedelta(days=1), DAY]


# ------------------------------------------------------------------------------------------------- which days

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 3)


@pytest.mark.parametrize(
    ("day", "moments"),
    [(FIRST - timedelta(days=1), 0), (FIRST, 4), (LAST, 4), (LAST + timedelta(days=1), 0)],
)
def test_a_schedule_is_valid_from_its_first_day_to_the_end_of_its_last(
    desk: Desk, day: date, moments: int
) -> None:
    desk.bring(QUEUE | {"valid_from": FIRST, "valid_to": LAST}).plan(day)
    assert len(desk.due(day)) == moments


@pytest.mark.parametrize(
    ("limit", "moments"),
    [({"valid_from": FIRST}, 4), ({"valid_to": FIRST}, 4), ({"valid_from": FIRST, "valid_to": FIRST}, 4)],
)
def test_either_end_may_be_open_and_one_day_is_enough(
    desk: Desk, limit: dict[str, Any], moments: int
) -> None:
    desk.bring(QUEUE | limit).plan(FIRST)
    assert len(desk.due(FIRST)) == moments


TET = date(2027, 2, 6)  # mùng một


@pytest.mark.parametrize(
    ("days", "expected"), [({"tet": "never"}, 0), ({"tet": "only"}, 4), ({}, 4)], ids=["never", "only", "any"]
)
def test_tet_is_left_out_or_the_only_time(desk: Desk, days: dict[str, Any], expected: int) -> None:
    desk.bring(QUEUE | {"days": days}).plan(TET)
    assert len(desk.due(TET)) == expected


@pytest.mark.parametrize(("offset", "expected"), [(-2, 4), (-1, 0), (4, 0), (5, 4)])
def test_tet_lasts_from_the_eve_to_mung_nam(desk: Desk, offset: int, expected: int) -> None:
    day = TET + timedelta(days=offset)
    desk.bring(QUEUE | {"days": {"tet": "never"}}).plan(day)
    assert len(desk.due(day)) == expected


def test_a_closed_station_says_nothing(desk: Desk) -> None:
    desk.bring(QUEUE, SAFETY).close_station(("closed", DAY, DAY))
    assert desk.plan() == PlanCounts()


def test_a_station_that_closes_at_noon_leaves_only_its_past(desk: Desk) -> None:
    desk.bring(QUEUE).plan()
    desk.close_station(("closed", DAY, DAY))
    assert desk.plan(now=NOON) == PlanCounts(removed=2 * len(ZONES))


def test_the_citys_holiday_counts_as_one(desk: Desk) -> None:
    desk.bring(QUEUE | {"days": {"holidays": "only"}}).close_station(("holiday", DAY, DAY))
    assert desk.plan().added == 4 * len(ZONES)


# ---------------------------------------------------------------------------------------------------- rotation


def test_turns_go_by_weight_over_the_days(desk: Desk) -> None:
    turns = [{"message": "xep-hang", "weight": 3}, {"message": "vach-vang", "weight": 2}]
    desk.bring({"key": "luan-phien", "rotation": turns, "trigger": TIMES})
    days = [DAY + timedelta(days=number) for number in range(5)]
    for day in days:
        desk.plan(day)
    assert Counter(key for day in days for key in desk.said(day)) == {"xep-hang": 12, "vach-vang": 8}


def test_days_do_not_all_begin_with_the_same_message(desk: Desk) -> None:
    turns = [{"message": "xep-hang"}, {"message": "vach-vang"}]
    desk.bring(
        {"key": "luan-phien", "rotation": turns, "trigger": TIMES | {"at": ["08:00", "09:00", "10:00"]}}
    )
    desk.plan()
    desk.plan(DAY + timedelta(days=1))
    assert desk.said()[0] != desk.said(DAY + timedelta(days=1))[0]


def test_a_retired_message_gives_its_turns_to_the_others(desk: Desk) -> None:
    turns = [{"message": "xep-hang"}, {"message": "vach-vang"}]
    desk.bring({"key": "luan-phien", "rotation": turns, "trigger": TIMES})
    with desk.database.write() as session:
        session.execute(update(Message).where(Message.key == "xep-hang").values(retired=True))
    desk.plan()
    assert desk.said() == ["vach-vang"] * 4


# -------------------------------------------------------------------------------------------------- departures

ARRIVING = {
    "key": "chao-tau",
    "message": "chao-tau",
    "trigger": {"kind": "departure", "minutes": [-5]},
    "priority": "priority",
}


def train(service: str, clock: str, delay: int = 0, platform: str = "") -> Departure:
    at = at_local(DAY, time.fromisoformat(clock))
    return Departure(service, "Sài Gòn", at, delay=delay, platform=platform)


def test_a_departure_fills_the_blanks(desk: Desk) -> None:
    desk.bring(ARRIVING).plan(departures=[train("SE1", "19:30")])
    assert (desk.due(), desk.rows()[0].values) == (["19:25"], {"service": "SE1", "time": "19:30"})


def test_the_schedules_own_values_win(desk: Desk) -> None:
    desk.bring(ARRIVING | {"values": {"time": "20:00"}}).plan(departures=[train("SE1", "19:30")])
    assert desk.rows()[0].values["time"] == "20:00"


def test_two_departures_at_one_moment_are_both_announced(desk: Desk) -> None:
    desk.bring(ARRIVING).plan(departures=[train("SE1", "19:30"), train("SE3", "19:30")])
    assert Counter(row.values["service"] for row in desk.rows()) == {"SE1": 2, "SE3": 2}


def test_departures_that_meet_by_delay_are_both_announced(desk: Desk) -> None:
    trains = [train("SE1", "19:30"), train("SE3", "19:00", delay=30)]
    desk.bring(ARRIVING).plan(departures=trains)
    assert (len(desk.rows()), desk.plan(departures=trains)) == (4, PlanCounts())


def test_one_service_listed_on_two_platforms_is_announced_once(desk: Desk) -> None:
    trains = [train("SE1", "19:30", platform="1"), train("SE1", "19:30", platform="2")]
    desk.bring(ARRIVING)
    assert desk.plan(departures=trains) == PlanCounts(added=len(ZONES))
    assert desk.plan(departures=trains) == PlanCounts()


def test_a_delay_moves_what_is_ahead(desk: Desk) -> None:
    desk.bring(ARRIVING).plan(departures=[train("SE1", "19:30")])
    counts = desk.plan(departures=[train("SE1", "19:30", delay=20)])
    assert (counts, desk.due()) == (PlanCounts(added=2, removed=2), ["19:45"])


def test_a_cancelled_departure_is_not_announced(desk: Desk) -> None:
    desk.bring(ARRIVING).plan(departures=[train("SE1", "19:30")])
    assert desk.plan() == PlanCounts(removed=len(ZONES))


def test_a_departure_just_after_midnight_is_announced_before_it(desk: Desk) -> None:
    early = Departure("SE9", "Vinh", at_local(DAY + timedelta(days=1), time(0, 2)))
    desk.bring(ARRIVING).plan(departures=[early])
    assert desk.due() == ["23:57"]


def test_a_delay_over_midnight_is_announced_on_the_next_day(desk: Desk) -> None:
    late = train("SE1", "23:50", delay=60)
    desk.bring(ARRIVING)
    desk.plan(departures=[late])
    desk.plan(DAY + timedelta(days=1), departures=[late])
    assert (desk.due(), desk.due(DAY + timedelta(days=1))) == ([], ["00:45"])


# -------------------------------------------------------------------------------------------------------- laws

clocks = st.integers(0, 287).map(lambda number: f"{number // 12:02}:{number % 12 * 5:02}")
trigger_data = st.one_of(
    st.lists(clocks, min_size=1, max_size=6, unique=True).map(lambda at: {"kind": "times", "at": at}),
    st.builds(
        lambda minutes, start: {"kind": "every", "minutes": minutes, "from": start, "to": "23:59"},
        st.integers(20, 300),
        clocks,
    ),
    st.just({"kind": "departure", "minutes": [-10, 0]}),
)


@st.composite
def schedule_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    schedules = []
    for number in range(draw(st.integers(1, 4))):
        keys = draw(st.lists(st.sampled_from(["xep-hang", "vach-vang", "chao-tau"]), min_size=1, unique=True))
        schedules.append(
            {
                "key": f"lich-{number}",
                "rotation": [{"message": key, "weight": draw(st.integers(1, 3))} for key in keys],
                "zones": draw(st.lists(st.sampled_from(ZONES), min_size=1, unique=True)),
                "trigger": draw(trigger_data),
                "priority": draw(st.sampled_from(["normal", "priority", "urgent"])),
                "expires_minutes": draw(st.sampled_from([0.5, 10.0, 60.0])),
                "gap_minutes": draw(st.sampled_from([0.0, 30.0])),
            }
        )
    return schedules


trains = st.lists(
    st.builds(train, st.sampled_from(["SE1", "SE3"]), clocks, st.sampled_from([0, 0, 25])), max_size=4
)
zone_data = st.fixed_dictionaries(
    {
        "budget_minutes": st.sampled_from([0, 1, 30]),
        "gap_seconds": st.sampled_from([0, 60]),
        "quiet": st.sampled_from([[], [{"from": "22:00", "to": "05:00"}]]),
    }
)
moments_of_day = st.integers(0, 1439).map(lambda minute: at_local(DAY, time()) + timedelta(minutes=minute))
slow = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@slow
@given(schedule_lists(), trains, zone_data)
def test_the_same_inputs_give_the_same_plan(
    desk: Desk, schedules: list[dict[str, Any]], departures: list[Departure], zone: dict[str, Any]
) -> None:
    cleared(desk).bring(*schedules, **zone)
    with desk.database.read() as session:
        place = get_station(session, "ga-thu")
        around = departures_around(ListedDepartures(departures), "ga-thu", DAY)
        assert plan_station(place, DAY, session, around) == plan_station(place, DAY, session, around)


@slow
@given(schedule_lists(), trains, zone_data, moments_of_day, moments_of_day)
def test_whenever_it_is_planned_again_nothing_changes(
    desk: Desk,
    schedules: list[dict[str, Any]],
    departures: list[Departure],
    zone: dict[str, Any],
    now: datetime,
    later: datetime,
) -> None:
    first, second = sorted([now, later])
    cleared(desk).bring(*schedules, **zone).plan(now=first, departures=departures)
    assert desk.plan(now=second, departures=departures) == PlanCounts()


@slow
@given(schedule_lists(), schedule_lists(), trains, moments_of_day)
def test_a_new_plan_never_touches_what_lies_behind(
    desk: Desk,
    schedules: list[dict[str, Any]],
    others: list[dict[str, Any]],
    departures: list[Departure],
    now: datetime,
) -> None:
    cleared(desk).bring(*schedules).plan(departures=departures)
    past = [plain(row) for row in desk.rows() if row.due_at <= now]
    desk.bring(*others, at=now).plan(now=now, departures=departures)
    still = {row["id"]: row for row in map(plain, desk.rows())}
    assert [still.get(row["id"]) for row in past] == past


@slow
@given(schedule_lists(), schedule_lists(), trains, moments_of_day)
def test_what_lies_ahead_is_as_if_it_had_never_been_planned_otherwise(
    desk: Desk,
    schedules: list[dict[str, Any]],
    others: list[dict[str, Any]],
    departures: list[Departure],
    now: datetime,
) -> None:
    cleared(desk).bring(*schedules).plan(departures=departures)
    desk.bring(*others, at=now).plan(now=now, departures=departures)
    replanned = [nameless(row) for row in desk.rows() if row.due_at > now]
    with desk.database.write() as session:
        session.execute(delete(Occurrence))
    desk.plan(now=now, departures=departures)
    assert replanned == [nameless(row) for row in desk.rows() if row.due_at > now]


def plain(row: Occurrence) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in Occurrence.__table__.columns}


def nameless(row: Occurrence) -> dict[str, Any]:
    return {name: value for name, value in plain(row).items() if name != "id"}


@slow
@given(schedule_lists(), trains)
def test_every_wish_falls_on_its_day(
    desk: Desk, schedules: list[dict[str, Any]], departures: list[Departure]
) -> None:
    cleared(desk).bring(*schedules)
    with desk.database.read() as session:
        place = get_station(session, "ga-thu")
        found = expand(load_schedules(session, place), DAY, calendar_of(session, place), departures)
    assert {local_date(datetime.fromtimestamp(wish.due, UTC)) for wish, _ in found} <= {DAY}


def test_a_schedule_that_nobody_changed_is_as_old_as_it_was(desk: Desk) -> None:
    desk.bring(QUEUE).bring(QUEUE, at=NOON)
    with desk.database.read() as session:
        assert get_schedule(session, "xep-hang").since == LONG_AGO


def test_counts_add_up() -> None:
    assert PlanCounts(1, 2, 3) + PlanCounts(10, 20, 30) == PlanCounts(11, 22, 33)

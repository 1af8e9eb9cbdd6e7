"""Triggers, departures and day types for properties to be tried on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from schedules.core.clock import LOCAL
from schedules.days.day_types import DayType
from schedules.days.phrases import WEEKDAYS
from schedules.triggers import Departure, EveryMinutes, FixedTimes, Recurrence, RelativeToDeparture, Trigger

# The first call of a year builds its holidays, and a busy machine is no fault of the code: no time limit per example.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

DAY = 24 * 3600
dates = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def _window(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, DAY - 1))
    return start, draw(
        st.one_of(st.integers(0, DAY), st.integers(start + 1, min(start + DAY, 30 * 3600 - 1)))
    )


@st.composite
def every_minutes(draw: st.DrawFn) -> EveryMinutes:
    start, end = _window(draw)
    minutes = draw(st.integers(1, 24 * 60))
    length = end - start if end > start else end - start + DAY
    latest = min(minutes - 1, (length - 1) // 60)
    return EveryMinutes(minutes, start, end, draw(st.integers(0, max(0, latest))))


@st.composite
def fixed_times(draw: st.DrawFn) -> FixedTimes:
    clock = st.integers(0, 30 * 3600 - 1)
    return FixedTimes(tuple(draw(st.lists(clock, min_size=1, max_size=12, unique_by=lambda at: at % DAY))))


_NARROWING = {
    "BYMONTH": st.integers(1, 12),
    "BYMONTHDAY": st.one_of(st.integers(1, 31), st.integers(-31, -1)),
    "BYYEARDAY": st.one_of(st.integers(1, 366), st.integers(-366, -1)),
    "BYWEEKNO": st.one_of(st.integers(1, 53), st.integers(-53, -1)),
    "BYHOUR": st.integers(0, 23),
    "BYMINUTE": st.integers(0, 59),
}
_FITTING = {
    "YEARLY": ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYHOUR", "BYMINUTE"),
    "MONTHLY": ("BYMONTH", "BYMONTHDAY", "BYHOUR", "BYMINUTE"),
    "WEEKLY": ("BYMONTH", "BYHOUR", "BYMINUTE"),
    "DAILY": ("BYMONTH", "BYMONTHDAY", "BYHOUR", "BYMINUTE"),
    "HOURLY": ("BYMONTH", "BYMONTHDAY", "BYHOUR", "BYMINUTE"),
    "MINUTELY": ("BYMONTH", "BYMONTHDAY", "BYHOUR", "BYMINUTE"),
}


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(sorted(_FITTING)))
    parts = [
        f"FREQ={freq}",
        f"INTERVAL={draw(st.integers(1, 5))}",
        f"WKST={draw(st.sampled_from(['MO', 'SU']))}",
    ]
    for name in draw(st.lists(st.sampled_from(_FITTING[freq]), max_size=2, unique=True)):
        values = draw(st.lists(_NARROWING[name], min_size=1, max_size=4, unique=True))
        parts.append(f"{name}={','.join(map(str, values))}")
    places = st.sampled_from(["", "1", "2", "-1", "+4"]) if freq in ("YEARLY", "MONTHLY") else st.just("")
    weekday = st.builds(lambda place, name: place + name, places, st.sampled_from(["MO", "WE", "SA", "SU"]))
    if draw(st.booleans()):
        parts.append("BYDAY=" + ",".join(draw(st.lists(weekday, min_size=1, max_size=3, unique=True))))
        if freq in ("YEARLY", "MONTHLY") and not any(
            "BYHOUR" in part or "BYMINUTE" in part for part in parts
        ):
            parts += draw(st.sampled_from([[], ["BYSETPOS=1"], ["BYSETPOS=-1,2"]]))
    return ";".join(parts)


starts = st.builds(
    lambda day, minutes: datetime.combine(day, time(), LOCAL) + timedelta(minutes=minutes),
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.integers(0, 1439),
)
recurrences = st.builds(
    Recurrence,
    st.sampled_from(
        [
            "FREQ=WEEKLY;BYDAY=MO;BYHOUR=8;BYMINUTE=0",
            "FREQ=MINUTELY;INTERVAL=7",
            "FREQ=HOURLY;INTERVAL=5;BYMINUTE=0,30",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=DAILY;COUNT=90",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        ]
    ),
    starts,
)

names = st.sampled_from(["SE1", "SE3", "TN1", "03", "32"])
relatives = st.builds(
    RelativeToDeparture,
    st.lists(st.integers(-720, 720), min_size=1, max_size=4, unique=True).map(
        lambda found: tuple(sorted(found))
    ),
    st.sampled_from([(), ("SE*",), ("03", "TN?")]),
    st.sampled_from([(), ("1", "2")]),
    st.sampled_from([(), ("departure",)]),
)
triggers: st.SearchStrategy[Trigger] = st.one_of(every_minutes(), fixed_times(), recurrences, relatives)


def departures_near(day: date) -> st.SearchStrategy[list[Departure]]:
    """Within two days of a day, some of them late."""
    noon = datetime.combine(day, time(5), UTC)
    return st.lists(
        st.builds(
            Departure,
            service=names,
            destination=st.just("Sài Gòn"),
            departs_at=st.integers(-2880, 2880).map(lambda minutes: noon + timedelta(minutes=minutes)),
            platform=st.sampled_from(["", "1", "3"]),
            delay=st.sampled_from([0, 0, 25, 1440]),
        ),
        max_size=6,
    )


_limits = {
    "weekdays": st.frozensets(st.sampled_from(WEEKDAYS), min_size=1),
    "months": st.frozensets(st.integers(1, 12)),
    "lunar": st.frozensets(st.tuples(st.integers(0, 12), st.integers(1, 30)), max_size=4),
    "holidays": st.sampled_from(["any", "only", "never"]),
    "tet": st.sampled_from(["any", "only", "never"]),
    "except_dates": st.frozensets(dates, max_size=4),
}
day_types = st.one_of(
    st.builds(DayType, **_limits),
    st.builds(
        DayType, **(_limits | {"weekdays": st.just(frozenset())}), dates=st.frozensets(dates, min_size=1)
    ),
)

"""Content goes out as YAML and comes in again, losing nothing and changing nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from factories import bring_in, station
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from schedules.core.changes import SCHEDULES, number
from schedules.core.database import Database
from schedules.core.errors import FileRefused
from schedules.core.tables import Base
from schedules.document import Document, Volume, Window
from schedules.exchange import DEMO, ImportCounts, export_data, export_yaml, import_document, import_files
from schedules.models import BLANK_TYPES, CATEGORIES, Schedule
from schedules.operations import get_schedule
from tests.schedules.triggers.strategies import day_types, triggers

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
EVERY = {"kind": "every", "minutes": 20, "from": "06:00", "to": "22:00"}
HOURLY = {"key": "thu-xep-hang", "message": "xep-hang", "trigger": EVERY}

# Every field with something other than its default.
FULL: dict[str, Any] = {
    "stations": [
        {
            "key": "ga-thu",
            "kind": "rail",
            "name": "Ga Thử",
            "name_en": "Trial Station",
            "zones": [
                {
                    "key": "sanh",
                    "name": "Sảnh",
                    "name_en": "Hall",
                    "sink": "folder",
                    "mastering": "outdoor",
                    "volume": [
                        {"from": "22:00", "to": "06:00", "db": -9.5},
                        {"from": "06:00", "to": "08:00", "db": 3.0},
                    ],
                    "quiet": [{"from": "22:30", "to": "05:00"}, {"from": "12:00", "to": "13:00"}],
                    "budget_minutes": 4.5,
                    "gap_seconds": 20.0,
                }
            ],
            "calendar": [
                {"first": date(2026, 12, 1), "last": date(2026, 12, 2), "kind": "closed", "note": "sửa"},
                {"first": date(2026, 12, 1), "last": date(2026, 12, 1), "kind": "holiday", "note": ""},
                {"first": date(2026, 12, 5), "last": date(2026, 12, 5), "kind": "working", "note": "làm bù"},
            ],
        }
    ],
    "messages": [
        {
            "key": "chao-tau",
            "category": "operational",
            "topic": "arrival",
            "title": "Tàu đến",
            "chime": "urgent",
            "rule": {"act": "1665/QĐ-UBND", "article": "Điều 3", "verified": True, "summary": "Xếp hàng."},
            "blanks": {"time": "time", "service": "service"},
            "wordings": {
                "en": "Train {service} arrives at {time}.",
                "vi": {"text": "Tàu {service} đến lúc {time}.", "spoken": "Chuyến {service}, {time}."},
                "fr": "Le train {service}.",
            },
            "retired": True,
        },
        {"key": "xep-hang", "category": "conduct", "title": "Xếp hàng", "wordings": {"vi": "Xin xếp hàng."}},
    ],
    "schedules": [
        {
            "key": "luan-phien",
            "station": "ga-thu",
            "zones": ["sanh"],
            "rotation": [{"message": "xep-hang", "weight": 3}, {"message": "chao-tau", "weight": 2}],
            "trigger": {"kind": "every", "minutes": 20, "from": "22:00", "to": "02:00", "offset": 5},
            "days": {"weekdays": ["mon", "sun"], "tet": "never", "dates": ["2026-12-31"]},
            "values": {"time": "07:30", "service": "SE1"},
            "priority": "priority",
            "valid_from": date(2026, 1, 1),
            "valid_to": date(2027, 12, 31),
            "expires_minutes": 2.5,
            "repeats": 3,
            "gap_minutes": 7.5,
            "enabled": False,
        },
        {
            "key": "nang",
            "station": "ga-thu",
            "zones": ["sanh"],
            "rotation": [{"message": "xep-hang", "weight": 2}],
            "trigger": {"kind": "times", "at": ["08:00", "25:30"]},
        },
    ],
}


def exported(database: Database) -> str:
    with database.read() as session:
        return export_yaml(session)


def emptied(database: Database) -> Database:
    with database.write() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "playouts":
                session.execute(table.delete())
    return database


def brought_in_text(database: Database, folder: Path, text: str) -> None:
    path = folder / "text.yaml"
    path.write_text(text, "utf-8")
    with database.write() as session:
        import_files(session, [path], NOW)


def change_number(database: Database) -> int:
    with database.read() as session:
        return number(session, SCHEDULES)


def since(database: Database, key: str) -> datetime:
    with database.read() as session:
        return get_schedule(session, key).since


# ---------------------------------------------------------------------------------------------- the round trip


def test_what_went_out_and_came_in_again_goes_out_the_same(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, FULL, NOW)
    first = exported(database)
    brought_in_text(emptied(database), tmp_path, first)
    assert exported(database) == first


def test_every_field_that_came_in_goes_out(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, FULL, NOW)
    assert normal(yaml.safe_load(exported(database))) == normal(FULL)


def test_the_demo_goes_out_and_in_losing_nothing(database: Database, tmp_path: Path) -> None:
    with database.write() as session:
        import_files(session, DEMO, NOW)
    first = exported(database)
    brought_in_text(emptied(database), tmp_path, first)
    assert exported(database) == first


def test_an_empty_database_goes_out_as_a_file_that_can_come_in(database: Database, tmp_path: Path) -> None:
    brought_in_text(database, tmp_path, exported(database))
    assert yaml.safe_load(exported(database)) == {"stations": [], "messages": [], "schedules": []}


def test_wordings_keep_their_order(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, FULL, NOW)
    assert list(yaml.safe_load(exported(database))["messages"][0]["wordings"]) == ["en", "vi", "fr"]


def test_no_anchors_are_written(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, FULL, NOW)
    assert "&id" not in exported(database)


def normal(data: Any) -> Any:
    """A document with all its defaults, sorted as an export sorts it."""
    document = Document.model_validate(data)
    for entry in document.stations:
        entry.calendar.sort(key=lambda item: (item.first, item.last, item.kind, item.note))
        entry.zones.sort(key=lambda zone: zone.key)
    for schedule in document.schedules:
        schedule.rotation, schedule.message = schedule.turns, None
        schedule.zones.sort()
    for section in (document.stations, document.messages, document.schedules):
        section.sort(key=lambda entry: entry.key)
    return document.model_dump()


# --------------------------------------------------------------------------------- whatever a document may hold

lines = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=12)
slugs = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,4})?", fullmatch=True)
numbers = st.floats(0, 60)
clocks = st.times().map(lambda found: f"{found:%H:%M}")
plain_words = lines.filter(lambda text: not set(text) & set("{}<>&"))
data = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | lines,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(lines, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def zones(draw: st.DrawFn, key: str) -> dict[str, Any]:
    windows = st.builds(lambda start, end: {"from": start, "to": end}, clocks, clocks)
    loud = st.builds(lambda window, db: window | {"db": db}, windows, st.floats(-40, 6))
    return {
        "key": key,
        "name": draw(lines),
        "name_en": draw(lines | st.just("")),
        "sink": draw(st.sampled_from(["", "folder"])),
        "volume": draw(st.lists(loud, max_size=2)),
        "quiet": draw(st.lists(windows, max_size=2)),
        "budget_minutes": draw(numbers),
        "gap_seconds": draw(numbers),
    }


@st.composite
def messages(draw: st.DrawFn, key: str) -> dict[str, Any]:
    blanks = draw(st.dictionaries(st.sampled_from(["a", "b_2"]), st.sampled_from(BLANK_TYPES)))
    words = plain_words.map(lambda text: text + "".join(f" {{{name}}}" for name in blanks))
    wording = words | st.builds(lambda text, spoken: {"text": text, "spoken": spoken}, words, words)
    return {
        "key": key,
        "category": draw(st.sampled_from([name for name in CATEGORIES if name != "live"])),
        "title": draw(lines),
        "chime": draw(st.sampled_from(["standard", "urgent", "none"])),
        "rule": draw(st.none() | st.dictionaries(lines, data, max_size=3)),
        "blanks": blanks,
        "wordings": draw(st.dictionaries(st.sampled_from(["vi", "en", "fr"]), wording, min_size=1)),
        "retired": draw(st.booleans()),
    }


@st.composite
def schedules(draw: st.DrawFn, key: str, zone_keys: list[str], message_keys: list[str]) -> dict[str, Any]:
    turn = st.builds(
        lambda message, weight: {"message": message, "weight": weight},
        st.sampled_from(message_keys),
        st.integers(1, 100),
    )
    first, last = sorted(draw(st.tuples(st.dates(), st.dates())))
    return {
        "key": key,
        "station": "ga",
        "zones": draw(st.lists(st.sampled_from(zone_keys), min_size=1, unique=True)),
        "rotation": draw(st.lists(turn, min_size=1, max_size=4)),
        "trigger": draw(triggers).to_data(),
        "days": draw(day_types).to_data(),
        "values": draw(st.dictionaries(lines, data, max_size=3)),
        "priority": draw(st.sampled_from(["normal", "priority", "urgent"])),
        "valid_from": draw(st.sampled_from([None, first])),
        "valid_to": draw(st.sampled_from([None, last])),
        "expires_minutes": draw(st.floats(0.1, 1440)),
        "repeats": draw(st.integers(1, 10)),
        "gap_minutes": draw(numbers),
        "enabled": draw(st.booleans()),
    }


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    zone_keys = draw(st.lists(slugs, min_size=1, max_size=3, unique=True))
    message_keys = draw(st.lists(slugs, min_size=1, max_size=3, unique=True))
    exceptions = st.builds(
        lambda days, kind, note: {"first": min(days), "last": max(days), "kind": kind, "note": note},
        st.tuples(st.dates(), st.dates()),
        st.sampled_from(["closed", "holiday", "working"]),
        lines | st.just(""),
    )
    return {
        "stations": [
            {
                "key": "ga",
                "kind": "rail",
                "name": draw(lines),
                "zones": [draw(zones(key)) for key in zone_keys],
                "calendar": draw(st.lists(exceptions, max_size=3)),
            }
        ],
        "messages": [draw(messages(key)) for key in message_keys],
        "schedules": [
            draw(schedules(key, zone_keys, message_keys))
            for key in draw(st.lists(slugs, max_size=2, unique=True))
        ],
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(contents())
def test_whatever_comes_in_goes_out_whole_and_comes_in_again_unchanged(
    database: Database, tmp_path: Path, content: dict[str, Any]
) -> None:
    bring_in(emptied(database), tmp_path, content, NOW)
    text = exported(database)
    assert normal(yaml.safe_load(text)) == normal(content)
    again = bring_in(database, tmp_path, yaml.safe_load(text), LATER)
    assert (again.added, again.changed) == (0, 0)


# --------------------------------------------------------------------------------------- bringing in once more


def test_the_first_import_counts_what_it_adds(database: Database, tmp_path: Path) -> None:
    counts = bring_in(database, tmp_path, station(HOURLY), NOW)
    assert counts == ImportCounts(added=7)  # a station, two zones, three messages, a schedule


def test_importing_twice_changes_nothing(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, FULL, NOW)
    assert bring_in(database, tmp_path, FULL, LATER) == ImportCounts(unchanged=6)


def test_importing_twice_gives_nobody_work_to_do(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, FULL, NOW)
    bring_in(database, tmp_path, FULL, LATER)
    assert change_number(database) == 1


def test_importing_twice_leaves_a_schedule_as_old_as_it_is(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, FULL, NOW)
    bring_in(database, tmp_path, FULL, LATER)
    assert since(database, "luan-phien") == NOW


CHANGES: dict[str, dict[str, Any]] = {
    "the trigger": {"trigger": EVERY | {"minutes": 30}},
    "the days": {"days": {"tet": "never"}},
    "the values": {"values": {"time": "08:00"}},
    "the priority": {"priority": "urgent"},
    "the zones": {"zones": ["sanh"]},
    "the message": {"message": "vach-vang"},
    "the weight": {"message": None, "rotation": [{"message": "xep-hang", "weight": 2}]},
    "the first day": {"valid_from": date(2026, 12, 1)},
    "whether it is on": {"enabled": False},
    "the repeats": {"repeats": 2},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_schedule_is_counted_and_begins_anew(
    database: Database, tmp_path: Path, change: dict[str, Any]
) -> None:
    bring_in(database, tmp_path, station(HOURLY), NOW)
    counts = bring_in(database, tmp_path, station(HOURLY | change), LATER)
    assert (counts, since(database, "thu-xep-hang"), change_number(database)) == (
        ImportCounts(changed=1, unchanged=6),
        LATER,
        2,
    )


def test_a_changed_zone_does_not_make_its_schedules_begin_anew(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, station(HOURLY), NOW)
    counts = bring_in(database, tmp_path, station(HOURLY, budget_minutes=5), LATER)
    assert (counts.changed, since(database, "thu-xep-hang")) == (2, NOW)


def test_a_calendar_exception_that_is_gone_from_the_file_is_gone(database: Database, tmp_path: Path) -> None:
    content = station()
    content["stations"][0]["calendar"] = [{"first": NOW.date(), "last": NOW.date(), "kind": "closed"}]
    bring_in(database, tmp_path, content, NOW)
    content["stations"][0]["calendar"] = []
    bring_in(database, tmp_path, content, LATER)
    assert yaml.safe_load(exported(database))["stations"][0]["calendar"] == []


def test_what_a_file_leaves_out_stays_as_it_is(database: Database, tmp_path: Path) -> None:
    content = station(HOURLY | {"priority": "priority", "repeats": 2}, budget_minutes=5, gap_seconds=20)
    quiet = [{"from": "22:00", "to": "05:00"}]
    content["stations"][0]["zones"][0]["quiet"] = quiet
    content["stations"][0]["calendar"] = [{"first": NOW.date(), "last": NOW.date(), "kind": "closed"}]
    bring_in(database, tmp_path, content, NOW)
    before = yaml.safe_load(exported(database))
    short = {
        "stations": [
            {"key": "ga-thu", "kind": "rail", "name": "Ga Thử", "zones": [{"key": "sanh", "name": "Sảnh"}]}
        ],
        "schedules": [{"station": "ga-thu", "zones": ["sanh", "ke-1"], **HOURLY}],
    }
    counts = bring_in(database, tmp_path, short, LATER)
    after = yaml.safe_load(exported(database))
    [zone] = [zone for zone in before["stations"][0]["zones"] if zone["key"] == "sanh"]
    zone["name"] = "Sảnh"
    assert after == before
    assert counts.changed == 1


def test_what_a_file_does_not_name_stays(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, station(HOURLY), NOW)
    brought_in_text(database, tmp_path, "stations: [{key: moi, kind: bus, name: Mới}]")
    with database.read() as session:
        assert session.scalar(select(Schedule.key)) == "thu-xep-hang"


def test_a_schedule_may_name_what_a_later_file_brings(database: Database, tmp_path: Path) -> None:
    content = station(HOURLY)
    paths = [tmp_path / "1.yaml", tmp_path / "2.yaml"]
    paths[0].write_text(yaml.safe_dump({"schedules": content.pop("schedules")}), "utf-8")
    paths[1].write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    with database.write() as session:
        assert import_files(session, paths, NOW).added == 7


def test_a_document_can_come_in_without_a_file(database: Database, tmp_path: Path) -> None:
    counts = ImportCounts()
    with database.write() as session:
        import_document(session, Document.model_validate(station(HOURLY)), NOW, counts, Path("plan"))
        assert export_data(session)["schedules"][0]["zones"] == ["ke-1", "sanh"]
    assert counts.added == 7


# ----------------------------------------------------------------------------------------------- what is refused

OTHER = """\
stations:
  - key: ga-khac
    kind: rail
    name: Ga Khác
    zones:
      - {key: ke-9, name: Ke 9}
"""
SCHEDULE = """\
schedules:
  - key: s
    station: ga-thu
    zones: [sanh]
    message: xep-hang
    trigger: {kind: times, at: ["08:00"]}
"""
STRANGE = {
    "an unknown message": (
        SCHEDULE.replace("xep-hang", "xep-han"),
        5,
        "there is no message “xep-han”",
        "Did you mean “xep-hang”?",
    ),
    "an unknown turn": (
        SCHEDULE.replace("message: xep-hang", "rotation:\n      - message: xep-hang\n      - message: khong"),
        7,
        "there is no message “khong”",
        "",
    ),
    "an unknown zone": (
        SCHEDULE.replace("[sanh]", "\n      - sanh\n      - xanh"),
        6,
        "there is no zone “xanh”",
        "Did you mean “sanh”?",
    ),
    "an unknown station": (
        SCHEDULE.replace("ga-thu", "ga-tu"),
        3,
        "there is no station “ga-tu”",
        "“ga-thu”?",
    ),
    "a zone of another station": (
        OTHER + SCHEDULE.replace("[sanh]", "[sanh, ke-9]"),
        10,
        "“ke-9” is a zone of another station",
        "",
    ),
    "a zone that another station has": (
        OTHER.replace("ke-9,", "sanh,"),
        6,
        "the zone “sanh” belongs to another station",
        "unique",
    ),
    "a station here under another key": (
        OTHER.replace("Ga Khác", "Ga Thử"),
        4,
        "“Ga Thử” of kind rail is already here as “ga-thu”",
        "another name",
    ),
    "two stations of one kind and name": (
        OTHER + "  - {key: ga-hai, kind: rail, name: Ga Khác}\n",
        7,
        "“Ga Khác” of kind rail is already here as “ga-khac”",
        "another name",
    ),
    "a bad trigger": (SCHEDULE.replace("times", "tims"), 6, "There is no trigger of kind “tims”", "“times”?"),
}


@pytest.mark.parametrize(("text", "line", "reason", "hint"), STRANGE.values(), ids=STRANGE)
def test_what_does_not_fit_to_what_is_here_is_refused_with_line_and_reason(
    database: Database, tmp_path: Path, text: str, line: int, reason: str, hint: str
) -> None:
    bring_in(database, tmp_path, station(HOURLY), NOW)
    with pytest.raises(FileRefused) as caught:
        brought_in_text(database, tmp_path, text)
    assert f"text.yaml, line {line}: " in str(caught.value)
    assert reason in str(caught.value)
    assert hint in caught.value.hint


@pytest.mark.parametrize(("text", "line", "reason", "hint"), STRANGE.values(), ids=STRANGE)
def test_a_refused_file_leaves_everything_as_it_was(
    database: Database, tmp_path: Path, text: str, line: int, reason: str, hint: str
) -> None:
    bring_in(database, tmp_path, station(HOURLY), NOW)
    before = exported(database), change_number(database)
    with pytest.raises(FileRefused):
        brought_in_text(database, tmp_path, text)
    assert (exported(database), change_number(database)) == before


@pytest.mark.parametrize("second", ["stations: [", "schedules: 5", *(row[0] for row in STRANGE.values())])
def test_a_good_file_does_not_come_in_beside_a_bad_one(
    database: Database, tmp_path: Path, second: str
) -> None:
    bring_in(database, tmp_path, station(HOURLY), NOW)
    before = exported(database)
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("stations: [{key: moi, kind: bus, name: Mới}]", "utf-8")
    bad.write_text(second, "utf-8")
    with pytest.raises(FileRefused), database.write() as session:
        import_files(session, [good, bad], NOW)
    assert exported(database) == before


def test_the_same_name_in_another_kind_is_another_station(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, station(), NOW)
    brought_in_text(database, tmp_path, "stations: [{key: ben-thu, kind: bus, name: Ga Thử}]")
    assert len(yaml.safe_load(exported(database))["stations"]) == 2


def test_windows_are_written_with_the_names_that_staff_type() -> None:
    window = Window.model_validate({"from": "22:00", "to": "05:00"})
    volume = Volume.model_validate({"from": "22:00", "to": "05:00", "db": -9})
    assert list(window.model_dump(by_alias=True)) == ["from", "to"]
    assert list(volume.model_dump(by_alias=True)) == ["from", "to", "db"]

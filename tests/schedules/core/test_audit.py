"""The audit log only grows, and whatever is done to it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from schedules.core import audit
from schedules.core.database import Database

NONE = audit.Head()
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def write(database: Database, count: int = 5) -> audit.Head:
    with database.write() as session:
        for number in range(count):
            audit.record(
                session, "lan", "role granted", f"account {number}", NOW + timedelta(seconds=number),
                {"roles": []}, {"roles": ["operator @ ga-hà-nội"], "of": 1.5},
            )  # fmt: skip
        return audit.head(session)


def faults(database: Database, kept: audit.Head = NONE) -> list[str]:
    with database.read() as session:
        return list(audit.faults(session, kept))


def tamper(database: Database, *statements: str) -> None:
    """As somebody would who has the file."""
    with database.write() as session:
        for verb in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER audit_never_{verb}"))
        for statement in statements:
            session.execute(text(statement))


def test_an_empty_log_and_one_that_was_left_alone_have_no_fault(database: Database) -> None:
    assert faults(database) == []
    head = write(database)
    assert head.number == 5
    assert faults(database, head) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor = 'x'",
        "DELETE FROM audit_entries",
        "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries WHERE number = 5",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(database: Database, statement: str) -> None:
    write(database)
    with pytest.raises(IntegrityError, match="only grows"), database.write() as session:
        session.execute(text(statement))
    assert faults(database) == []


@pytest.mark.parametrize(
    "column, value",
    [
        ("at", "'2026-11-24 09:00:00.000000'"),
        ("actor", "'minh'"),
        ("action", "'role withdrawn'"),
        ("subject", "'account 9'"),
        ("before", "NULL"),
        ("after", "'{}'"),
        ("previous", "'0'"),
        ("seal", "'0'"),
    ],
)
def test_a_changed_field_shows_whichever_it_is(database: Database, column: str, value: str) -> None:
    write(database)
    tamper(database, f"UPDATE audit_entries SET {column} = {value} WHERE number = 3")  # noqa: S608
    assert faults(database)[0] == "Entry 3 was changed after it was written."


def test_an_entry_that_was_taken_out_shows(database: Database) -> None:
    write(database)
    tamper(database, "DELETE FROM audit_entries WHERE number = 3")
    assert faults(database) == ["Between entries 2 and 4 something is missing."]


def test_an_entry_taken_out_and_the_rest_counted_anew_shows(database: Database) -> None:
    write(database)
    tamper(
        database,
        "DELETE FROM audit_entries WHERE number = 3",
        "UPDATE audit_entries SET number = number - 1 WHERE number > 3",
    )
    assert "Entry 3 was changed after it was written." in faults(database)


def test_a_shortened_log_shows_only_to_whoever_kept_its_head(database: Database) -> None:
    head = write(database)
    tamper(database, "DELETE FROM audit_entries WHERE number = 5")
    assert faults(database) == []
    assert "Entry 5 is not the one whose seal was kept" in faults(database, head)[0]


def test_a_log_written_anew_with_right_seals_shows_to_whoever_kept_its_head(database: Database) -> None:
    head = write(database)
    tamper(database, "DELETE FROM audit_entries")
    with database.write() as session:
        for _ in range(6):
            audit.record(session, "minh", "signed in", "account minh", NOW)
    assert faults(database) == []
    assert len(faults(database, head)) == 1


def test_what_was_rolled_back_is_not_on_record(database: Database) -> None:
    def fails() -> None:
        with database.write() as session:
            audit.record(session, "lan", "signed in", "account lan", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    write(database, 1)
    assert faults(database) == []
    with database.read() as session:
        assert [entry.subject for entry in audit.entries(session, 9)] == ["account 0"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abđ", max_size=3), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(values=st.dictionaries(st.text("abcđ", max_size=4), json_values, max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_entry_that_holds_anything_json_can_hold_still_fits_its_seal(
    database: Database, values: dict[str, object]
) -> None:
    with database.write() as session:
        audit.record(session, "lan", "changed", "x", NOW, None, values)
    assert faults(database) == []


def test_entries_come_newest_first_and_can_be_asked_for_by_who_and_what(database: Database) -> None:
    write(database)
    with database.read() as session:
        find: Callable[..., list[audit.AuditEntry]] = audit.entries
        assert [entry.number for entry in find(session, 2)] == [5, 4]
        assert [entry.number for entry in find(session, 9, {"subject": "account 1"})] == [2]
        assert find(session, 9, {"actor": "minh"}) == []

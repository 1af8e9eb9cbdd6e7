from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from schedules import versions
from schedules.core.database import Database
from schedules.models import Version

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def entry(title: str) -> dict[str, object]:
    return {"key": "xep-hang", "title": title}


def states(database: Database) -> list[tuple[int, str]]:
    with database.read() as session:
        return [(one.number, one.state) for one in versions.history(session, "message", "xep-hang")]


def test_a_draft_that_is_edited_again_is_the_same_version(database: Database) -> None:
    with database.write() as session:
        first = versions.save_draft(session, "message", entry("Một"), "lan", NOW)
        versions.save_draft(session, "message", entry("Hai"), "hoa", LATER, first.mark)
    with database.read() as session:
        draft = versions.draft_of(session, "message", "xep-hang")
    assert draft is not None
    assert (draft.number, draft.entry["title"], draft.written_by, draft.written_at) == (
        1,
        "Hai",
        "hoa",
        LATER,
    )


def test_two_who_edit_the_same_draft_do_not_overwrite_each_other(database: Database) -> None:
    with database.write() as session:
        seen = versions.save_draft(session, "message", entry("Một"), "lan", NOW).mark
        versions.save_draft(session, "message", entry("Hai"), "hoa", NOW, seen)
    with pytest.raises(versions.Outdated), database.write() as session:
        versions.save_draft(session, "message", entry("Ba"), "lan", LATER, seen)
    with database.read() as session:
        draft = versions.draft_of(session, "message", "xep-hang")
    assert draft is not None and draft.entry["title"] == "Hai"


def test_a_new_draft_is_not_begun_over_one_that_is_there(database: Database) -> None:
    with database.write() as session:
        versions.save_draft(session, "message", entry("Một"), "lan", NOW)
    with pytest.raises(versions.Outdated), database.write() as session:
        versions.save_draft(session, "message", entry("Hai"), "hoa", NOW)


def test_the_database_itself_keeps_one_draft_for_a_key(database: Database) -> None:
    row = {"kind": "message", "key": "k", "state": "draft", "entry": {}, "written_by": "", "written_at": NOW}
    with pytest.raises(IntegrityError), database.write() as session:
        session.add_all([Version(number=1, **row), Version(number=2, **row)])


def test_what_is_approved_sends_the_version_before_it_into_history(database: Database) -> None:
    for title in ("Một", "Hai"):
        with database.write() as session:
            draft = versions.save_draft(session, "message", entry(title), "lan", NOW)
            versions.mark_approved(session, draft, "truong-ga", LATER)
    assert states(database) == [(2, "approved"), (1, "retired")]
    with database.read() as session:
        first = versions.history(session, "message", "xep-hang")[-1]
    assert (first.approved_by, first.ended_by) == ("truong-ga", "truong-ga")


def test_what_is_discarded_stays_on_record_and_the_next_draft_has_a_new_number(database: Database) -> None:
    with database.write() as session:
        versions.discard(
            session, versions.save_draft(session, "message", entry("Một"), "lan", NOW), "hoa", LATER
        )
        versions.save_draft(session, "message", entry("Hai"), "lan", LATER)
    assert states(database) == [(2, "draft"), (1, "discarded")]


def test_messages_and_schedules_of_one_key_have_histories_of_their_own(database: Database) -> None:
    with database.write() as session:
        versions.save_draft(session, "message", entry("Một"), "lan", NOW)
        versions.save_draft(session, "schedule", entry("Một"), "lan", NOW)
    with database.read() as session:
        assert len(versions.drafts(session, "message")) == len(versions.drafts(session, "schedule")) == 1

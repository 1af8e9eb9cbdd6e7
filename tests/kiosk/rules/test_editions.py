"""What staff load takes the place of what came with the programme, from its first day on, and is kept for good."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select

from kiosk.rules.codes import Code, built_in
from kiosk.rules.editions import editions, in_force, load
from schedules.core.audit import AuditEntry
from schedules.core.database import Database

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
TODAY = date(2026, 11, 28)


def official(**changes: object) -> Code:
    return built_in()[0].model_copy(update={"act": "01/2027/QĐ-UBND", **changes})


def acts(database: Database, day: date = TODAY) -> list[str]:
    with database.read() as session:
        return [code.act for code in in_force(session, day)]


def loaded(database: Database, code: Code, now: datetime = NOW) -> int:
    with database.write() as session:
        return len(load(session, [code], "chinh-thuc.yaml", "hoa", now))


def test_a_new_station_has_the_two_codes_of_the_programme(database: Database) -> None:
    assert acts(database) == ["1665/QĐ-UBND", "522/QĐ-UBND"]


def test_before_the_first_code_nothing_holds(database: Database) -> None:
    assert acts(database, date(2016, 1, 1)) == []


def test_a_loaded_code_takes_the_place_of_its_key(database: Database) -> None:
    loaded(database, official())
    assert acts(database) == ["01/2027/QĐ-UBND", "522/QĐ-UBND"]


def test_before_its_first_day_the_older_one_holds(database: Database) -> None:
    loaded(database, official(valid_from=date(2027, 1, 1)))
    assert acts(database)[0] == "1665/QĐ-UBND"
    assert acts(database, date(2027, 1, 1))[0] == "01/2027/QĐ-UBND"


def test_after_its_last_day_it_holds_no_longer(database: Database) -> None:
    loaded(database, official(key="tam-thoi", valid_to=TODAY))
    assert "01/2027/QĐ-UBND" in acts(database)
    assert "01/2027/QĐ-UBND" not in acts(database, date(2026, 11, 29))


def test_the_same_again_adds_nothing(database: Database) -> None:
    assert (loaded(database, official()), loaded(database, official())) == (1, 0)


def test_every_edition_is_kept_and_on_record(database: Database) -> None:
    loaded(database, official())
    loaded(database, official(act="02/2027/QĐ-UBND"), NOW.replace(hour=10))
    with database.read() as session:
        assert [one.document["act"] for one in editions(session)] == ["02/2027/QĐ-UBND", "01/2027/QĐ-UBND"]
        told = session.scalars(select(AuditEntry).where(AuditEntry.action == "loaded")).all()
    assert [(one.actor, one.subject) for one in told] == [("hoa", "code cong-cong")] * 2

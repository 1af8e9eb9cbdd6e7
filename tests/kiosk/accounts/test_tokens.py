"""Tokens of programs: shown once, granted roles as people are, and over when they expire or are withdrawn."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from factories import bring_in, station
from people import PASSWORD, person

from kiosk.accounts import operations, signing_in, tokens
from kiosk.accounts.models import ApiToken
from kiosk.accounts.refusals import Refused
from kiosk.accounts.roles import Granted, Right
from kiosk.accounts.signing_in import Limits, Person
from schedules.core import audit
from schedules.core.database import Database
from schedules.operations import all_stations

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def board(database: Database, tmp_path: Path) -> str:
    """The token of a display that is an operator of Ga Thử."""
    bring_in(database, tmp_path, station(), NOW)
    return made(database, "bang-dien-tu")


def made(database: Database, name: str, expires_at: datetime | None = None) -> str:
    with database.write() as session:
        roles = [("operator", all_stations(session)[0])]
        return tokens.create(session, "console:test", name, "Bảng điện tử", roles, expires_at, NOW)


def holder(database: Database, token: str, now: datetime = NOW) -> Person | None:
    with database.read() as session:
        found = tokens.holder(session, token, now)
        return found[0] if found else None


def refusal(database: Database, act: str) -> str:
    with database.write() as session, pytest.raises(Refused) as refused:
        account = operations.get_account(session, "bang-dien-tu")
        acts = {
            "password": lambda: operations.set_password(session, "admin", account, "hash", NOW),
            "close": lambda: operations.close(session, "admin", account, NOW),
            "reopen": lambda: operations.reopen(session, "admin", account, NOW),
        }
        acts[act]()
    return refused.value.code


def test_a_token_has_the_roles_that_were_granted_and_no_others(database: Database, board: str) -> None:
    found = holder(database, board)
    assert found
    assert (found.name, found.full_name) == ("bang-dien-tu", "Bảng điện tử")
    assert found.granted == {Granted("operator", "ga-thu")}
    assert found.may(Right.SPEAK, "ga-thu")
    assert not found.may(Right.SPEAK, "ga-khac")
    assert not found.second_step


def test_the_database_holds_no_token(board: str, tmp_path: Path) -> None:
    held = b"".join(file.read_bytes() for file in tmp_path.glob("loaga.db*"))
    assert b"bang-dien-tu" in held
    assert board.startswith("loaga_")
    assert board.removeprefix("loaga_").encode() not in held


@pytest.mark.parametrize("wrong", ["", "loaga_", "x" * 4000, "loaga_\udcff", "' OR 1=1"])
def test_another_token_is_nobodys(database: Database, board: str, wrong: str) -> None:
    assert holder(database, wrong) is None
    assert holder(database, board[:-1]) is None


def test_a_token_expires_at_its_moment(database: Database, board: str) -> None:
    short = made(database, "thu-ngay", NOW + timedelta(hours=1))
    assert holder(database, short, NOW + timedelta(minutes=59))
    assert holder(database, short, NOW + timedelta(hours=1)) is None
    assert holder(database, board, NOW + timedelta(days=10_000))


def test_a_token_works_to_the_end_of_its_last_day_in_ha_noi() -> None:
    assert tokens.end_of(date(2026, 11, 24)) == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize("day", [None, date.min, date.max])
def test_a_day_that_is_none_is_refused(day: date | None) -> None:
    with pytest.raises(Refused):
        tokens.end_of(day)


def test_an_expiry_that_is_past_is_refused_and_makes_nothing(database: Database, board: str) -> None:
    with pytest.raises(Refused):
        made(database, "thu-ngay", NOW)
    with database.read() as session:
        assert [one.account.name for one in tokens.all_tokens(session)] == ["bang-dien-tu"]


def test_a_withdrawn_token_opens_nothing_and_stays_on_record(database: Database, board: str) -> None:
    for _ in range(2):
        with database.write() as session:
            tokens.withdraw(session, "admin", "bang-dien-tu", NOW)
    assert holder(database, board) is None
    with database.read() as session:
        acts = [(entry.actor, entry.action) for entry in audit.entries(session, 9)]
    assert acts == [
        ("admin", "token withdrawn"),
        ("console:test", "role granted"),
        ("console:test", "token created"),
        ("console:test", "account created"),
    ]


def test_what_is_no_token_cannot_be_withdrawn(database: Database, board: str) -> None:
    person(database, "lan")
    for name in ("lan", "nobody"):
        with database.write() as session, pytest.raises(Refused):
            tokens.withdraw(session, "admin", name, NOW)


def test_a_role_that_is_taken_back_is_gone_at_once(database: Database, board: str) -> None:
    with database.write() as session:
        account = operations.get_account(session, "bang-dien-tu")
        operations.withdraw(session, "admin", account, "operator", all_stations(session)[0], NOW)
    found = holder(database, board)
    assert found
    assert not found.may(Right.SEE)


def test_a_program_bears_no_name_that_a_person_has(database: Database, board: str) -> None:
    person(database, "lan")
    with pytest.raises(Refused):
        made(database, "lan")


def test_nobody_signs_in_as_a_program(database: Database, board: str) -> None:
    for password in ("", board, PASSWORD):
        attempt = signing_in.sign_in(database, b"k" * 32, "bang-dien-tu", password, "", NOW, Limits())
        assert attempt.refusal == "signed-out"


@pytest.mark.parametrize("act", ["password", "close", "reopen"])
def test_a_program_is_never_made_a_person(database: Database, board: str, act: str) -> None:
    assert refusal(database, act) == "program"


def test_a_program_is_not_among_the_people(database: Database, board: str) -> None:
    person(database, "lan")
    with database.read() as session:
        assert [one.name for one in operations.all_accounts(session)] == ["lan"]


def test_an_administrating_program_does_not_replace_the_last_administrator(
    database: Database, board: str
) -> None:
    person(database, "admin", "administrator")
    with database.write() as session:
        account = operations.get_account(session, "bang-dien-tu")
        operations.grant(session, "admin", account, "administrator", None, NOW)
    with database.write() as session, pytest.raises(Refused):
        operations.close(session, "admin", operations.get_account(session, "admin"), NOW)


def test_its_use_is_written_down_once_an_hour(database: Database, board: str) -> None:
    def late(now: datetime) -> bool:
        with database.read() as session:
            found = tokens.holder(session, board, now)
            return bool(found and found[1])

    assert late(NOW)
    with database.write() as session:
        tokens.used(session, board, NOW)
    assert not late(NOW + timedelta(minutes=59))
    assert late(NOW + timedelta(minutes=61))
    with database.read() as session:
        assert session.get_one(ApiToken, operations.get_account(session, "bang-dien-tu").id).used_at == NOW

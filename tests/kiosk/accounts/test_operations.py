"""What an administrator does to accounts: whole, on record, or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyotp
import pytest
from factories import bring_in, station
from people import PASSWORD, person

from kiosk.accounts import operations, passwords, second
from kiosk.accounts.models import Account
from kiosk.accounts.refusals import SENTENCES, Refused
from kiosk.accounts.signing_in import granted
from schedules.core import audit
from schedules.core.database import Database
from schedules.operations import all_stations

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def do(database: Database, verb: Callable[..., Any], name: str, *arguments: Any) -> None:
    with database.write() as session:
        verb(session, "minh", operations.get_account(session, name), *arguments, NOW)


def roles(database: Database, name: str) -> list[tuple[str, str]]:
    with database.read() as session:
        found = granted(operations.get_account(session, name).grants)
    return sorted((one.role, one.station) for one in found)


def on_record(database: Database, name: str) -> list[audit.AuditEntry]:
    with database.read() as session:
        return audit.entries(session, 50, {"subject": f"account {name}"})


@pytest.mark.parametrize(
    "name, full_name, password, code",
    [
        ("l", "Lan", PASSWORD, "name-form"),
        ("Lan", "Lan", PASSWORD, "name-form"),
        ("lân", "Lan", PASSWORD, "name-form"),
        ("1an", "Lan", PASSWORD, "name-form"),
        ("a/../b", "Lan", PASSWORD, "name-form"),
        ("a" * 33, "Lan", PASSWORD, "name-form"),
        ("lan", " \u200b\u202e ", PASSWORD, "full-name"),
        ("lan", "L" * 81, PASSWORD, "full-name"),
        ("lan", "Lan", "ngắn", "password-short"),
        ("minh", "Minh Khác", PASSWORD, "name-taken"),
    ],
)
def test_a_bad_account_is_refused_and_nothing_is_made(
    database: Database, name: str, full_name: str, password: str, code: str
) -> None:
    person(database, "minh")
    with pytest.raises(Refused) as refused, database.write() as session:
        operations.create_account(session, "x", name, full_name, passwords.chosen(password, name), NOW)
    assert refused.value.code == code
    with database.read() as session:
        assert [account.name for account in operations.all_accounts(session)] == ["minh"]


def test_a_full_name_is_kept_in_one_line_without_letters_nobody_sees(database: Database) -> None:
    with database.write() as session:
        account = operations.create_account(session, "x", "lan", " Lan\u202e \n Thu\u0309 ", "hash", NOW)
        assert account.full_name == "Lan Thủ"


def test_a_role_is_granted_at_a_station_and_withdrawn_again(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, station(), NOW)
    person(database, "lan")
    with database.read() as session:
        place = all_stations(session)[0]
    do(database, operations.grant, "lan", "operator", place)
    do(database, operations.grant, "lan", "operator", None)
    assert roles(database, "lan") == [("operator", ""), ("operator", place.key)]
    do(database, operations.withdraw, "lan", "operator", place)
    assert roles(database, "lan") == [("operator", "")]
    last = on_record(database, "lan")[0]
    assert (last.actor, last.action) == ("minh", "role withdrawn")
    assert last.before == {"roles": ["operator @ *", f"operator @ {place.key}"]}
    assert last.after == {"roles": ["operator @ *"]}


@pytest.mark.parametrize(
    "verb, role, code",
    [
        (operations.grant, "king", "role"),
        (operations.grant, "operator", "granted"),
        (operations.withdraw, "editor", "not-granted"),
    ],
)
def test_a_role_that_cannot_be_given_or_taken_is_refused(
    database: Database, verb: Callable[..., Any], role: str, code: str
) -> None:
    person(database, "lan", "operator")
    before = len(on_record(database, "lan"))
    with pytest.raises(Refused) as refused:
        do(database, verb, "lan", role, None)
    assert refused.value.code == code
    assert roles(database, "lan") == [("operator", "")]
    assert len(on_record(database, "lan")) == before


@pytest.mark.parametrize(
    "act",
    [
        lambda database: do(database, operations.withdraw, "lan", "administrator", None),
        lambda database: do(database, operations.close, "lan"),
    ],
)
def test_the_last_administrator_stays(database: Database, act: Callable[[Database], None]) -> None:
    person(database, "lan", "administrator")
    with pytest.raises(Refused) as refused:
        act(database)
    assert refused.value.code == "last-administrator"
    person(database, "minh", "administrator")
    act(database)


def test_an_account_that_was_closed_can_be_opened_again(database: Database) -> None:
    person(database, "lan")
    do(database, operations.close, "lan")
    do(database, operations.reopen, "lan")
    assert [entry.action for entry in on_record(database, "lan")][:2] == [
        "account opened again",
        "account closed",
    ]


def test_beginning_a_second_step_anew_gives_another_secret_only_while_it_is_off(database: Database) -> None:
    person(database, "lan")

    def secret(account: Account) -> str:
        return second.secret(b"k", account)

    with database.write() as session:
        account = operations.get_account(session, "lan")
        operations.begin_second_step(session, account)
        first = secret(account)
        operations.begin_second_step(session, account)
        assert secret(account) != first
        account.totp_on, now = True, secret(account)
        operations.begin_second_step(session, account)
        assert secret(account) == now


def test_a_second_step_that_was_not_begun_cannot_be_switched_on(database: Database) -> None:
    person(database, "lan")
    with database.write() as session:
        account = operations.get_account(session, "lan")
        right = pyotp.TOTP(second.secret(b"k", account)).at(NOW)
        with pytest.raises(Refused):
            operations.switch_on_second_step(session, b"k", "lan", account, right, NOW)


def test_a_second_step_that_was_switched_off_comes_back_with_another_secret_at_once(
    database: Database,
) -> None:
    person(database, "lan")
    with database.write() as session:
        account = operations.get_account(session, "lan")
        operations.begin_second_step(session, account)
        lost = pyotp.TOTP(second.secret(b"k", account))
        operations.switch_on_second_step(session, b"k", "lan", account, lost.at(NOW), NOW)
        operations.switch_off_second_step(session, "minh", account, NOW)
        fresh = pyotp.TOTP(second.secret(b"k", account))
        assert fresh.secret != lost.secret
        operations.switch_on_second_step(session, b"k", "lan", account, fresh.at(NOW), NOW)
        assert account.totp_on


def test_a_role_at_one_station_can_be_withdrawn_from_the_last_administrator(
    database: Database, tmp_path: Path
) -> None:
    bring_in(database, tmp_path, station(), NOW)
    person(database, "lan", "administrator")
    with database.read() as session:
        place = all_stations(session)[0]
    do(database, operations.grant, "lan", "administrator", place)
    do(database, operations.withdraw, "lan", "administrator", place)
    assert roles(database, "lan") == [("administrator", "")]


def test_what_is_so_already_is_not_on_record_again(database: Database) -> None:
    person(database, "lan")
    person(database, "minh", "administrator")
    for verb in (operations.reopen, operations.let_in_again, operations.switch_off_second_step):
        do(database, verb, "lan")
    assert [entry.action for entry in on_record(database, "lan")] == ["account created"]
    do(database, operations.close, "lan")
    do(database, operations.close, "lan")
    assert [entry.action for entry in on_record(database, "lan")] == ["account closed", "account created"]


def test_no_password_and_no_hash_is_ever_on_record(database: Database) -> None:
    person(database, "lan", "administrator")
    do(database, operations.set_password, "lan", passwords.chosen("một mật khẩu khác", "lan"))
    with database.read() as session:
        told = [f"{entry.before} {entry.after}" for entry in audit.entries(session, 50)]
    assert told
    assert not any("argon2" in one or PASSWORD in one or "khác" in one for one in told)


def test_every_refusal_has_both_its_sentences() -> None:
    assert all(
        english.endswith(".") and vietnamese.endswith(".") for english, vietnamese in SENTENCES.values()
    )

"""Who gets in, who does not, for how long, and what is on record afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from people import PASSWORD, person
from sqlalchemy import select

from kiosk.accounts import operations, passwords, second, signing_in
from kiosk.accounts.models import SignIn, SignInFailure
from kiosk.accounts.signing_in import FAILURES_ALLOWED, LOCKED, Attempt, Limits
from schedules.core import audit
from schedules.core.database import Database

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
KEY = b"k" * 32
LIMITS = Limits()
MINUTE = timedelta(minutes=1)


def sign_in(
    database: Database, password: str = PASSWORD, name: str = "lan", code: str = "", now: datetime = NOW
) -> Attempt:
    return signing_in.sign_in(database, KEY, name, password, code, now, LIMITS)


def who(database: Database, token: str, now: datetime) -> str:
    with database.read() as session:
        found = signing_in.person(session, token, now, LIMITS)
    return found[0].name if found else ""


def with_second_step(database: Database, now: datetime = NOW) -> pyotp.TOTP:
    with database.write() as session:
        account = operations.get_account(session, "lan")
        operations.begin_second_step(session, account)
        totp = pyotp.TOTP(second.secret(KEY, account))
        operations.switch_on_second_step(session, KEY, "lan", account, totp.at(now), now)
    return totp


def test_the_right_password_lets_in(database: Database) -> None:
    person(database, "lan")
    assert who(database, sign_in(database).token, NOW) == "lan"


@pytest.mark.parametrize("name", ["Lan", " lan ", "LAN"])
def test_a_name_is_the_same_however_it_is_typed(database: Database, name: str) -> None:
    person(database, "lan")
    assert sign_in(database, name=name).token


@pytest.mark.parametrize(
    "name, password", [("lan", "mưa rào tháng tám"), ("lan", ""), ("minh", PASSWORD), ("", "")]
)
def test_a_wrong_password_and_a_name_that_nobody_bears_are_answered_alike(
    database: Database, name: str, password: str
) -> None:
    person(database, "lan")
    assert sign_in(database, password, name) == Attempt(refusal="signed-out")


@pytest.mark.parametrize("name", ["lan", "minh"])
def test_after_too_many_failures_even_the_right_password_waits(database: Database, name: str) -> None:
    person(database, "lan")
    for _ in range(FAILURES_ALLOWED):
        sign_in(database, "sai rồi nhé", name)
    assert sign_in(database, name=name).refusal == "locked"
    assert sign_in(database, name=name, now=NOW + LOCKED).refusal == ("" if name == "lan" else "signed-out")


def test_one_name_that_is_locked_locks_no_other(database: Database) -> None:
    person(database, "lan")
    for _ in range(FAILURES_ALLOWED):
        sign_in(database, "sai rồi nhé", "minh")
    assert sign_in(database).token


@pytest.mark.parametrize("name, on_record", [("lan", ["locked out"]), ("minh", [])])
def test_a_lock_is_on_record_once_and_only_for_a_name_that_somebody_bears(
    database: Database, name: str, on_record: list[str]
) -> None:
    person(database, "lan")
    for _ in range(FAILURES_ALLOWED + 3):
        sign_in(database, "sai rồi nhé", name)
    with database.read() as session:
        found = [entry.action for entry in audit.entries(session, 20, {"subject": f"account {name}"})]
    assert [action for action in found if action != "account created"] == on_record


def test_what_can_be_no_name_is_not_even_counted(database: Database) -> None:
    for name in ("Bà Lan", "\u202e", "x" * 5000, ""):
        assert sign_in(database, name=name).refusal == "signed-out"
    with database.read() as session:
        assert session.scalars(select(SignInFailure)).all() == []


@pytest.mark.parametrize("name", ["lan", "minh"])
def test_a_name_that_nobody_bears_takes_as_long(
    database: Database, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    person(database, "lan")
    asked: list[str] = []
    monkeypatch.setattr(passwords, "fits", lambda hash, _: bool(asked.append(hash)))
    sign_in(database, name=name)
    assert len(asked) == 1


def test_while_a_password_is_hashed_others_may_write(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The announcer is one of them, and hashing takes as long as it is meant to."""
    person(database, "lan")
    fits = passwords.fits

    def slow(password_hash: str, password: str) -> bool:
        with database.write() as session:
            audit.record(session, "announcer", "wrote meanwhile", "x", NOW)
        return fits(password_hash, password)

    monkeypatch.setattr(passwords, "fits", slow)
    assert sign_in(database).token
    assert signing_in.password_refusal(database, "lan", PASSWORD, NOW) == ""


def test_a_password_that_was_changed_while_the_old_one_was_hashed_lets_nobody_in(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(database, "lan")
    fits = passwords.fits

    def changed(password_hash: str, password: str) -> bool:
        with database.write() as session:
            account = operations.get_account(session, "lan")
            operations.set_password(session, "minh", account, "another hash", NOW)
        return fits(password_hash, password)

    monkeypatch.setattr(passwords, "fits", changed)
    assert sign_in(database).refusal == "signed-out"


def test_a_hash_made_otherwise_than_is_recommended_is_renewed_by_a_sign_in(database: Database) -> None:
    person(database, "lan")
    former = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, hash_len=16).hash(PASSWORD)
    with database.write() as session:
        operations.get_account(session, "lan").password_hash = former
    assert sign_in(database, password="mưa rào tháng tám").token == ""
    with database.read() as session:
        assert operations.get_account(session, "lan").password_hash == former
    assert sign_in(database).token
    with database.read() as session:
        renewed = operations.get_account(session, "lan").password_hash
    assert renewed != former
    assert passwords.renewed(renewed, PASSWORD) == renewed
    assert sign_in(database).token


def test_ending_all_sign_ins_but_one_leaves_that_browser_signed_in(database: Database) -> None:
    person(database, "lan")
    person(database, "minh")
    here, there, other = sign_in(database), sign_in(database), sign_in(database, name="minh")
    with database.write() as session:
        account = operations.get_account(session, "lan")
        signing_in.end_sign_ins(session, account, but=here.token)
    assert [who(database, one.token, NOW) for one in (here, there, other)] == ["lan", "", "minh"]


def test_guessing_the_password_of_whoever_is_signed_in_locks_too(database: Database) -> None:
    person(database, "lan")
    guesses = [signing_in.password_refusal(database, "lan", "sai rồi nhé", NOW) for _ in range(7)]
    assert guesses == ["password-wrong"] * FAILURES_ALLOWED + ["locked"] * 2
    assert signing_in.password_refusal(database, "lan", PASSWORD, NOW) == "locked"


def test_guessing_codes_of_whoever_is_signed_in_locks_too(database: Database) -> None:
    person(database, "lan")
    totp, later = with_second_step(database), NOW + MINUTE
    guesses = [signing_in.code_refusal(database, KEY, "lan", "000000", later) for _ in range(7)]
    assert guesses == ["code-wrong"] * FAILURES_ALLOWED + ["locked"] * 2
    assert signing_in.code_refusal(database, KEY, "lan", totp.at(later), later) == "locked"


def test_signing_in_ends_the_sign_in_that_this_browser_had(database: Database) -> None:
    person(database, "lan")
    first = sign_in(database).token
    second_ = signing_in.sign_in(database, KEY, "lan", PASSWORD, "", NOW, LIMITS, former=first).token
    assert (who(database, first, NOW), who(database, second_, NOW)) == ("", "lan")


def test_a_failed_attempt_ends_no_sign_in(database: Database) -> None:
    person(database, "lan")
    first = sign_in(database).token
    signing_in.sign_in(database, KEY, "lan", "sai rồi nhé", "", NOW, LIMITS, former=first)
    assert who(database, first, NOW) == "lan"


def test_sign_ins_that_are_over_are_deleted_by_the_next(database: Database) -> None:
    person(database, "lan")
    sign_in(database)
    sign_in(database, now=NOW + LIMITS.longest + MINUTE)
    with database.read() as session:
        assert len(session.scalars(select(SignIn)).all()) == 1


def test_the_right_password_makes_former_failures_forgotten(database: Database) -> None:
    person(database, "lan")
    for _ in range(3):
        for _ in range(FAILURES_ALLOWED - 1):
            sign_in(database, "sai rồi nhé")
        assert sign_in(database).token


def test_after_a_lock_is_over_one_failure_does_not_lock_again(database: Database) -> None:
    person(database, "lan")
    for _ in range(FAILURES_ALLOWED):
        sign_in(database, "sai rồi nhé")
    assert sign_in(database, "sai rồi nhé", now=NOW + LOCKED).refusal == "signed-out"
    assert sign_in(database, now=NOW + LOCKED).token


def test_a_closed_account_lets_nobody_in_and_puts_out_who_is_in(database: Database) -> None:
    person(database, "lan")
    person(database, "minh", "administrator")
    token = sign_in(database).token
    with database.write() as session:
        operations.close(session, "minh", operations.get_account(session, "lan"), NOW)
    assert who(database, token, NOW) == ""
    assert sign_in(database).refusal == "signed-out"


def test_who_does_nothing_for_half_an_hour_is_out(database: Database) -> None:
    person(database, "lan")
    token = sign_in(database).token
    assert who(database, token, NOW + LIMITS.idle) == "lan"
    assert who(database, token, NOW + LIMITS.idle + MINUTE) == ""


def test_a_sign_of_life_counts_and_twelve_hours_are_the_end(database: Database) -> None:
    person(database, "lan")
    token, now = sign_in(database).token, NOW
    while now < NOW + LIMITS.longest - LIMITS.idle:
        now += LIMITS.idle
        assert who(database, token, now) == "lan"
        with database.write() as session:
            signing_in.seen(session, token, now)
    assert who(database, token, NOW + LIMITS.longest) == "lan"
    assert who(database, token, NOW + LIMITS.longest + MINUTE) == ""


def test_being_here_is_written_down_once_a_minute(database: Database) -> None:
    person(database, "lan")
    token = sign_in(database).token
    with database.read() as session:
        due = [signing_in.person(session, token, NOW + delay, LIMITS) for delay in (MINUTE / 2, 2 * MINUTE)]
    assert [one and one[1] for one in due] == [False, True]


@pytest.mark.parametrize("token", ["", "made-up", "x" * 5000, "\ud800"])
def test_a_token_that_was_never_given_out_is_nobodys(database: Database, token: str) -> None:
    person(database, "lan")
    sign_in(database)
    assert who(database, token, NOW) == ""


def test_the_token_itself_is_not_in_the_database(database: Database) -> None:
    person(database, "lan")
    token = sign_in(database).token
    with database.read() as session:
        assert session.get(SignIn, token) is None
        assert session.get(SignIn, signing_in.token_hash(token)) is not None


def test_signing_out_ends_this_sign_in_and_no_other(database: Database) -> None:
    person(database, "lan")
    here, there = sign_in(database).token, sign_in(database).token
    with database.write() as session:
        signing_in.sign_out(session, here, NOW)
        signing_in.sign_out(session, here, NOW)
    assert (who(database, here, NOW), who(database, there, NOW)) == ("", "lan")


def test_with_the_second_step_on_the_password_alone_is_not_enough(database: Database) -> None:
    person(database, "lan")
    totp = with_second_step(database)
    assert sign_in(database).refusal == "code-needed"
    assert sign_in(database, code="000 000").refusal == "signed-out"
    later = NOW + MINUTE
    code = totp.at(later)
    assert sign_in(database, code=f"{code[:3]} {code[3:]}", now=later).token


def test_a_code_works_once(database: Database) -> None:
    person(database, "lan")
    totp, later = with_second_step(database), NOW + MINUTE
    assert sign_in(database, code=totp.at(later), now=later).token
    assert sign_in(database, code=totp.at(later), now=later).refusal == "signed-out"


@pytest.mark.parametrize("seconds, let_in", [(-90, False), (-30, True), (0, True), (30, True), (90, False)])
def test_a_telephone_may_be_half_a_minute_off(database: Database, seconds: int, let_in: bool) -> None:
    person(database, "lan")
    totp, later = with_second_step(database), NOW + 10 * MINUTE
    attempt = sign_in(database, code=totp.at(later + timedelta(seconds=seconds)), now=later)
    assert bool(attempt.token) == let_in


def test_a_wrong_password_does_not_tell_whether_the_code_was_right(database: Database) -> None:
    person(database, "lan")
    totp = with_second_step(database)
    later = NOW + MINUTE
    assert sign_in(database, "sai rồi nhé", code=totp.at(later), now=later).refusal == "signed-out"
    assert sign_in(database, code=totp.at(later), now=later).token


def test_without_the_stations_key_a_second_step_cannot_be_taken(database: Database) -> None:
    person(database, "lan")
    with_second_step(database)
    with database.write() as session:
        account = operations.get_account(session, "lan")
        stolen = pyotp.TOTP(second.secret(b"x" * 32, account))
        assert not second.used(KEY, account, stolen.at(NOW + MINUTE), NOW + MINUTE)

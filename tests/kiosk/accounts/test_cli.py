"""loaga admin and loaga audit, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from people import PASSWORD
from sqlalchemy import text

from kiosk.accounts import operations, passwords
from kiosk.cli import run
from schedules.core.database import Database

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOAGA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


def create(name: str = "lan") -> int:
    return run(["admin", "create", name, "--full-name", "Lan Thử"])


@pytest.mark.usefixtures("typed")
def test_the_first_administrator_is_made_from_the_console(home: Path, capsys: Capture) -> None:
    assert create() == 0
    assert "lan may administer every station." in capsys.readouterr().out
    assert run(["admin", "list"]) == 0
    assert capsys.readouterr().out == "lan: Lan Thử; administrator @ *\n"


@pytest.mark.usefixtures("typed")
def test_a_password_that_was_typed_at_the_console_need_not_be_changed(home: Path) -> None:
    create()
    with Database.of_home(home).read() as session:
        assert not operations.get_account(session, "lan").password_given


def test_without_an_account_the_list_says_what_to_do(home: Path, capsys: Capture) -> None:
    assert run(["admin", "list"]) == 0
    assert "loaga admin create NAME" in capsys.readouterr().out


@pytest.mark.usefixtures("typed")
def test_a_bad_name_is_one_sentence_and_makes_nothing(home: Path, capsys: Capture) -> None:
    assert create("Bà Lan") == 1
    assert "A sign-in name has 2 to 32 small letters" in capsys.readouterr().err
    assert run(["admin", "list"]) == 0
    assert "There is no account yet." in capsys.readouterr().out


def test_a_short_password_is_one_sentence_and_makes_nothing(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("x\n"))
    assert create() == 1
    assert "at least 10 characters" in capsys.readouterr().err


@pytest.mark.usefixtures("typed")
def test_a_password_is_set_from_the_console_by_whoever_lost_it(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    create()
    monkeypatch.setattr("sys.stdin", io.StringIO("một câu hoàn toàn khác\n"))
    assert run(["admin", "password", "lan"]) == 0
    database = Database.of_home(home)
    with database.read() as session:
        kept = operations.get_account(session, "lan").password_hash
    database.close()
    assert passwords.fits(kept, "một câu hoàn toàn khác")
    assert not passwords.fits(kept, PASSWORD)
    assert run(["admin", "password", "minh"]) == 1
    assert "There is nobody of this sign-in name." in capsys.readouterr().err


@pytest.mark.usefixtures("typed")
def test_what_the_console_did_is_on_record(home: Path, capsys: Capture) -> None:
    create()
    capsys.readouterr()
    assert run(["audit", "list"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [entry["action"] for entry in found] == ["role granted", "account created"]
    assert found[0]["actor"].startswith("console:")
    assert run(["audit", "list", "--actor", "nobody"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("typed")
def test_a_log_that_was_left_alone_is_verified_and_its_head_is_kept(home: Path, capsys: Capture) -> None:
    create()
    capsys.readouterr()
    assert run(["audit", "verify"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("2 entries, all as they were written. Head: 2:")
    head = out.split("Head: ")[1].strip()
    assert (home / "audit-head").read_text().strip() == head
    assert run(["audit", "verify", "--head", head]) == 0


@pytest.mark.usefixtures("typed")
@pytest.mark.parametrize(
    "statement, sentence",
    [
        ("UPDATE audit_entries SET actor = 'x' WHERE number = 1", "Entry 1 was changed"),
        ("DELETE FROM audit_entries WHERE number = 1", "something is missing"),
        ("DELETE FROM audit_entries WHERE number = 2", "Entry 2 is not the one whose seal was kept"),
        ("DELETE FROM audit_entries", "Entry 2 is not the one whose seal was kept"),
    ],
)
def test_tampering_is_found(home: Path, capsys: Capture, statement: str, sentence: str) -> None:
    create()
    run(["audit", "verify"])
    database = Database.of_home(home)
    with database.write() as session:
        for verb in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER audit_never_{verb}"))
        session.execute(text(statement))
    database.close()
    capsys.readouterr()
    assert run(["audit", "verify"]) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.usefixtures("typed")
@pytest.mark.parametrize("given", ["0:x", "", "1"])
def test_no_head_that_is_given_makes_the_kept_one_forgotten(home: Path, capsys: Capture, given: str) -> None:
    create()
    run(["audit", "verify"])
    kept = (home / "audit-head").read_text()
    database = Database.of_home(home)
    with database.write() as session:
        if given == "1":
            seal = session.scalar(text("SELECT seal FROM audit_entries WHERE number = 1"))
            given = f"1:{seal}"
        session.execute(text("DROP TRIGGER audit_never_delete"))
        session.execute(text("DELETE FROM audit_entries WHERE number = 2"))
    database.close()
    assert run(["audit", "verify", "--head", given] if given else ["audit", "verify"]) == 1
    assert (home / "audit-head").read_text() == kept


@pytest.mark.parametrize("call", [["audit", "list", "--actor", "\udcff"], ["admin", "password", "\udcff"]])
def test_bytes_that_are_no_text_are_one_sentence(home: Path, capsys: Capture, call: list[str]) -> None:
    assert run(call) == 1
    assert "Something that was typed is no text" in capsys.readouterr().err


@pytest.mark.parametrize("head", ["x", "12", "a:b"])
def test_a_head_that_is_none_is_refused(home: Path, capsys: Capture, head: str) -> None:
    assert run(["audit", "verify", "--head", head]) == 1
    assert "is no head of an audit log" in capsys.readouterr().err


@pytest.mark.usefixtures("typed")
def test_the_administrator_of_the_console_is_the_one_of_the_pages(home: Path) -> None:
    create()
    database = Database.of_home(home)
    with database.read() as session:
        assert [one.role for one in operations.get_account(session, "lan").grants] == ["administrator"]
    database.close()

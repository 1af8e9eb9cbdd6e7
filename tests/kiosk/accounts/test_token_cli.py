"""loaga token, as typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.accounts import tokens
from kiosk.cli import run
from schedules.core.clock import utcnow
from schedules.core.database import Database

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOAGA_HOME", str(tmp_path))
    return tmp_path


def create(*more: str) -> int:
    return run(["token", "create", "bang", "--full-name", "Bảng điện tử", "--role", "operator", *more])


def test_a_token_is_printed_once_and_works(home: Path, capsys: Capture) -> None:
    assert create("--station", "ga-ha-noi", "--station", "ga-cat-linh") == 0
    out, err = capsys.readouterr()
    assert "not shown again" in err
    database = Database.of_home(home)
    with database.read() as session:
        found = tokens.holder(session, out.strip(), utcnow())
    database.close()
    assert found
    assert {one.station for one in found[0].granted} == {"ga-ha-noi", "ga-cat-linh"}


def test_tokens_are_listed_with_what_they_may_and_until_when(capsys: Capture) -> None:
    assert run(["token", "list"]) == 0
    assert "There is no token yet." in capsys.readouterr().out
    create("--station", "all", "--expires", "2099-12-31")
    capsys.readouterr()
    assert run(["token", "list"]) == 0
    assert capsys.readouterr().out == (
        "bang: Bảng điện tử; operator @ *; works until 2099-12-31; not used yet\n"
    )


def test_a_token_is_withdrawn_by_its_name(capsys: Capture) -> None:
    create("--station", "all")
    assert run(["token", "withdraw", "bang"]) == 0
    run(["token", "list"])
    out = capsys.readouterr().out
    assert "The token bang opens nothing any more." in out
    assert "bang (closed): " in out
    assert run(["token", "withdraw", "nobody"]) == 1
    assert "There is no token of this name." in capsys.readouterr().err


@pytest.mark.parametrize(
    "more, code, sentence",
    [
        (("--station", "ga-ma"), 1, "There is no station “ga-ma”."),
        (("--station", "all", "--expires", "2020-01-01"), 1, "expires on a day from today on"),
        (("--station", "all", "--expires", "9999-12-31"), 1, "expires on a day from today on"),
        (("--station", "all", "--expires", "soon"), 2, "soon"),
        ((), 2, "--station"),
    ],
)
def test_a_token_that_cannot_be_is_one_sentence_and_makes_nothing(
    capsys: Capture, more: tuple[str, ...], code: int, sentence: str
) -> None:
    assert create(*more) == code
    assert sentence in capsys.readouterr().err
    run(["token", "list"])
    assert "There is no token yet." in capsys.readouterr().out


def test_a_program_gets_no_password(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    create("--station", "all")
    monkeypatch.setattr("sys.stdin", io.StringIO("một câu hoàn toàn khác\n"))
    assert run(["admin", "password", "bang"]) == 1
    assert "a program's" in capsys.readouterr().err

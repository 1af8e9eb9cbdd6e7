"""Faults are told by mail and webhook: committed first, sent to real servers, tried again, every outcome kept."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from receivers import PASSWORD, USER, Letters, Posts, mail_server, web_server
from sqlalchemy import select

from kiosk.cli import run
from kiosk.health import outbox
from kiosk.health.channels import Mail, Webhook, channels
from kiosk.health.checks import WATCH
from kiosk.health.models import GIVEN_UP, SENT, WAITING, Alert, Fault
from kiosk.health.watch import Watch
from kiosk.health.wording import body, subject
from kiosk.health.wording import test_content as content_of_a_test
from schedules.core.database import Database
from schedules.core.errors import SettingsError
from schedules.core.settings import Settings

Place = Any
Site = Any

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of localhost, signed by itself; the key lies in the same file."""
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder / "key", "-out", folder / "cert",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def serving(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert", certificate / "key")
    return context


@pytest.fixture
def mail(serving: ssl.SSLContext) -> Iterator[tuple[int, Letters]]:
    with mail_server(serving) as server:
        yield server


@pytest.fixture
def web(serving: ssl.SSLContext) -> Iterator[tuple[int, Posts]]:
    with web_server(serving) as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, certificate: Path) -> Path:
    (tmp_path / "password").write_text(f"{PASSWORD}\n", "utf-8")
    (tmp_path / "key").write_text("khóa của ga\n", "utf-8")
    (tmp_path / "ca.pem").write_bytes((certificate / "cert").read_bytes())
    return tmp_path


def by_mail(home: Path, port: int, **changes: Any) -> Mail:
    values = {
        "alerts.mail_host": "localhost",
        "alerts.mail_port": port,
        "alerts.mail_user": USER,
        "alerts.mail_password_file": "password",
        "alerts.mail_from": "loaga@ga.test",
        "alerts.mail_to": "truc@ga.test, ky-thuat@ga.test",
        "alerts.ca_file": "ca.pem",
    }
    [channel] = channels(
        Settings(home, {**values, **{f"alerts.{name}": value for name, value in changes.items()}})
    )
    assert isinstance(channel, Mail)
    return channel


def by_webhook(home: Path, port: int, **changes: Any) -> Webhook:
    values = {
        "alerts.webhook_url": f"https://localhost:{port}/su-co",
        "alerts.webhook_secret_file": "key",
        "alerts.ca_file": "ca.pem",
    }
    [channel] = channels(
        Settings(home, {**values, **{f"alerts.{name}": value for name, value in changes.items()}})
    )
    assert isinstance(channel, Webhook)
    return channel


def a_fault(database: Database, *names: str, at: datetime = NOW) -> None:
    """Begun, and in the outbox of these channels."""
    with database.write() as session:
        fault = Fault(code="disk", about="Đĩa", state="bad", sentence="Còn trống 0,5 GB.", began_at=at)
        session.add(fault)
        session.flush()
        outbox.tell(session, fault, "begin", names, at)


def alerts(database: Database) -> list[Alert]:
    with database.read() as session:
        return list(session.scalars(select(Alert).order_by(Alert.id)))


# Mail


def test_a_letter_says_what_is_wrong_where_and_since_when(
    database: Database, home: Path, mail: tuple[int, Letters]
) -> None:
    port, letters = mail
    a_fault(database, "mail")
    outbox.send_due(database, by_mail(home, port), NOW)
    [letter] = letters.letters
    assert "Sự cố: Đĩa" in str(letter["Subject"])
    assert letter["To"] == "truc@ga.test, ky-thuat@ga.test"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    assert "Sự cố: Đĩa (hỏng)." in text
    assert "Còn trống 0,5 GB." in text
    assert "Bắt đầu: 08:00:00 ngày 24/11/2026." in text
    [alert] = alerts(database)
    assert (alert.state, alert.tries, alert.outcome) == (SENT, 1, "")
    assert alert.id in letter["Message-ID"]


def test_a_wrong_password_is_on_record_and_tried_again(
    database: Database, home: Path, mail: tuple[int, Letters]
) -> None:
    port, letters = mail
    (home / "password").write_text("sai")
    a_fault(database, "mail")
    assert outbox.send_due(database, by_mail(home, port), NOW) == NOW + timedelta(seconds=15)
    [alert] = alerts(database)
    assert (alert.state, alert.tries) == (WAITING, 1)
    assert "535" in alert.outcome
    (home / "password").write_text(PASSWORD)
    outbox.send_due(database, by_mail(home, port), NOW + timedelta(seconds=15))
    assert len(letters.letters) == 1
    assert alerts(database)[0].state == SENT


def test_a_password_that_no_mail_server_takes_is_told_in_words(
    database: Database, home: Path, mail: tuple[int, Letters]
) -> None:
    (home / "password").write_text("mưa rào", "utf-8")
    a_fault(database, "mail")
    outbox.send_due(database, by_mail(home, mail[0]), NOW)
    assert alerts(database)[0].outcome == "The password for mail holds letters that mail servers do not take."


def test_a_server_that_nobody_vouches_for_gets_neither_password_nor_letter(
    database: Database, home: Path, mail: tuple[int, Letters]
) -> None:
    port, letters = mail
    a_fault(database, "mail")
    outbox.send_due(database, by_mail(home, port, ca_file=""), NOW)
    assert "certificate verify failed" in alerts(database)[0].outcome
    assert letters.letters == []


# Webhook


def test_a_webhook_gets_signed_json(database: Database, home: Path, web: tuple[int, Posts]) -> None:
    port, kept = web
    a_fault(database, "webhook")
    outbox.send_due(database, by_webhook(home, port), NOW)
    [(headers, told)] = kept.posts
    signed = headers["X-Loaga-Timestamp"].encode() + b"." + told
    expected = hmac.new("khóa của ga".encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Loaga-Signature"] == f"sha256={expected}"
    content = json.loads(told)
    assert content["id"] == headers["X-Loaga-Id"] == alerts(database)[0].id
    assert (content["kind"], content["code"], content["state"]) == ("begin", "disk", "bad")
    assert content["began_at"] == "2026-11-24T08:00:00.000+07:00"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_answer_other_than_yes_is_tried_again(
    database: Database, home: Path, web: tuple[int, Posts], status: int
) -> None:
    port, kept = web
    kept.answers = [status]
    a_fault(database, "webhook")
    due = outbox.send_due(database, by_webhook(home, port), NOW)
    assert alerts(database)[0].outcome == f"The webhook answered {status}."
    assert due is not None
    outbox.send_due(database, by_webhook(home, port), due)
    assert [alert.state for alert in alerts(database)] == [SENT]
    assert len(kept.posts) == 1


# The outbox


def test_pauses_grow_and_after_two_days_it_is_given_up_with_the_reason(
    database: Database, home: Path
) -> None:
    a_fault(database, "webhook")
    channel, now, pauses = by_webhook(home, 1), NOW, []
    while (due := outbox.send_due(database, channel, now)) is not None:
        pauses.append((due - now).total_seconds())
        now = due
    assert pauses[:4] == [15, 30, 60, 120]
    assert max(pauses) == 900
    [alert] = alerts(database)
    assert alert.state == GIVEN_UP
    assert now - NOW > timedelta(days=2)
    assert alert.outcome == "The webhook cannot be reached: ConnectionError."


def test_what_a_crash_left_unsent_is_sent_by_the_next_process(
    database: Database, home: Path, web: tuple[int, Posts]
) -> None:
    port, kept = web
    a_fault(database, "webhook")
    database.close()
    again = Database.of_home(home)
    outbox.send_due(again, by_webhook(home, port), NOW + timedelta(hours=1))
    again.close()
    assert len(kept.posts) == 1


def test_what_was_sent_is_not_sent_again(database: Database, home: Path, web: tuple[int, Posts]) -> None:
    port, kept = web
    a_fault(database, "webhook")
    for _ in range(3):
        assert outbox.send_due(database, by_webhook(home, port), NOW + timedelta(days=1)) is None
    assert len(kept.posts) == 1


def test_one_channel_does_not_touch_what_waits_for_another(
    database: Database, home: Path, web: tuple[int, Posts]
) -> None:
    a_fault(database, "mail", "webhook")
    outbox.send_due(database, by_webhook(home, web[0]), NOW)
    assert {alert.channel: alert.state for alert in alerts(database)} == {"mail": WAITING, "webhook": SENT}
    with database.write() as session:
        outbox.give_up_other_channels(session, ["webhook"], NOW)
    assert {alert.channel: alert.state for alert in alerts(database)} == {"mail": GIVEN_UP, "webhook": SENT}


# Settings by halves


@pytest.mark.parametrize(
    "changes",
    [
        {"mail_to": ""},
        {"mail_to": "truc"},
        {"mail_from": ""},
        {"mail_from": "a@b.test\nBcc: c@d.test"},
        {"mail_security": "none"},
        {"mail_password_file": ""},
        {"mail_password_file": "nowhere"},
    ],
)
def test_mail_that_is_set_up_by_halves_is_refused(home: Path, changes: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        by_mail(home, 25, **changes)


@pytest.mark.parametrize(
    "changes", [{"webhook_url": "http://ga.test/"}, {"webhook_url": "file:///x"}, {"webhook_secret_file": ""}]
)
def test_a_webhook_that_is_set_up_by_halves_is_refused(home: Path, changes: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        by_webhook(home, 443, **changes)


# The watch and the page


def test_the_watch_records_tells_and_says_that_it_lives(
    place: Place, home: Path, web: tuple[int, Posts]
) -> None:
    port, kept = web
    channel = by_webhook(home, port)
    watch = Watch(channel.settings, place.database)
    assert watch.step(place.now) > 0  # among others, no announcer runs here
    assert watch.step(place.now + timedelta(seconds=5)) == 0
    outbox.send_due(place.database, channel, place.now)
    codes = [json.loads(told)["code"] for _, told in kept.posts]
    assert codes.count("announcer") == 1
    assert WATCH not in codes
    page = create_page(place)
    assert "Đang canh chừng nhà ga." in page
    assert "Sự cố, webhook: đã gửi" in page
    watch.studio.close()


def test_the_watch_erases_every_hour_what_is_no_longer_needed(place: Place, home: Path) -> None:
    watch = Watch(Settings(home), place.database)
    assert [watch.tidy(place.now + timedelta(minutes=minutes)) for minutes in (0, 59, 60)] == [
        True,
        False,
        True,
    ]
    watch.studio.close()


def create_page(place: Place) -> str:
    from people import person
    from sites import Browser

    from kiosk.app import create_app

    person(place.database, "lan", "operator")
    browser = Browser(create_app(Settings(place.home), place.database).test_client())
    browser.sign_in("lan")
    return browser.get("/health").text


def test_the_page_says_that_nobody_is_told(site: Site) -> None:
    page = site.admin.get("/health").text
    assert "Chưa ghi nhận sự cố nào." in page
    assert "chưa cài đặt thư hay webhook" in page


def test_a_test_can_be_sent_by_command(
    home: Path, web: tuple[int, Posts], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port, kept = web
    assert run(["--home", str(home), "alerts", "test"]) == 1
    assert "Nobody is told of faults." in capsys.readouterr().err
    for name, value in by_webhook(home, port).settings._values.items():
        monkeypatch.setenv("LOAGA_" + name.upper().replace(".", "_"), value)
    assert run(["--home", str(home), "alerts", "test"]) == 0
    assert json.loads(kept.posts[0][1])["kind"] == "test"
    kept.answers = [500]
    assert run(["--home", str(home), "alerts", "test"]) == 1
    assert "webhook: not sent: The webhook answered 500." in capsys.readouterr().out


def test_a_test_says_that_it_is_one() -> None:
    content = content_of_a_test(NOW)
    assert "Thử báo tin" in subject(content)
    assert "chỉ để thử" in body(content)

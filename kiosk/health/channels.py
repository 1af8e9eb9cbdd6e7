"""The ways to tell somebody of a fault: mail and webhook."""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from kiosk.health import settings as names
from kiosk.health.wording import body, subject
from kiosk.secret_files import secret
from schedules.core.clock import to_local, utcnow
from schedules.core.errors import SettingsError, StationError
from schedules.core.settings import Settings

TIMEOUT_SECONDS = 10.0
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")

Content = Mapping[str, Any]


class Channel(Protocol):
    @property
    def name(self) -> str: ...
    def send(self, id: str, content: Content) -> str:
        """Returns what is to be remarked, mostly nothing. Raises an error whose words say why it did not work.

        ``id`` is the same whenever the same message is sent again.
        """


@dataclass(frozen=True)
class Mail:
    settings: Settings
    name: str = "mail"

    def send(self, id: str, content: Content) -> str:
        with self._connected() as server:
            if user := self.settings.get(names.MAIL_USER):
                server.login(user, self._password())
            refused = server.send_message(self._message(id, content))
        return f"not for {', '.join(refused)}" if refused else ""

    def _password(self) -> str:
        password = secret(self.settings.home, self.settings.get(names.MAIL_PASSWORD_FILE))
        if not password.isascii():
            raise StationError("The password for mail holds letters that mail servers do not take.")
        return password

    def _connected(self) -> smtplib.SMTP:
        host, port = self.settings.get(names.MAIL_HOST), self.settings.get(names.MAIL_PORT)
        security = self.settings.get(names.MAIL_SECURITY)
        if security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=self._trust())
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        if security == "starttls":
            server.starttls(context=self._trust())
        return server

    def _trust(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if file := self.settings.get(names.CA_FILE):
            context.load_verify_locations(self.settings.home / file)
        return context

    def _message(self, id: str, content: Content) -> EmailMessage:
        sender, message = self.settings.get(names.MAIL_FROM), EmailMessage()
        message["Subject"] = subject(content)
        message["From"] = sender
        message["To"] = ", ".join(_addresses(self.settings))
        message["Date"] = format_datetime(to_local(utcnow()))
        message["Message-ID"] = f"<{id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # no out-of-office answers, please
        message.set_content(body(content))
        return message


@dataclass(frozen=True)
class Webhook:
    """``X-Loaga-Signature`` is ``sha256=`` and the HMAC of the time stamp, a full stop and the body."""

    settings: Settings
    name: str = "webhook"

    def send(self, id: str, content: Content) -> str:
        import requests  # which nothing else here needs

        told, stamp = json.dumps({"id": id, **content}, ensure_ascii=False).encode(), str(int(time.time()))
        key = secret(self.settings.home, self.settings.get(names.WEBHOOK_SECRET_FILE)).encode()
        signature = hmac.new(key, stamp.encode() + b"." + told, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-Loaga-Id": id,
            "X-Loaga-Timestamp": stamp,
            "X-Loaga-Signature": f"sha256={signature}",
        }
        try:
            answer = requests.post(
                self.settings.get(names.WEBHOOK_URL), data=told, headers=headers, timeout=TIMEOUT_SECONDS,
                allow_redirects=False, verify=_bundle(self.settings),
            )  # fmt: skip
        except (
            requests.RequestException
        ) as error:  # its words would hold the whole address, which may be a secret
            raise StationError(f"The webhook cannot be reached: {type(error).__name__}.") from error
        if not 200 <= answer.status_code < 300:
            raise StationError(f"The webhook answered {answer.status_code}.")
        return ""


def _bundle(settings: Settings) -> str | bool:
    file = settings.get(names.CA_FILE)
    return str(settings.home / file) if file else True


def channels(settings: Settings) -> list[Channel]:
    """Those that are set up. Raises SettingsError for one that is set up by halves."""
    found: list[Channel] = []
    if settings.get(names.MAIL_HOST):
        _check_mail(settings)
        found.append(Mail(settings))
    if settings.get(names.WEBHOOK_URL):
        _check_webhook(settings)
        found.append(Webhook(settings))
    return found


def _check_mail(settings: Settings) -> None:
    for address in (settings.get(names.MAIL_FROM), *_addresses(settings)) if _addresses(settings) else ("",):
        if "@" not in parseaddr(address)[1] or not address.isprintable():
            raise SettingsError(
                f"alerts: “{address}” is no mail address.", "Set alerts.mail_from and alerts.mail_to."
            )
    if not settings.get(names.MAIL_USER):
        return
    if settings.get(names.MAIL_SECURITY) == "none":
        raise SettingsError(
            "alerts: a password is not sent over a way that is not sealed.", names.MAIL_SECURITY.help
        )
    _check_file(settings, names.MAIL_PASSWORD_FILE.name, settings.get(names.MAIL_PASSWORD_FILE))


def _check_webhook(settings: Settings) -> None:
    url = urlsplit(settings.get(names.WEBHOOK_URL))
    if url.scheme != "https" and not (url.scheme == "http" and url.hostname in THIS_MACHINE):
        raise SettingsError("alerts.webhook_url must begin with https://.", names.WEBHOOK_URL.help)
    _check_file(settings, names.WEBHOOK_SECRET_FILE.name, settings.get(names.WEBHOOK_SECRET_FILE))


def _check_file(settings: Settings, name: str, file: str) -> None:
    if not file or not Path(settings.home, file).is_file():
        raise SettingsError(
            f"{name}: there is no file “{file}”.", "Write the secret into one, and name it there."
        )


def _addresses(settings: Settings) -> list[str]:
    return [one.strip() for one in settings.get(names.MAIL_TO).split(",") if one.strip()]

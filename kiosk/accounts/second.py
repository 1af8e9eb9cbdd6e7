"""The second step of signing in: six digits of an authenticator app (TOTP, RFC 6238).

Each account's secret is worked out from the station's key, so the database alone opens nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

import pyotp

from kiosk.accounts.models import Account

STEP_SECONDS = 30
DRIFT = 1  # steps: a telephone's clock may be half a minute off
SECRET_BYTES = 20


def secret(key: bytes, account: Account) -> str:
    """Base32, as apps take it."""
    told = f"totp {account.id} {account.totp_generation}".encode()
    return base64.b32encode(hmac.digest(key, told, hashlib.sha256)[:SECRET_BYTES]).decode()


def address(key: bytes, account: Account) -> str:
    """What an app reads from a link or a QR code."""
    return pyotp.TOTP(secret(key, account)).provisioning_uri(name=account.name, issuer_name="Loa ga")


def used(key: bytes, account: Account, code: str, now: datetime) -> bool:
    """Whether ``code`` is right and new; from then on it is used."""
    totp = pyotp.TOTP(secret(key, account))
    typed = "".join(letter for letter in code if letter.isascii() and letter.isdigit())
    present = int(now.timestamp()) // STEP_SECONDS
    for step in range(present - DRIFT, present + DRIFT + 1):
        if step > account.totp_last and hmac.compare_digest(totp.at(step * STEP_SECONDS), typed):
            account.totp_last = step
            return True
    return False

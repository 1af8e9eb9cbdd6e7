"""Passwords: argon2id with the library's recommended cost, and what a password must be."""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.accounts.common import is_common
from kiosk.accounts.refusals import Refused

SHORTEST, LONGEST = 10, 200
LONGEST_TYPED = (
    4 * LONGEST
)  # before letters and their marks are put together, which for very long ones takes minutes
AT_ONCE = 2  # each takes 64 MB, and the announcer needs the processor, too
ROWS = ("0123456789" * 3, "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")

_hasher = PasswordHasher()
_turns = Semaphore(AT_ONCE)


def chosen(password: str, name: str) -> str:
    """The hash of a new password. Slow on purpose: call it outside of transactions. Raises Refused."""
    check(password, name)
    return hashed(password)


def hashed(password: str) -> str:
    with _turns:
        return _hasher.hash(_same_however_typed(password))


def fits(password_hash: str, password: str) -> bool:
    """Slow on purpose: call it outside of transactions."""
    if len(password) > LONGEST_TYPED:
        return False
    try:
        with _turns:
            return _hasher.verify(password_hash, _same_however_typed(password))
    except (VerificationError, InvalidHashError):
        return False


def renewed(password_hash: str, password: str) -> str:
    """The hash of a password that fits it, made again if what it costs is no longer what is recommended."""
    return hashed(password) if password_hash and _hasher.check_needs_rehash(password_hash) else password_hash


@cache
def nobodys() -> str:
    """A hash to check against where there is no account, so that an answer takes as long."""
    return hashed("a password that nobody has")


def check(password: str, name: str) -> None:
    """Raises Refused."""
    if len(password) > LONGEST_TYPED:
        raise Refused("password-long")
    plain = _same_however_typed(password)
    if len(plain) < SHORTEST:
        raise Refused("password-short")
    if len(plain) > LONGEST:
        raise Refused("password-long")
    if _easy(plain.casefold(), name):
        raise Refused("password-plain")
    if is_common(plain):
        raise Refused("password-common")


def _easy(password: str, name: str) -> bool:
    in_a_row = any(password in row or password in row[::-1] for row in ROWS)
    return in_a_row or len(set(password)) < 4 or password.replace(name, "").strip("0123456789 .-_") == ""


def _same_however_typed(password: str) -> str:
    """Telex keyboards differ in how they write “ế”: NFC makes them one."""
    return unicodedata.normalize("NFC", password)

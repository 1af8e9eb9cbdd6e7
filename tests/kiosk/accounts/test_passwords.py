"""What a password must be, and that it opens only its own door."""

from __future__ import annotations

import unicodedata

import pytest

from kiosk.accounts import passwords
from kiosk.accounts.refusals import Refused


@pytest.mark.parametrize(
    "password, code",
    [
        ("", "password-short"),
        ("chín ký tự"[:9], "password-short"),
        ("x" * 201, "password-long"),
        ("aaaaaaaaaaaa", "password-plain"),
        ("1234567890", "password-plain"),
        ("9876543210", "password-plain"),
        ("abcdefghijk", "password-plain"),
        ("qwertyuiop", "password-plain"),
        ("nguyen-lan", "password-plain"),
        ("nguyen-lan2026", "password-plain"),
        ("Nguyen-Lan 1990", "password-plain"),
        ("matkhau123", "password-common"),
        ("Mật Khẩu@2026", "password-common"),
        ("password12", "password-common"),
        ("P@ssw0rd2026", "password-common"),
        ("hanoi2026hanoi", "password-common"),
        ("ĐĂNG NHẬP 123", "password-common"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_with_its_reason(password: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        passwords.check(password, "nguyen-lan")
    assert refused.value.code == code


@pytest.mark.parametrize("password", ["mưa rào tháng bảy", "k7#pQ-2mVx", "ga" * 3 + " tàu đêm"])
def test_a_password_of_some_length_is_taken(password: str) -> None:
    passwords.check(password, "nguyen-lan")


def test_a_password_fits_its_own_hash_and_no_other() -> None:
    made = passwords.hashed("mưa rào tháng bảy")
    assert passwords.fits(made, "mưa rào tháng bảy")
    assert not passwords.fits(made, "mưa rào tháng tám")
    assert made != passwords.hashed("mưa rào tháng bảy")
    assert made.startswith("$argon2id$")


def test_a_password_fits_however_the_keyboard_composed_its_letters() -> None:
    made = passwords.hashed(unicodedata.normalize("NFD", "mưa rào tháng bảy"))
    assert passwords.fits(made, unicodedata.normalize("NFC", "mưa rào tháng bảy"))


@pytest.mark.parametrize("damaged", ["", "plain", "$argon2id$v=19$broken"])
def test_a_damaged_hash_fits_nothing(damaged: str) -> None:
    assert not passwords.fits(damaged, "mưa rào tháng bảy")


def test_a_letter_with_a_hundred_thousand_marks_is_refused_before_they_are_put_in_order() -> None:
    password = "a" + "\u0301\u0323" * 50_000
    assert not passwords.fits(passwords.nobodys(), password)
    with pytest.raises(Refused) as refused:
        passwords.chosen(password, "lan")
    assert refused.value.code == "password-long"

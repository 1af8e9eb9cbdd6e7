"""Keys are made once, read by one user, and never half."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.keys import key
from schedules.core.errors import StationError


def test_a_key_is_made_when_first_needed_and_stays(tmp_path: Path) -> None:
    made = key(tmp_path, "web")
    assert len(made) == 32
    assert key(tmp_path, "web") == made
    assert key(tmp_path, "other") != made


def test_only_its_own_user_reads_it(tmp_path: Path) -> None:
    key(tmp_path, "web")
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / "web").stat().st_mode & 0o777 == 0o600


def test_many_who_make_it_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: key(tmp_path, "web"), range(32)))) == 1
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["web"]


def test_a_damaged_key_is_told_and_not_replaced(tmp_path: Path) -> None:
    key(tmp_path, "web")
    (tmp_path / "keys" / "web").write_bytes(b"short")
    with pytest.raises(StationError, match="damaged"):
        key(tmp_path, "web")
    assert (tmp_path / "keys" / "web").read_bytes() == b"short"


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("in the way")
    with pytest.raises(StationError, match="cannot be read"):
        key(tmp_path, "web")

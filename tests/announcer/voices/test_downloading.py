"""A download that breaks off goes on where it stopped, and one that cannot be trusted begins anew."""

from __future__ import annotations

import json
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shop import Shop, open_shop

from announcer.voices import downloading
from announcer.voices.downloading import DownloadError, Limits, fetch
from schedules.core.errors import NotFound, UserError

BODY = bytes(range(256)) * 4000
QUICK = Limits(most_bytes=2_000_000, silence_seconds=5.0, pause_seconds=0.0)
ONCE = replace(QUICK, tries=1)


pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as shop:
        shop.files["/a"] = BODY
        yield shop


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "a.part"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def give_up_after(shop: Shop, into: Path, length: int) -> None:
    """A first call that ends with the first ``length`` bytes, its second attempt bringing none."""
    shop.breaks = [length, 0]
    with pytest.raises(DownloadError):
        fetch(shop.url("/a"), into, ONCE)
    shop.asked.clear()


def test_a_file_arrives_whole_and_leaves_no_note(shop: Shop, into: Path) -> None:
    seen: list[tuple[int, int]] = []
    fetch(shop.url("/a"), into, QUICK, lambda done, whole: seen.append((done, whole)))
    assert into.read_bytes() == BODY
    assert seen[-1] == (len(BODY), len(BODY))
    assert [path.name for path in into.parent.iterdir()] == [into.name]


def test_an_empty_file_arrives(shop: Shop, into: Path) -> None:
    shop.files["/a"] = b""
    fetch(shop.url("/a"), into, QUICK)
    assert into.read_bytes() == b""


def test_what_broke_off_goes_on_where_it_stopped(shop: Shop, into: Path) -> None:
    shop.breaks = [300_000]
    fetch(shop.url("/a"), into, QUICK)
    assert into.read_bytes() == BODY
    assert shop.ranges_of("/a") == ["", "bytes=300000-"]


@settings(max_examples=15)
@given(breaks=st.lists(st.integers(0, len(BODY)), max_size=5))
def test_wherever_it_breaks_off_the_file_is_the_same(breaks: list[int]) -> None:
    with open_shop() as shop, tempfile.TemporaryDirectory() as folder:
        shop.files["/a"], shop.breaks = BODY, list(breaks)
        fetch(shop.url("/a"), Path(folder, "a"), replace(QUICK, tries=7))
        assert Path(folder, "a").read_bytes() == BODY


def test_what_was_given_up_is_kept_for_the_next_call(shop: Shop, into: Path) -> None:
    shop.breaks = [300_000, 0]
    with pytest.raises(DownloadError, match="broke off") as caught:
        fetch(shop.url("/a"), into, ONCE)
    assert "0.3 MB are kept" in caught.value.hint
    fetch(shop.url("/a"), into, ONCE)
    assert into.read_bytes() == BODY
    assert shop.ranges_of("/a") == ["", "bytes=300000-", "bytes=300000-"]


def test_attempts_that_bring_something_do_not_count(shop: Shop, into: Path) -> None:
    shop.breaks = [100_000] * 8
    fetch(shop.url("/a"), into, replace(QUICK, tries=2))
    assert into.read_bytes() == BODY


def test_a_file_that_has_changed_meanwhile_begins_anew(shop: Shop, into: Path) -> None:
    give_up_after(shop, into, 300_000)
    shop.files["/a"], shop.etag = BODY[::-1], '"two"'
    fetch(shop.url("/a"), into, ONCE)
    assert into.read_bytes() == BODY[::-1]


@pytest.mark.parametrize("etag", ["", 'W/"weak"'])
def test_without_a_sign_of_its_version_a_file_begins_anew(shop: Shop, into: Path, etag: str) -> None:
    shop.etag = etag
    give_up_after(shop, into, 300_000)
    fetch(shop.url("/a"), into, ONCE)
    assert into.read_bytes() == BODY
    assert shop.ranges_of("/a") == [""]


def test_a_server_that_knows_no_ranges_gives_the_whole(shop: Shop, into: Path) -> None:
    shop.ranges = False
    give_up_after(shop, into, 300_000)
    fetch(shop.url("/a"), into, ONCE)
    assert into.read_bytes() == BODY


def test_another_address_begins_anew(shop: Shop, into: Path) -> None:
    give_up_after(shop, into, 300_000)
    shop.files["/b"] = BODY[::-1]
    fetch(shop.url("/b"), into, ONCE)
    assert into.read_bytes() == BODY[::-1]


def test_a_part_that_the_server_refuses_begins_anew(shop: Shop, into: Path) -> None:
    give_up_after(shop, into, 300_000)
    shop.files["/a"] = BODY[:200_000]
    fetch(shop.url("/a"), into, replace(QUICK, tries=2))
    assert into.read_bytes() == BODY[:200_000]


def test_only_what_is_known_to_be_on_the_disk_is_kept(shop: Shop, into: Path) -> None:
    """After a power cut a file may be longer than what was really written to it."""
    give_up_after(shop, into, 300_000)
    into.write_bytes(BODY[:300_000] + bytes(50_000))
    fetch(shop.url("/a"), into, ONCE)
    assert into.read_bytes() == BODY


@pytest.mark.parametrize(
    "note", ["{", "[]", '{"url": 1}', json.dumps({"url": "x", "validator": "", "length": 9})]
)
def test_a_note_that_makes_no_sense_begins_anew(shop: Shop, into: Path, note: str) -> None:
    into.write_bytes(b"nonsense")
    into.with_name("a.part.note").write_text(note)
    fetch(shop.url("/a"), into, ONCE)
    assert into.read_bytes() == BODY


@pytest.mark.parametrize("tells_length", [True, False])
def test_too_large_a_file_is_refused(shop: Shop, into: Path, tells_length: bool) -> None:
    shop.tells_length = tells_length
    with pytest.raises(UserError, match=r"larger than 0\.5 MB"):
        fetch(shop.url("/a"), into, replace(QUICK, most_bytes=500_000))


def test_a_server_that_sends_a_byte_now_and_then_is_left(shop: Shop, into: Path) -> None:
    shop.byte_seconds = 0.02
    with pytest.raises(DownloadError, match="was not there after"):
        fetch(shop.url("/a"), into, replace(QUICK, whole_seconds=0.3))


def test_a_server_that_says_nothing_is_left(shop: Shop, into: Path) -> None:
    shop.answer_seconds = 1.0
    with pytest.raises(DownloadError, match="did not answer in time"):
        fetch(shop.url("/a"), into, replace(ONCE, silence_seconds=0.1))


def test_a_server_in_trouble_is_asked_again(shop: Shop, into: Path) -> None:
    shop.statuses = [503, 429]
    fetch(shop.url("/a"), into, QUICK)
    assert into.read_bytes() == BODY


def test_a_server_that_stays_in_trouble_is_left(shop: Shop, into: Path) -> None:
    shop.statuses = [500] * 9
    with pytest.raises(DownloadError, match="answered with 500"):
        fetch(shop.url("/a"), into, QUICK)
    assert len(shop.asked) == QUICK.tries


def test_a_refusal_is_told_at_once(shop: Shop, into: Path) -> None:
    shop.statuses = [403]
    with pytest.raises(DownloadError, match="answered with 403"):
        fetch(shop.url("/a"), into, QUICK)


def test_a_file_that_is_not_there_is_told_without_the_password(shop: Shop, into: Path) -> None:
    with pytest.raises(NotFound) as caught:
        fetch(f"http://ha:geheim@127.0.0.1:{shop.port}/b?key=geheim", into, QUICK)
    assert str(caught.value) == "There is no 127.0.0.1/b."


def test_a_server_that_is_not_there_is_told(into: Path) -> None:
    with pytest.raises(DownloadError, match="cannot be reached"):
        fetch(f"http://127.0.0.1:{free_port()}/a", into, ONCE)


@pytest.mark.parametrize("url", ["ftp://example.org/a", "http://", "voice.onnx"])
def test_what_is_no_address_is_told(into: Path, url: str) -> None:
    with pytest.raises(UserError, match="no address"):
        fetch(url, into, ONCE)


def test_a_proxy_of_the_environment_is_used(into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_shop(proxy=True) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url(""))
        proxy.files["/a"], proxy.breaks = BODY, [300_000]
        fetch("http://voices.invalid/a", into, QUICK)
    assert into.read_bytes() == BODY
    assert proxy.ranges_of("/a") == ["", "bytes=300000-"]


def test_what_needs_no_proxy_goes_past_it(shop: Shop, into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fetch(shop.url("/a"), into, ONCE)
    assert into.read_bytes() == BODY


def test_a_proxy_that_is_not_there_is_told(shop: Shop, into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(DownloadError, match="proxy"):
        fetch(shop.url("/a"), into, ONCE)


class Detour:
    """A session whose every answer comes by way of plain http."""

    def get(self, url: str, **options: Any) -> Any:
        first = SimpleNamespace(url=url)
        return SimpleNamespace(history=[first, SimpleNamespace(url="http://elsewhere/a")], url=url)


def test_https_that_leads_through_http_is_refused() -> None:
    with pytest.raises(DownloadError, match="without https"):
        downloading._answer(Detour(), "https://example.org/a", {}, QUICK)

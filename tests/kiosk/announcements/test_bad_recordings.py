"""Recordings that are none, or hold more than they seem to."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest
from sites import Browser, Site
from strangers import kept

from schedules.core.ids import new_id


@pytest.fixture
def head(site: Site) -> Browser:
    return site.signed_in("truong", "head", "ga-thu")


PAGES = ("/speak/recording", "/messages/xep-hang/recording/vi")


def sent(browser: Browser, page: str, data: bytes) -> Any:
    fields = {"id": new_id(), "zone": "sanh", "priority": "normal", "repeats": "1"}
    return browser.post(page, **fields, sound=(io.BytesIO(data), "../../loaga.wav"))  # type: ignore[arg-type]


def zipped() -> bytes:
    """A hundred megabytes of nothing in a few kilobytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("ghi-am.wav", bytes(100_000_000))
    return file.getvalue()


def hours(folder: Path, ending: str, *options: str) -> bytes:
    """Two hours of sound in a small file."""
    target = folder / f"a.{ending}"
    tone = ["-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "7200"]
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run([ffmpeg, "-v", "error", *tone, *options, str(target)], check=True)
    return target.read_bytes()


@pytest.mark.parametrize("page", PAGES)
def test_a_bomb_is_no_sound(site: Site, head: Browser, page: str) -> None:
    before = kept(site)
    for data in (
        zipped(),
        zipped()[:9000],
        b"\x1f\x8b" + bytes(5000),
        b"#EXTM3U\nfile:///etc/passwd",
        b"<svg onload=alert(1)>",
    ):
        answer = sent(head, page, data)
        assert answer.status_code == 400
        assert "không phải âm thanh mà máy đọc được" in answer.text
    assert kept(site) == before
    assert not list(site.home.rglob("recordings/*.wav"))


@pytest.mark.parametrize("page", PAGES)
def test_a_small_file_that_holds_hours_is_too_long(
    site: Site, head: Browser, page: str, tmp_path: Path
) -> None:
    before = kept(site)
    data = hours(tmp_path, "flac")
    assert len(data) < 1_000_000
    answer = sent(head, page, data)
    assert answer.status_code == 400
    assert "dài quá 60 giây" in answer.text
    assert kept(site) == before
    assert not list(site.home.rglob("recordings/*.wav"))


@pytest.mark.parametrize("page", PAGES)
def test_a_broken_recording_is_told_so(site: Site, head: Browser, page: str, tmp_path: Path) -> None:
    data = bytearray(hours(tmp_path, "flac")[:60_000])
    for head_bytes in (bytes(data[:4]), bytes(data[:60]), b"OggS" + bytes(3000), b"ID3" + bytes(3000)):
        answer = sent(head, page, head_bytes)
        assert answer.status_code == 400
        assert "bị hỏng" in answer.text
    assert not list(site.home.rglob("recordings/*.wav"))

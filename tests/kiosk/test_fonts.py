"""The small fonts of the pages: they hold every letter that we write, are made once, and mended when they are damaged."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from sites import Site

from audio import files
from kiosk import fonts

ROOT = Path(__file__).parents[2]
WRITTEN = ("*.html", "*.po", "*.js", "*.yaml", "*.toml", "*.py")  # what a page's words come from
SMALL = sorted(fonts.WHOLE)


@pytest.fixture(autouse=True)
def nothing_made_yet() -> Iterator[None]:
    make = fonts._made
    make.cache_clear()
    yield
    make.cache_clear()


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function of the house that always fails from now on."""

    def arrange(place: Any, name: str, error: Exception) -> None:
        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr(place, name, fail)

    return arrange


def characters(font: bytes | Path) -> set[int]:
    return set(TTFont(BytesIO(font) if isinstance(font, bytes) else font).getBestCmap())


def written() -> set[int]:
    """Every character of our templates, translations, scripts, content, and of the sentences in the code."""
    folders = (ROOT / "kiosk", ROOT / "schedules")
    found = chain.from_iterable(folder.rglob(pattern) for folder in folders for pattern in WRITTEN)
    return set(map(ord, "".join(path.read_text("utf-8") for path in found)))


@pytest.mark.parametrize("name", SMALL)
def test_a_small_font_holds_all_that_we_write_and_the_whole_font_has(name: str, tmp_path: Path) -> None:
    small = fonts.small(tmp_path, name)
    assert small and small[:4] == b"wOF2"
    assert (written() & characters(fonts.whole() / fonts.WHOLE[name])) - characters(small) == set()
    assert set(map(ord, "ẮẶễựỡỢđĐ₫")) <= characters(small)


def test_kerning_and_the_places_of_tone_marks_are_kept(tmp_path: Path) -> None:
    font = TTFont(BytesIO(fonts.small(tmp_path, SMALL[0])))
    found = {
        record.FeatureTag
        for table in ("GPOS", "GSUB")
        for record in font[table].table.FeatureList.FeatureRecord
    }
    assert {"kern", "mark", "mkmk", "ccmp", "locl"} <= found


def test_the_three_together_are_small(tmp_path: Path) -> None:
    assert sum(len(fonts.small(tmp_path, name) or b"") for name in SMALL) < 60_000


def test_a_second_start_does_not_make_them_again(tmp_path: Path, breaks: Any) -> None:
    fonts.make_all(tmp_path)
    breaks(fonts, "_made", AssertionError("made again"))
    assert all(fonts._kept(fonts.folder(tmp_path) / name) for name in SMALL)
    assert fonts.small(tmp_path, SMALL[0])


@pytest.mark.parametrize("damage", [b"", b"<html>", b"wOF2"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    good = fonts.small(tmp_path, SMALL[0])
    (fonts.folder(tmp_path) / SMALL[0]).write_bytes(damage)
    assert fonts.small(tmp_path, SMALL[0]) == good
    assert (fonts.folder(tmp_path) / SMALL[0]).read_bytes() == good


def test_half_a_file_is_made_anew(tmp_path: Path) -> None:
    good = fonts.small(tmp_path, SMALL[0]) or b""
    (fonts.folder(tmp_path) / SMALL[0]).write_bytes(good[: len(good) // 2])
    assert fonts.small(tmp_path, SMALL[0]) == good


def test_a_disk_that_keeps_nothing_still_gives_small_fonts(tmp_path: Path, breaks: Any) -> None:
    breaks(files.os, "fsync", OSError("no space left"))
    assert fonts.small(tmp_path, SMALL[0])
    assert list(tmp_path.rglob("*.*2")) == []


def test_where_a_small_font_cannot_be_made_the_style_sheets_name_the_whole_one(
    site: Site, breaks: Any
) -> None:
    breaks(fonts, "_made", ValueError("no such table"))
    browser = site.browser()
    for name, whole in fonts.WHOLE.items():
        assert browser.get(f"/fonts/{name}").status_code == 404
        assert browser.get(f"/fonts/{whole}").status_code == 200
        for sheet in ("console", "traveller"):
            assert (
                f'url("/fonts/{name}") format("woff2"), url("/fonts/{whole}")'
                in browser.get(f"/static/{sheet}.css").text
            )


def test_a_browser_keeps_them_and_asks_only_whether_they_changed(site: Site) -> None:
    first = site.browser().get(f"/fonts/{SMALL[0]}")
    assert first.mimetype == "font/woff2"
    assert first.cache_control.max_age == 30 * 24 * 3600
    again = site.browser().client.get(f"/fonts/{SMALL[0]}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "name",
    [
        "nowhere.ttf",
        "nowhere.woff2",
        "..%2f__init__.py",
        "..%2f..%2f..%2fetc%2fpasswd",
        "../__init__.py",
        "%2fetc%2fpasswd",
    ],
)
def test_what_is_no_font_is_not_found_and_nothing_leads_out_of_the_folder(site: Site, name: str) -> None:
    assert site.browser().get(f"/fonts/{name}").status_code == 404

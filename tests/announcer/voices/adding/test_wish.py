"""What cannot be added is told before anything is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hoa import HASH, STEM, refused, source
from shop import Shop

from announcer.voices.adding import Wish


def test_over_http_a_hash_is_asked_for(shop: Shop, voices: Path) -> None:
    refused(Wish(shop.url(f"/vi/{STEM}.onnx")), voices, "Over http")
    assert shop.asked == []


def test_what_is_no_hash_is_told(tmp_path: Path, voices: Path) -> None:
    refused(
        Wish(str(source(tmp_path / "stick")), sha256="d41d8cd98f00b204e9800998ecf8427e"),
        voices,
        "is no SHA-256",
    )


@pytest.mark.parametrize(
    "path",
    [
        "/vi/..%2F..%2Fevil.onnx",
        "/vi/%2e%2e.onnx",
        "/vi/.onnx",
        "/vi/a%00b.onnx",
        "/vi/-rf.onnx",
        "/vi/h%20a.onnx",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(shop: Shop, voices: Path, path: str) -> None:
    refused(Wish(shop.url(path), sha256=HASH), voices, "cannot be the name of a voice")
    assert shop.asked == []


@pytest.mark.parametrize("name", ["../evil", "a/b", "..", "/etc/evil", "giọng", "a" * 81, "x~"])
def test_a_given_name_that_leads_elsewhere_is_refused(tmp_path: Path, voices: Path, name: str) -> None:
    refused(Wish(str(source(tmp_path / "stick")), name=name), voices, "cannot be the name of a voice")


def test_the_name_of_the_houses_own_voice_is_refused(tmp_path: Path, voices: Path) -> None:
    refused(Wish(str(source(tmp_path / "stick")), name="joe"), voices, "belongs to the English voice")


def test_what_is_no_model_by_its_name_is_refused(tmp_path: Path, voices: Path) -> None:
    refused(Wish(str(tmp_path / "voice.zip")), voices, "no Piper model")

"""Tables and numbers, as each language has them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale

from kiosk.language.retold import retold
from kiosk.language.words import Table, decimal, gettext, named, said, tenths
from schedules.models import Zone


def test_without_a_page_everything_is_vietnamese() -> None:
    assert (gettext("Khẩn cấp"), decimal(-6.5)) == ("Khẩn cấp", "−6,5")


def test_in_english_a_number_has_a_point(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        assert (decimal(-6.5), tenths(2)) == ("−6.5", "2.0")


def test_a_table_is_read_in_the_language_of_the_page(app: Flask) -> None:
    table = Table({"urgent": ("Khẩn cấp", "ngắt lời đang phát")})
    with app.test_request_context(), force_locale("en"):
        assert dict(table) == {"urgent": ("Emergency", "interrupts what is being said")}
    assert table["urgent"] == ("Khẩn cấp", "ngắt lời đang phát")


def test_nothing_is_said_of_nothing(app: Flask) -> None:
    """The catalogue keeps its head under the empty sentence."""
    with app.test_request_context(), force_locale("en"):
        assert said("") == ""


@pytest.mark.parametrize(
    "kept, told",
    [
        ("Bộ phát thanh", "Announcer"),
        ("Lần phát gần nhất: 07:30.", "Last played: 07:30."),
        (
            "Còn trống 0,9 GB. Dọn bớt, hoặc giảm audio.cache_mb.",
            "0,9 GB are free. Make room, or lower audio.cache_mb.",
        ),
        ("Sảnh chờ (Ga Thử)", "Sảnh chờ (Ga Thử)"),
        ("", ""),
    ],
)
def test_what_was_kept_in_vietnamese_is_told_in_english(app: Flask, kept: str, told: str) -> None:
    assert retold(kept) == kept
    with app.test_request_context(), force_locale("en"):
        assert retold(kept) == told


def test_a_zone_goes_by_its_english_name_where_it_has_one(app: Flask) -> None:
    hall, yard = Zone(name="Sảnh chờ", name_en="Waiting hall"), Zone(name="Sân ga", name_en="")
    with app.test_request_context(), force_locale("en"):
        assert (named(hall), named(yard)) == ("Waiting hall", "Sân ga")
    assert named(hall) == "Sảnh chờ"

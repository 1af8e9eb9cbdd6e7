"""Text can be told from its ground: at least 4.5:1 in light and in dark, 7:1 on the screens of travellers."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

import kiosk

STATIC = Path(kiosk.__file__).parent / "static"
CSS = (STATIC / "console.css").read_text("utf-8")
LIGHT, DARK, _ = (  # and paper
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, re.S)
)
SCHEMES = {"light": LIGHT, "dark": {**LIGHT, **DARK}}
TEXTS = ("ink", "soft", "lead", "good", "bad", "way")
PAIRS = [
    *product(TEXTS, ("ground", "raised")),
    ("on-lead", "lead"),
    ("on-attention", "attention"),
    ("on-urgent", "urgent"),
]
FIRST = re.search(r":root \{(.*?)\n\}", (STATIC / "traveller.css").read_text("utf-8"), re.S)
TRAVELLERS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", FIRST[1] if FIRST else ""))
READ = ("ink", "soft", "lead", "do", "dont", "urgent")
READ_BY_TRAVELLERS = [*product(READ, ("ground", "raised")), ("on-lead", "lead"), ("on-urgent", "urgent")]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out(scheme: str, text: str, ground: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_fields_have_an_edge_that_can_be_seen(scheme: str) -> None:
    assert contrast(SCHEMES[scheme]["edge"], SCHEMES[scheme]["raised"]) >= 3


@pytest.mark.parametrize(("text", "ground"), READ_BY_TRAVELLERS)
def test_whoever_stands_in_the_sun_can_read_it(text: str, ground: str) -> None:
    assert contrast(TRAVELLERS[text], TRAVELLERS[ground]) >= 7

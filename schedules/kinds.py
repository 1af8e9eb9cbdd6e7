"""The kinds of place there are: data, in ``content/kinds.yaml``, with the rules that hold there and the places known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "content" / "kinds.yaml"


@dataclass(frozen=True)
class Kind:
    key: str
    name: str
    name_en: str
    prefix: str  # before a station's name: Ga, Bến xe


@cache
def station_kinds() -> dict[str, Kind]:
    """Every kind by its key."""
    data = yaml.safe_load(FILE.read_text("utf-8"))
    return {
        kind["key"]: Kind(kind["key"], kind["name"], kind["name_en"], kind["prefix"])
        for kind in data["kinds"]
    }

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hoa import CARD, MODEL, SETTINGS, STEM
from shop import Shop, open_shop


@pytest.fixture
def shop(no_proxy: None) -> Iterator[Shop]:
    """Has the voice hoa, as Piper's voices are published."""
    with open_shop() as shop:
        shop.files = {
            f"/vi/{STEM}.onnx": MODEL,
            f"/vi/{STEM}.onnx.json": json.dumps(SETTINGS).encode(),
            "/vi/MODEL_CARD": CARD.encode(),
        }
        yield shop


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    return tmp_path / "home" / "voices"

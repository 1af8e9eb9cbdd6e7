"""What travellers send, for tests."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from PIL import Image

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # a Tuesday, ten o'clock in Hà Nội


def picture(width: int = 40, height: int = 30, kind: str = "JPEG", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(out, kind, **more)
    return out.getvalue()

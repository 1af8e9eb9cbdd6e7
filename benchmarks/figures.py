"""Small helpers that every benchmark shares."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0…1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(len(ordered) * share * 1000) // 1000) - 1)]


def show(figures: Mapping[str, Any]) -> None:
    machine = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
    }
    print(json.dumps({**figures, **machine}, ensure_ascii=False))


def most_memory_mb(pid: int | None) -> int | None:
    """The most memory that a process has held until now; None where there is no such process, or no /proc to ask."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return round(int(found[1]) / 1024) if found else None

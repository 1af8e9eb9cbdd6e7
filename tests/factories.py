"""A small station for tests, made through the same door as real content."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from schedules.core.database import Database
from schedules.exchange import ImportCounts, import_files

ZONES = ("sanh", "ke-1")

# A second station, which is not one's own, and a message for an emergency.
ELSEWHERE: dict[str, Any] = {
    "stations": [
        {
            "key": "ga-khac",
            "kind": "rail",
            "name": "Ga Khác",
            "zones": [{"key": "cho-khac", "name": "Sảnh khác", "gap_seconds": 0, "budget_minutes": 30}],
        }
    ],
    "messages": [
        {
            "key": "chay",
            "category": "emergency",
            "title": "Có cháy",
            "chime": "urgent",
            "wordings": {"vi": "Có cháy. Mời ra ngoài."},
        }
    ],
}


def station(*schedules: dict[str, Any], **zone: Any) -> dict[str, Any]:
    """A content file: Ga Thử with two zones, three messages, and the schedules given."""
    return {
        "stations": [
            {
                "key": "ga-thu",
                "kind": "rail",
                "name": "Ga Thử",
                "zones": [
                    {"key": key, "name": key, "gap_seconds": 0, "budget_minutes": 30, **zone} for key in ZONES
                ],
            }
        ],
        "messages": [
            {
                "key": "xep-hang",
                "category": "conduct",
                "title": "Xếp hàng",
                "wordings": {"vi": "Xin quý khách xếp hàng."},
            },
            {
                "key": "vach-vang",
                "category": "safety",
                "title": "Vạch vàng",
                "wordings": {"vi": "Xin đứng sau vạch vàng."},
            },
            {
                "key": "chao-tau",
                "category": "operational",
                "title": "Tàu đến",
                "blanks": {"service": "service", "time": "time"},
                "wordings": {
                    "vi": "Tàu {service} đến lúc {time}.",
                    "en": "Train {service} arrives at {time}.",
                },
            },
        ],
        "schedules": [{"station": "ga-thu", "zones": list(ZONES), **schedule} for schedule in schedules],
    }


def bring_in(database: Database, folder: Path, content: dict[str, Any], now: datetime) -> ImportCounts:
    path = folder / "content.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    with database.write() as session:
        return import_files(session, [path], now)

"""One log format for every process: time, level, process, sentence."""

from __future__ import annotations

import logging
import sys
from datetime import datetime

from schedules.core.clock import LOCAL


class _Formatter(logging.Formatter):
    """Times as every page and file shows them, whatever zone the machine thinks it is in."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        return datetime.fromtimestamp(record.created, LOCAL).strftime("%Y-%m-%d %H:%M:%S")


def set_up(process: str, level: str = "INFO") -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter(f"%(asctime)s %(levelname)-7s {process:<9} %(message)s"))
    logging.basicConfig(level=level, force=True, handlers=[handler])
    for chatty in ("apscheduler", "alembic", "waitress.queue"):
        logging.getLogger(chatty).setLevel(logging.WARNING)

"""One log format for every process: time, level, process, sentence."""

from __future__ import annotations

import logging
import sys


def set_up(process: str, level: str = "INFO") -> None:
    logging.basicConfig(
        stream=sys.stderr,
        level=level,
        force=True,
        format=f"%(asctime)s %(levelname)-7s {process:<9} %(message)s",
        datefmt="%H:%M:%S",
    )
    for chatty in ("apscheduler", "alembic", "waitress.queue"):
        logging.getLogger(chatty).setLevel(logging.WARNING)

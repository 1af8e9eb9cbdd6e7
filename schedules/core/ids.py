"""Identifiers: UUID version 7, so that they sort by the time they were made, on every station of the city."""

from __future__ import annotations

import uuid_utils


def new_id() -> str:
    return str(uuid_utils.uuid7())

"""The database as pages see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy.orm import Session

from schedules.core.database import Database


def database() -> Database:
    found: Database = current_app.extensions["database"]
    return found


@contextmanager
def reading() -> Iterator[Session]:
    with database().read() as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """Commits at the end of the block, or rolls everything back."""
    with database().write() as session:
        yield session

"""A station's home folder: its settings, its database, and the content it begins with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path

import click
from alembic.util import CommandError
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from schedules.core import changes
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.errors import StationError
from schedules.core.settings import Settings, load
from schedules.models import Station


def default_home() -> Path:
    """``LOAGA_HOME``, else the usual place for a program's data."""
    if given := os.environ.get("LOAGA_HOME"):
        return Path(given)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "loaga"


class Home:
    """Where a station lives. The database is made on first use, with the demo stations unless told otherwise."""

    def __init__(self, path: Path, demo: bool = True) -> None:
        self.path = path.expanduser().absolute()
        self.demo = demo  # an import into an empty home turns it off: it brings stations of its own
        self.seeded = False  # whether this very command brought the demo content in

    @cached_property
    def settings(self) -> Settings:
        return load(self.path, whole=True)

    @cached_property
    def database(self) -> Database:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StationError(
                f"{self.path} cannot be made: {error.strerror}.", "Choose another with --home."
            ) from error
        database = Database.of_home(self.path)
        try:
            database.migrate()
        except (DBAPIError, CommandError) as error:
            database.close()
            cause = getattr(error, "orig", error)
            raise StationError(
                f"The database {self.path / 'loaga.db'} cannot be used: {cause}.",
                "Look at the folder's owner and free space, or choose another with --home.",
            ) from error
        if self.demo and is_empty(database) and seed(database, utcnow()):
            self.seeded = True
            click.echo(f"A new station home in {self.path}, with three demo stations.", err=True)
        return database

    @contextmanager
    def closing(self) -> Iterator[Home]:
        try:
            yield self
        finally:
            if "database" in self.__dict__:
                self.database.close()


def is_empty(database: Database) -> bool:
    """Nothing was ever brought in. The file's being there says nothing: a first start may have died half-way."""
    with database.read() as session:
        return _is_empty(session)


def _is_empty(session: Session) -> bool:
    return changes.number(session, changes.SCHEDULES) == 0 and session.scalar(select(Station.id)) is None


def seed(database: Database, now: datetime) -> bool:
    """Bring the demo content in; whether there was need to. Of two who try at once, one does it."""
    from schedules.exchange import DEMO, import_files  # pydantic, which the daemon need not load

    with database.write() as session:
        if not _is_empty(session):
            return False
        import_files(session, DEMO, now)
        return True

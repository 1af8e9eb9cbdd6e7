"""A station's home folder: its settings, its database, and the content it begins with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path

import click

from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.errors import StationError
from schedules.core.settings import Settings, load


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
        self._demo = demo

    @cached_property
    def settings(self) -> Settings:
        return load(self.path)

    @cached_property
    def database(self) -> Database:
        fresh = not (self.path / "loaga.db").exists()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StationError(
                f"{self.path} cannot be made: {error.strerror}.", "Choose another with --home."
            ) from error
        database = Database.of_home(self.path)
        database.migrate()
        if fresh and self._demo:
            seed(database, utcnow())
            click.echo(f"A new station home in {self.path}, with three demo stations.", err=True)
        return database

    @contextmanager
    def closing(self) -> Iterator[Home]:
        try:
            yield self
        finally:
            if "database" in self.__dict__:
                self.database.close()


def seed(database: Database, now: datetime) -> None:
    """Bring the demo content in."""
    from schedules.exchange import DEMO, import_files  # pydantic, which the daemon need not load

    with database.write() as session:
        import_files(session, DEMO, now)

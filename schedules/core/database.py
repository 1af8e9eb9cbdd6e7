"""The database: one SQLite file at a station, PostgreSQL at the hub; the same code on both.

``with database.write() as session`` is the one place where things are committed: operations flush, the block commits
at its end or rolls everything back. Writers on SQLite take the write lock at once (BEGIN IMMEDIATE), so that two
processes queue for it instead of failing half-way; readers never wait (WAL).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

from schedules.core import migrations

WAIT_SECONDS = 10
ASK_SECONDS = 0.002  # how often a writer asks whether another has finished


class Database:
    def __init__(self, url: str | URL, *, durable: bool = True) -> None:
        """``durable=False`` trades safety in a power cut for speed: for simulations and tests only."""
        self.url = make_url(url)
        self.engine = _engine(self.url, durable)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @classmethod
    def of_home(cls, home: Path, *, durable: bool = True) -> Database:
        return cls(URL.create("sqlite", database=str(home / "loaga.db")), durable=durable)

    def migrate(self) -> None:
        """Bring the tables up to date. Quick and harmless when they are."""
        migrations.upgrade(self.engine)

    @contextmanager
    def write(self) -> Iterator[Session]:
        with self._sessions() as session:
            session.connection(execution_options={"writes": True})
            yield session
            session.commit()

    @contextmanager
    def read(self) -> Iterator[Session]:
        with self._sessions() as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()


class Watch:
    """Tells whether anybody else committed since the last look: ``PRAGMA data_version``, some ten microseconds."""

    def __init__(self, database: Database) -> None:
        self._connection = database.engine.raw_connection()
        self._cursor = self._connection.cursor()
        self._seen = -1

    def changed(self) -> bool:
        self._cursor.execute("PRAGMA data_version")
        (version,) = self._cursor.fetchone() or (-1,)
        changed, self._seen = bool(version != self._seen), version
        return changed

    def close(self) -> None:
        self._connection.close()


def _engine(url: URL, durable: bool) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, poolclass=NullPool if url.database in (None, "", ":memory:") else None)
    event.listen(engine, "connect", _on_connect(durable))
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(durable: bool) -> Any:
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are ours to begin
        _into_wal(connection)
        for pragma in (
            f"synchronous={'FULL' if durable else 'OFF'}",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is deleted is overwritten: people are promised that it is gone
            f"busy_timeout={WAIT_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return prepare


def _into_wal(connection: Any) -> None:
    """The very first connection changes the file, and SQLite does not wait for others meanwhile: so we do."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _on_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        _begin_to_write(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_to_write(connection: Connection) -> None:
    """SQLite asks for the lock less and less often, ten times a second in the end, so that whoever waits longest is served last: a
    flood of writers would keep the announcer waiting for seconds. We ask every few milliseconds.
    """
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        deadline = time.monotonic() + WAIT_SECONDS
        while not _has_begun(cursor):
            if time.monotonic() > deadline:
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # raises what callers know
                break
            time.sleep(ASK_SECONDS)
    finally:
        cursor.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}")
        cursor.close()


def _has_begun(cursor: Any) -> bool:
    """False while another writes."""
    try:
        cursor.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise
    return True

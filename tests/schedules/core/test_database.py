import multiprocessing
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

import kiosk.app  # noqa: F401  (the tables of all its features, too)
import schedules.core.audit  # noqa: F401
from announcer.models import Playout
from schedules.core import migrations
from schedules.core.changes import SCHEDULES, number, touch
from schedules.core.database import Database, Watch
from schedules.core.tables import Base
from schedules.models import Station


def test_the_migrations_make_exactly_the_tables_that_the_models_describe(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_newest_version_is_the_one_that_alembic_goes_to(database: Database) -> None:
    assert migrations.current(database.engine) == migrations.HEAD


@pytest.mark.parametrize("left_at", ["0001", "0002", "0003"])
def test_a_station_of_an_older_version_gets_the_tables_of_today(tmp_path: Path, left_at: str) -> None:
    database = Database.of_home(tmp_path)
    config = Config()
    config.set_main_option("script_location", str(migrations.HERE))
    with database.engine.connect().execution_options(writes=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, left_at)
        connection.commit()
    database.migrate()
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    database.close()


def _migrate(home: str, start: threading.Barrier) -> None:
    database = Database.of_home(Path(home))
    start.wait()
    database.migrate()
    database.close()


def test_four_who_make_the_tables_at_once_all_find_them(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(4)
    processes = [spawn.Process(target=_migrate, args=(str(tmp_path), start)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4


def test_migrating_twice_changes_nothing(database: Database) -> None:
    with database.write() as session:
        session.add(Station(key="ga-thu", kind="rail", name="Ga Thử"))
    database.migrate()
    with database.read() as session:
        assert session.scalar(select(Station.name)) == "Ga Thử"


def test_what_fails_inside_a_write_is_rolled_back_whole(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as session:
        session.add(Station(key="ga-thu", kind="rail", name="Ga Thử"))
        session.flush()
        raise RuntimeError
    with database.read() as session:
        assert session.scalar(select(Station)) is None


def _log_one(database: Database) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    row = {"zone": "sanh", "title": "t", "priority": 0, "planned_at": moment, "logged_at": moment}
    with database.write() as session:
        session.execute(insert(Playout), [row | {"result": "played", "final": True}])


@pytest.mark.parametrize("change", [update(Playout).values(result="failed"), delete(Playout)])
def test_nobody_can_change_the_playout_log(database: Database, change: object) -> None:
    _log_one(database)
    with pytest.raises(IntegrityError, match="never changed"), database.write() as session:
        session.execute(change)  # type: ignore[call-overload]


def test_moments_come_back_as_utc(database: Database) -> None:
    _log_one(database)
    with database.read() as session:
        assert session.scalar(select(Playout.planned_at)) == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_writer_waits_for_another_and_then_writes(database: Database) -> None:
    begun, order = threading.Event(), []

    def second() -> None:
        begun.set()
        with database.write():
            order.append("second")

    thread = threading.Thread(target=second)
    with database.write():
        thread.start()
        begun.wait(10)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_who_waits_too_long_to_write_is_told(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schedules.core.database.WAIT_SECONDS", 0)
    with database.write(), pytest.raises(OperationalError, match="locked"), database.write():
        pass
    with database.write() as session:  # and the connection is of use again
        session.execute(select(1))


def test_a_watch_sees_what_another_connection_committed(database: Database) -> None:
    watch = Watch(database)
    watch.changed()
    assert not watch.changed()
    _log_one(database)
    assert watch.changed()
    watch.close()


def test_a_change_is_numbered_with_its_transaction(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as session:
        touch(session, SCHEDULES)
        raise RuntimeError
    with database.write() as session:
        assert number(session, SCHEDULES) == 0
        touch(session, SCHEDULES)
        touch(session, SCHEDULES)
    with database.read() as session:
        assert number(session, SCHEDULES) == 2

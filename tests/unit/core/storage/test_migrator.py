"""Migrations: in order, after a backup, in one transaction; newer and damaged files are left alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import peewee
import pytest

from lanchat.core.storage.migrator import DamagedDatabase, NewerDatabase, Step, backup_path, migrate, steps


def make_table(database: peewee.SqliteDatabase) -> None:
    database.execute_sql("CREATE TABLE thing(name TEXT)")
    database.execute_sql("INSERT INTO thing VALUES ('old')")


def add_column(database: peewee.SqliteDatabase) -> None:
    database.execute_sql("ALTER TABLE thing ADD COLUMN size INTEGER")


def break_half_way(database: peewee.SqliteDatabase) -> None:
    database.execute_sql("DROP TABLE thing")
    raise RuntimeError("half-way")


FIRST, SECOND = Step(1, "one", make_table), Step(2, "two", add_column)
BROKEN, BROKEN_LATER = Step(2, "broken", break_half_way), Step(3, "broken", break_half_way)


def columns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(thing)")]


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chat.db"


def test_a_new_file_gets_everything_and_is_private(path: Path):
    migrate(path, [FIRST, SECOND])
    assert (version(path), columns(path)) == (2, ["name", "size"])
    assert path.stat().st_mode & 0o777 == 0o600
    assert not backup_path(path, 1).exists()


def test_an_older_file_is_backed_up_and_brought_up_to_date(path: Path):
    migrate(path, [FIRST])
    migrate(path, [FIRST, SECOND])
    assert (version(path), columns(path)) == (2, ["name", "size"])
    backup = backup_path(path, 1)
    assert (version(backup), columns(backup)) == (1, ["name"])
    assert backup.stat().st_mode & 0o777 == 0o600


def test_migrating_again_changes_nothing(path: Path):
    migrate(path, [FIRST, SECOND])
    migrate(path, [FIRST, SECOND])
    assert sorted(each.name for each in path.parent.iterdir() if each.suffix == ".db") == ["chat.db"]


def test_a_step_that_breaks_leaves_the_file_as_it_was(path: Path):
    migrate(path, [FIRST])
    with pytest.raises(RuntimeError):
        migrate(path, [FIRST, BROKEN])
    assert (version(path), columns(path)) == (1, ["name"])
    migrate(path, [FIRST, SECOND])
    assert version(path) == 2


def test_a_later_step_that_breaks_takes_the_ones_before_it_back(path: Path):
    """Else the file would be of a version that neither the old program nor the new one can use."""
    migrate(path, [FIRST])
    with pytest.raises(RuntimeError):
        migrate(path, [FIRST, SECOND, BROKEN_LATER])
    assert (version(path), columns(path)) == (1, ["name"])


def test_several_steps_need_no_more_than_one_backup(path: Path):
    migrate(path, [FIRST])
    migrate(path, [FIRST, SECOND, Step(3, "three", lambda _: None)])
    assert list(path.parent.glob("*-before-*")) == [backup_path(path, 1)]
    assert version(path) == 3


def test_a_newer_file_is_refused_and_untouched(path: Path):
    migrate(path, [FIRST, SECOND])
    with pytest.raises(NewerDatabase):
        migrate(path, [FIRST])
    assert (version(path), columns(path)) == (2, ["name", "size"])


@pytest.mark.parametrize("content", [b"this is no database but letters " * 100, b"SQLite format 3\0" * 500])
def test_a_file_that_is_no_database_is_refused_and_untouched(path: Path, content: bytes):
    path.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        migrate(path, [FIRST])
    assert path.read_bytes() == content


def test_a_broken_page_is_found_before_anything_is_changed(path: Path):
    migrate(path, [FIRST])
    with closing(sqlite3.connect(path)) as connection:
        connection.executemany("INSERT INTO thing VALUES (?)", [("x" * 500,) for _ in range(500)])
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[3 * 4096 : 6 * 4096] = b"\xff" * (3 * 4096)
    path.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        migrate(path, [FIRST, SECOND])
    assert path.read_bytes() == bytes(content)


def test_the_versions_that_ship_are_numbered_from_one_without_gaps():
    assert [step.version for step in steps()] == list(range(1, len(steps()) + 1))

"""A newer program over the data of an older one, and the other way round."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from lanchat.core.storage.migrator import migrate, steps
from tests.packaged.program import DANGER_TINT, Desktop, Program, Screen, body_of, running, wait_until

Open = Callable[..., Desktop]
FIRST, LATEST = steps()[:1], steps()[-1].version


def version(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return number


def set_version(database: Path, number: int) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute(f"PRAGMA user_version = {number:d}")
    connection.close()


def installation(database: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT key, value FROM meta WHERE key = 'installation_id'").fetchall()
    connection.close()
    return rows


def serve(folder: Path, port: int, data: Path) -> Program:
    options = ("--host", "127.0.0.1", "--port", str(port), "--no-discovery", "--data-dir", str(data))
    return Program(folder, "serve", *options, HOME=str(data))


@pytest.fixture
def old_data(tmp_path: Path) -> Path:
    """A data folder as the first version left it."""
    data = tmp_path / "data"
    data.mkdir()
    migrate(data / "lanchat.db", FIRST)
    with sqlite3.connect(data / "lanchat.db") as connection:
        connection.execute("INSERT INTO meta (key, value) VALUES ('installation_id', 'ours')")
    connection.close()
    return data


def expect_upgraded(data: Path) -> None:
    database = data / "lanchat.db"
    assert version(database) == LATEST
    assert installation(database) == [("installation_id", "ours")]
    before = data / "lanchat-before-0002.db"
    assert version(before) == 1
    assert installation(before) == [("installation_id", "ours")]


def test_older_data_are_kept_backed_up_and_served(folder: Path, port: int, old_data: Path) -> None:
    with running(serve(folder, port, old_data)) as program:
        wait_until(lambda: body_of(port), "the page")
        assert program.end()[0] == 0
    expect_upgraded(old_data)


def test_older_data_are_hosted_by_the_window(open_desktop: Open, old_data: Path) -> None:
    desktop = open_desktop()
    desktop.wait_for("choosing")
    desktop.ask("POST", "host")
    desktop.wait_for("hosting")
    assert desktop.program.end()[0] == 0
    expect_upgraded(old_data)


def test_newer_data_are_refused_in_words_without_a_window(folder: Path, port: int, old_data: Path) -> None:
    set_version(old_data / "lanchat.db", 9999)
    with running(serve(folder, port, old_data)) as program:
        assert program.wait() == 1
        assert "was written by a newer LanChat" in program.output()
        assert "Traceback" not in program.output()
    assert version(old_data / "lanchat.db") == 9999


def test_newer_data_are_refused_in_the_window(open_desktop: Open, screen: Screen, old_data: Path) -> None:
    set_version(old_data / "lanchat.db", 9999)
    desktop = open_desktop()
    desktop.wait_for("choosing")
    desktop.ask("POST", "host")
    desktop.wait_for("failed")
    assert "newer LanChat" in desktop.ask("GET", "state")["failure"]
    wait_until(lambda: screen.shows(DANGER_TINT), "the explanation")
    assert version(old_data / "lanchat.db") == 9999

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.people import people_at
from tests.server import ENVIRONMENT, PATIENCE, ROOT, LanChat

LIMIT = 10.0  # s that a stop may take


@pytest.fixture
def running(tmp_path: Path) -> Iterator[LanChat]:
    server = LanChat(tmp_path / "running").start()
    yield server
    server.kill()


def refusal(*flags: object, **environment: str) -> str:
    """The one line with which `lanchat serve` gave up."""
    finished = subprocess.run(
        [sys.executable, "-m", "lanchat", "serve", "--host", "127.0.0.1", "--no-discovery", *map(str, flags)],
        cwd=ROOT,
        env={**os.environ, **ENVIRONMENT, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (finished.returncode, finished.stdout) == (1, "")
    (line,) = finished.stderr.splitlines()
    return line


def is_serving(server: LanChat) -> bool:
    with closing(socket.create_connection((server.host, server.port), PATIENCE)) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: %s:%d\r\n\r\n" % (server.host.encode(), server.port))
        return connection.recv(100).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_a_stop_tells_everybody_and_is_quick_and_quiet(running: LanChat, number: signal.Signals) -> None:
    async with people_at(running.url) as people:
        anna, bo = await people("anna", "bo")
        ears = [await anna.connect(("websocket",)), await bo.connect(("polling",))]
        idle, busy = (socket.create_connection((running.host, running.port)) for _ in range(2))
        busy.sendall(b"POST /api/upload/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf of it")

        started = time.monotonic()
        assert await asyncio.to_thread(running.stop, number) == 0
        assert time.monotonic() - started < LIMIT
        for ear in ears:
            await ear.hears("server_stopping")
            await ear.until_gone()
        idle.close()
        busy.close()
    assert "Traceback" not in running.report()
    assert "ERROR" not in running.report()


async def test_everything_is_there_again_after_a_restart(running: LanChat) -> None:
    async with people_at(running.url) as people:
        anna = await people.one("anna")
        message = await anna.say(await anna.lobby(), "still here?")
        running.stop()
        running.start()
        assert (await anna.history(await anna.lobby()))[-1] == message


def test_a_taken_port_is_said_and_its_holder_is_unharmed(running: LanChat, tmp_path: Path) -> None:
    assert f"port {running.port} " in refusal("--port", running.port, "--data-dir", tmp_path / "other")
    assert is_serving(running)


def test_a_folder_in_use_is_refused_and_its_user_is_unharmed(running: LanChat) -> None:
    assert str(running.data_dir) in refusal("--port", 0, "--data-dir", running.data_dir)
    assert is_serving(running)


def test_a_folder_is_free_again_after_a_crash(running: LanChat) -> None:
    running.kill()
    running.start()
    assert is_serving(running)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "--data-dir" in refusal("--port", 0, "--data-dir", tmp_path / "file" / "data")


def test_a_damaged_database_is_refused_and_left_as_it_is(running: LanChat) -> None:
    running.stop()
    content = b"this was a database once " * 1000
    running.database.write_bytes(content)
    assert str(running.database) in refusal("--port", 0, "--data-dir", running.data_dir)
    assert running.database.read_bytes() == content


def test_a_newer_database_is_refused_and_left_as_it_is(running: LanChat) -> None:
    running.stop()
    with closing(sqlite3.connect(running.database)) as database:
        database.execute("PRAGMA user_version = 9999")
    before = running.database.read_bytes()
    assert "newer LanChat" in refusal("--port", 0, "--data-dir", running.data_dir)
    assert running.database.read_bytes() == before


def test_another_database_is_refused_without_its_password(tmp_path: Path) -> None:
    line = refusal("--port", 0, "--data-dir", tmp_path, DATABASE_URL="postgresql://anna:hunter2@db/chat")
    assert "SQLite" in line
    assert "hunter2" not in line


def test_a_mistaken_setting_is_named(tmp_path: Path) -> None:
    assert "port" in refusal("--data-dir", tmp_path, PORT="eight thousand")


def test_a_refusal_is_in_the_language_of_the_system(running: LanChat) -> None:
    assert "端口" in refusal("--port", running.port, LC_ALL="zh_CN.UTF-8")


def test_nothing_is_readable_by_others(running: LanChat) -> None:
    running.stop()
    for path in [running.data_dir, *running.data_dir.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path

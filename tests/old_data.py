"""Data folders that older versions left, as tests/fixtures/ keeps them; its README.md says what is in them."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parent / "fixtures"
DATA_FOLDER_0002 = "data_folder_0002"

# What the passing of time would end, sweep up or forget: a folder is laid out as if its host had just been stopped.
LIVES = (
    ("session", "expires_at"),
    ("session", "revoked_at"),
    ("invite", "expires_at"),
    ("device_code", "expires_at"),
    ("attachment", "created_at"),
)


def lay_out(folder_name: str, destination: Path) -> None:
    """Make a real data folder, at a place where nothing is yet, of one that is kept as text and small files."""
    kept = FIXTURES / folder_name
    shutil.copytree(kept / "files", destination, copy_function=shutil.copyfile)
    database = destination / "lanchat.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        # Not `read_text`: that would change the line ends within messages.
        connection.executescript((kept / "database.sql").read_bytes().decode("utf-8"))
        _prolong(connection, datetime.now(UTC) - datetime.fromisoformat(known(folder_name)["stopped_at"]))
    for path in (destination, *destination.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def known(folder_name: str) -> dict[str, Any]:
    """What its people know and the folder doesn't tell: passwords, tokens and codes, and when it was left."""
    return json.loads((FIXTURES / folder_name / "known.json").read_text("utf-8"))


def expected(folder_name: str) -> dict[str, Any]:
    """What the server that made it answered to tests/reliability/test_upgrade.py; there, long lists are tables."""
    return json.loads((FIXTURES / folder_name / "expected.json").read_text("utf-8"), object_hook=_list_of_table)


def backup_of(folder_name: str) -> Path:
    """The archive that the `lanchat backup` of its version made."""
    return FIXTURES / folder_name / "backup.zip"


def _list_of_table(payload: dict[str, Any]) -> Any:
    if payload.keys() != {"columns", "rows"}:
        return payload
    return [dict(zip(payload["columns"], row, strict=True)) for row in payload["rows"]]


def _prolong(connection: sqlite3.Connection, passed: timedelta) -> None:
    def later(moment: str) -> str:
        return (datetime.fromisoformat(moment) + passed).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    connection.create_function("later", 1, later)
    with connection:
        for table, column in LIVES:
            connection.execute(f"UPDATE {table} SET {column} = later({column}) WHERE {column} IS NOT NULL")

"""Owns the `meta` table: what an installation notes down by name. For a database thread, like every query."""

from lanchat.core.storage.database import Table


def keep(key: str, value: str) -> None:
    Table.run_sql(
        "INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", key, value
    )


def keep_first(key: str, value: str) -> str:
    """What is kept under the key: this value, unless there was one before."""
    Table.run_sql("INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT DO NOTHING", key, value)
    return Table.run_sql("SELECT value FROM meta WHERE key = ?", key).fetchone()[0]


def kept(prefix: str) -> dict[str, str]:
    """By what follows the prefix in their keys. A prefix ends with a colon and has no `%` or `_`."""
    rows = Table.run_sql("SELECT key, value FROM meta WHERE key LIKE ?", f"{prefix}%").fetchall()
    return {key.removeprefix(prefix): value for key, value in rows}


def take(prefix: str) -> dict[str, str]:
    """The same, and they are kept no longer."""
    rows = Table.run_sql("DELETE FROM meta WHERE key LIKE ? RETURNING key, value", f"{prefix}%").fetchall()
    return {key.removeprefix(prefix): value for key, value in rows}

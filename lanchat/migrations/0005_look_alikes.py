"""Names that look the same are the same: their keys anew, and a second one, by what they look like.

Whoever bears a name keeps it. Where two are the same now, the one that was first has the key, and the other, which
keeps its former key to log in by, has no skeleton: administrators are shown those.
"""

import logging

import peewee

from lanchat.core.base.text_rules import name_key, pretended_key, skeleton

SCHEMA = """
ALTER TABLE account ADD COLUMN username_skeleton TEXT;
CREATE UNIQUE INDEX account_skeleton ON account(username_skeleton);
ALTER TABLE room ADD COLUMN name_skeleton TEXT;
CREATE UNIQUE INDEX room_skeleton ON room(name_skeleton);
"""

log = logging.getLogger(__name__)


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
    alike = _fill(database, "account", "username") + _fill(database, "room", "name")
    if alike:
        log.warning("%d names look like others: the host's administrators are shown which", alike)


def _fill(database: peewee.SqliteDatabase, table: str, column: str) -> int:
    """Returns how many look like an older one."""
    rows: list[tuple[int, str, str]] = database.execute_sql(
        f"SELECT id, {column}, {column}_key FROM {table} WHERE {column} IS NOT NULL ORDER BY id"  # noqa: S608, ours
    ).fetchall()
    rows.sort(key=_was_first)
    keys, looks, alike = {key for _, _, key in rows}, set[str](), 0
    for row_id, name, former in rows:
        key, look, passes_for = name_key(name), skeleton(name), pretended_key(name)
        is_free = look not in looks and not {key, passes_for} & (keys - {former})
        if is_free:
            looks.add(look)
            keys.add(key)
        alike += not is_free
        database.execute_sql(
            f"UPDATE {table} SET {column}_key = ?, {column}_skeleton = ? WHERE id = ?",  # noqa: S608, ours
            (key if is_free else former, look if is_free else None, row_id),
        )
    return alike


def _was_first(row: tuple[int, str, str]) -> tuple[bool, int]:
    """One that is spelled as its key says was that name all along; an older one that only looks so comes after it."""
    row_id, name, former = row
    return former != name_key(name), row_id

"""Whom somebody doesn't want to be written to by."""

import peewee

SCHEMA = """
CREATE TABLE block (
    user_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    blocked_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    PRIMARY KEY (user_id, blocked_id)
) WITHOUT ROWID;
CREATE INDEX block_blocked ON block(blocked_id, user_id);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)

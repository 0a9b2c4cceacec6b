"""Accounts that their people deleted, and how far that has come."""

import peewee

SCHEMA = """
ALTER TABLE account ADD COLUMN deleted_at TEXT;
CREATE TABLE deletion (
    user_id INTEGER NOT NULL PRIMARY KEY REFERENCES account(id) ON DELETE CASCADE,
    takes_words INTEGER NOT NULL,
    begun_at TEXT NOT NULL
);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)

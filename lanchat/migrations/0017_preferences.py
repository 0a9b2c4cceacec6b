"""What people prefer for themselves, and whether they show how far they read, of which statements ask."""

import peewee

SCHEMA = """
ALTER TABLE account ADD COLUMN preferences TEXT NOT NULL DEFAULT '{}';
ALTER TABLE account ADD COLUMN hides_receipts INTEGER NOT NULL DEFAULT 0;
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)

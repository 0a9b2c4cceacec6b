"""Replies: the first message of each chain, and how many follow it there."""

import peewee

SCHEMA = """
ALTER TABLE message ADD COLUMN thread_id INTEGER REFERENCES message(id) ON DELETE SET NULL;
ALTER TABLE message ADD COLUMN reply_count INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_thread ON message(thread_id, seq) WHERE thread_id IS NOT NULL;
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)

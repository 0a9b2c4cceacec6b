"""Uploads that go on where they were interrupted."""

import peewee

TABLE = """
CREATE TABLE unfinished_upload (
    name TEXT NOT NULL PRIMARY KEY,
    uploader_id INTEGER NOT NULL REFERENCES account(id),
    filename TEXT NOT NULL,
    claimed_type TEXT NOT NULL,
    length INTEGER,
    most INTEGER NOT NULL,
    touched_at TEXT NOT NULL
)
"""
INDEX = "CREATE INDEX unfinished_upload_of ON unfinished_upload(uploader_id)"


def up(database: peewee.SqliteDatabase) -> None:
    database.execute_sql(TABLE)
    database.execute_sql(INDEX)

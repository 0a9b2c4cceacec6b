"""User names that somebody had until lately: nobody else takes them for a while."""

import peewee

SCHEMA = """
CREATE TABLE former_name (
    name_key TEXT NOT NULL PRIMARY KEY,
    skeleton TEXT NOT NULL,
    user_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    until TEXT NOT NULL
);
CREATE INDEX former_name_skeleton ON former_name(skeleton);
CREATE INDEX former_name_user ON former_name(user_id);
CREATE INDEX former_name_until ON former_name(until);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)

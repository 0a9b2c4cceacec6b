"""Finds what somebody has said or made by an index: whoever left nothing can be forgotten."""

import peewee

SCHEMA = """
CREATE INDEX message_author ON message(user_id);
CREATE INDEX room_maker ON room(created_by);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)

"""Counts what is unread in an index alone: a look at each of a hundred messages in each room is most of the answer."""

import peewee

SCHEMA = """
CREATE INDEX message_unread ON message(room_id, seq, user_id, deleted_at);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)

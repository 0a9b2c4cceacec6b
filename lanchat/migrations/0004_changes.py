"""Former versions of edited messages; and how far a room's members have come, in order."""

import peewee

SCHEMA = """
CREATE TABLE message_edit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    content TEXT NOT NULL,
    edited_at TEXT NOT NULL
);
CREATE INDEX message_edit_message ON message_edit(message_id);
CREATE INDEX membership_delivered ON membership(room_id, delivered_seq);
CREATE INDEX membership_read ON membership(room_id, read_seq);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)

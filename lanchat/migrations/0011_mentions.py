"""Mentions: whom a message names, and by whom they are counted."""

import peewee

SCHEMA = """
ALTER TABLE message ADD COLUMN mentions TEXT;
ALTER TABLE message ADD COLUMN mentions_all INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_to_all ON message(room_id, seq) WHERE mentions_all = 1;
CREATE TABLE mention (
    user_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    room_id INTEGER NOT NULL REFERENCES room(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, room_id, seq)
);
CREATE INDEX mention_message ON mention(message_id);
CREATE INDEX mention_room ON mention(room_id);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)

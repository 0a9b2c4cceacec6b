"""What is done to a message besides editing it: taken back, reacted to, pinned, saved."""

import peewee

SCHEMA = """
ALTER TABLE message ADD COLUMN deleted_by TEXT;
ALTER TABLE message ADD COLUMN pinned_at TEXT;
ALTER TABLE message ADD COLUMN reactions TEXT;
CREATE INDEX message_pinned ON message(room_id, pinned_at) WHERE pinned_at IS NOT NULL;
CREATE TABLE reaction (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    emoji TEXT NOT NULL,
    UNIQUE (message_id, emoji, user_id)
);
CREATE INDEX reaction_user ON reaction(user_id);
CREATE TABLE saved (
    user_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (user_id, message_id)
);
CREATE INDEX saved_message ON saved(message_id);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)

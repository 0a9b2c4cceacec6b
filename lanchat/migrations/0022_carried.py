"""Messages with several files, and messages that pass on what was said elsewhere."""

import peewee

SCHEMA = """
CREATE TABLE message_file (
    message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    attachment_id INTEGER NOT NULL REFERENCES attachment(id),
    PRIMARY KEY (message_id, place)
);
CREATE INDEX message_file_attachment ON message_file(attachment_id);
ALTER TABLE message ADD COLUMN more_files TEXT;
ALTER TABLE message ADD COLUMN forwarded_at TEXT;
ALTER TABLE message ADD COLUMN forwarded_user_id INTEGER REFERENCES account(id) ON DELETE SET NULL;
ALTER TABLE message ADD COLUMN forwarded_room_id INTEGER REFERENCES room(id) ON DELETE SET NULL;
CREATE INDEX message_forwarded_user ON message(forwarded_user_id) WHERE forwarded_user_id IS NOT NULL;
CREATE INDEX message_forwarded_room ON message(forwarded_room_id) WHERE forwarded_room_id IS NOT NULL;
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)

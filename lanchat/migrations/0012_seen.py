"""What others see of somebody's reading, beside how far they have read: that can go back."""

import peewee

SCHEMA = """
ALTER TABLE membership ADD COLUMN seen_seq INTEGER NOT NULL DEFAULT 0;
UPDATE membership SET seen_seq = read_seq;
DROP INDEX membership_read;
CREATE INDEX membership_seen ON membership(room_id, seen_seq);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
